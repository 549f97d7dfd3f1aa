//! What must be true of meetings, agendas, attendance, decisions and actions (`domain.md` 2.2 and 2.10). Pure: rows and facts go in, and the
//! next state or every violation comes out; instants are arguments.
//!
//! - [`status`]: the life of a meeting.
//! - [`schedule`]: when and where it is.
//! - [`minutes`]: the next meeting approves them.
//! - [`agenda`]: members propose, the chair orders.
//! - [`attendance`]: who comes in what capacity, and who was there.
//! - [`papers`]: due in an accessible format some days before.
//! - [`needs`]: what is arranged for those who come.
//! - [`recurrence`]: the next meetings of a series.
//! - [`decisions`]: with a quorum, by consensus or by vote.
//! - [`actions`]: what is to be done, by whom and by when.

pub mod actions;
pub mod agenda;
pub mod attendance;
pub mod decisions;
pub mod minutes;
pub mod needs;
pub mod papers;
pub mod recurrence;
pub mod schedule;
pub mod status;
