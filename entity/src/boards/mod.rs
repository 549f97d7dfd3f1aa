//! Where decisions are made: pieces of co-production work, boards, seats, and the path of people on to them.

pub mod kinds;
