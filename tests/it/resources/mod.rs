//! What people write together: from the first draft to its adopters, who sees what on the way, and what stops two at once.

mod adoption;
mod life;
mod races;
mod readers;
mod seen;

use harness::mutations::{change, does, existing, on, refused};
