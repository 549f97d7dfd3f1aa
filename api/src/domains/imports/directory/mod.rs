//! The directory of providers and locations that the Care Quality Commission publishes each month (`domain.md` 5): organisations, their
//! sites, the codes both are known by, and the services that are provided there.
//!
//! 1. [`headings`] finds the columns, whatever an edition calls them. The names of registered managers, nominated individuals and partners are
//!    personal data: no column of theirs is looked for, so nothing of them is ever held.
//!    [`services`] knows which kind of service and which group of people a column of flags is.
//! 2. [`rows`] makes of each line a provider and a location ([`entry`]), or a fault. A cell that cannot be right is left out and said; a row without a
//!    code of its own is refused. [`cells`] knows how dates, ratings and numbers are written.
//! 3. [`load`] writes what is new and what changed.
//!
//! [`synthetic`] makes editions that never were, with faults that are known.
//!
//! The directory says what a location is registered to do, and not how that is paid for: of the services that are made of it, that is not stated.

pub mod cells;
pub mod entry;
pub mod headings;
pub mod load;
pub mod rows;
pub mod services;
pub mod synthetic;
