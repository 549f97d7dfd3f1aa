//! What must be true of initiatives, boards, seats and memberships (`domain.md` 2.2 and 2.10). Pure: rows and facts go in,
//! and the next state or every violation comes out; days and instants are arguments.
//!
//! - [`moves`]: how a person gets on to, through and off a board.
//! - [`quorum`]: the numbers a board sets itself, and whether its seats can keep them.
//! - [`set_up`]: where a board can be set up.
//! - [`status`]: the life of a board and of its seats.
//! - [`publication`]: when everybody may read a board.
//! - [`visits`]: that a person watched a meeting before they were invited.
//! - [`representation`]: who is missing at the table, and whose term is over.
//! - [`constituencies`]: the codes of constituencies.
//! - [`history`]: who was on a board on any past day.
//! - [`initiatives`]: what an initiative may claim.

pub mod constituencies;
pub mod history;
pub mod initiatives;
pub mod moves;
pub mod publication;
pub mod quorum;
pub mod representation;
pub mod set_up;
pub mod status;
pub mod visits;
