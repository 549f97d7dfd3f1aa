//! Where decisions are made: pieces of co-production work, boards, seats, and the path of people on to them.

pub mod board;
pub mod board_membership;
pub mod board_membership_change;
pub mod board_seat;
pub mod constituency;
pub mod initiative;
pub mod kinds;
