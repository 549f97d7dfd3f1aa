//! What must be true of training, vacancies and interview panels.

pub mod training;
