//! Who may see and do what, one page an area.

pub mod access;
pub mod adoptions;
pub mod boards;
pub mod calendar_feeds;
pub mod change;
pub mod conflicts;
pub mod feedback;
pub mod gatherings;
pub mod initiatives;
pub mod media;
pub mod meeting_preparation;
pub mod meetings;
pub mod organisations;
pub mod panels;
pub mod parties;
pub mod partnerships;
pub mod people;
pub mod platform;
pub mod reciprocity;
pub mod resource_work;
pub mod resources;
pub mod scores;
pub mod training;
pub mod vacancies;
