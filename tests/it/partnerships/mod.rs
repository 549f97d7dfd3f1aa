//! Partnerships: how organisations form them, agree to share data, and what that opens and closes.

mod agreement;
mod calendar;
mod cases;
mod initiative;
mod member;
mod partnership;
mod sharing;

use harness::mutations::{change, does, done, refused};
