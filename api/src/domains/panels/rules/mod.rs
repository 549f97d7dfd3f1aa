//! What must be true of training, vacancies and interview panels.

pub mod applications;
pub mod training;
pub mod vacancies;
