//! Where the bytes of files lie, and what is done to them on the way in and out. It knows no domain: what a file is about,
//! and who may read it, is said elsewhere.
//!
//! | file | what it knows |
//! |---|---|
//! | [`store`] | objects: a folder of this machine, or a service that speaks S3 |
//! | [`mod@file`] | files: bytes that lie in several objects, read as one |
//! | [`digest`] | a SHA-256 that can be put down and taken up again |
//! | [`address`] | signed addresses, under which one file is taken in or given out, for a while |
//! | [`transfer`] | what is said about files on their way in and out |
//! | [`scanner`] | the search for harmful software (ClamAV's protocol) |
//!
//! **Nothing is ever copied or rewritten.** A file arrives in pieces; each is an object of its own, which is written once,
//! whole, and is durable before anybody hears that it is there. Which pieces make a file stands in the database, so a node
//! that dies leaves nothing half done, any node goes on where another stopped, and a file of any size takes as much memory
//! as one piece.

pub mod address;
pub mod digest;
pub mod file;
pub mod scanner;
mod settings;
pub mod store;
pub mod transfer;

pub use address::Addresses;
pub use digest::RunningDigest;
pub use file::{Piece, StoredFile};
pub use scanner::{ScanError, Scanner, Verdict};
pub use settings::{ObjectSettings, Place, S3Settings, ScannerSettings};
pub use store::{ObjectError, Objects};
