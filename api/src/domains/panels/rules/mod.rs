//! What must be true of training, vacancies and interview panels.

pub mod applications;
pub mod panels;
pub mod scoring;
pub mod training;
pub mod vacancies;
