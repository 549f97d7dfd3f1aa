//! Figures out of files that partners upload: in the shape of our own export, or of another whose columns they name.
//!
//! 1. [`mutation`]: somebody asks for a file to be imported, and is answered at once.
//! 2. [`work`]: one node at a time goes on with each import, a chunk of rows in each transaction, and begins again where it was stopped.
//! 3. `reading`: the file as a stream, in a thread of its own: unpacked, split into rows, at flat memory.
//! 4. [`headings`] and [`cells`]: what the file calls things, and what a row says ([`said`]). All of it is pure.
//! 5. `naming`: which wording, subject and people a row means, as far as whoever asked may see them.
//! 6. `chunk`: what becomes of each row, by the rules of [`imports`](super::rules::imports), and its trace.
//!
//! Whoever asked is looked up anew for each chunk: what they may no longer do is not done.

pub mod cells;
mod chunk;
pub mod erase;
pub mod fault;
pub mod headings;
pub mod mutation;
mod naming;
mod numbers;
mod persist;
mod reading;
pub mod said;
pub mod work;

pub use work::Imports;
