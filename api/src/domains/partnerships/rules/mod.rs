//! What must be true of partnerships and of what they agree to share (`domain.md` 2.1, 2.10 and 3). Pure: rows and facts go
//! in, and the next state or every violation comes out; days and instants are arguments.
//!
//! - [`life`]: how a partnership begins, works and ends.
//! - [`membership`]: how organisations join, lead and leave.
//! - [`standing`]: what has to stand before anything of the kind can be done.
//! - [`agreement`]: how an agreement to share data comes into force, what it covers, and how it ends.

pub mod agreement;
pub mod life;
pub mod membership;
pub mod standing;
