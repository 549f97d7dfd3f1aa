//! A SHA-256 that can be put down and taken up again, so that an interrupted upload need not be read twice.

use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};

use crate::hex::{hex, unhex};

/// A SHA-256 of bytes that are still arriving.
#[derive(Clone, Default)]
pub struct RunningDigest(Sha256);

impl RunningDigest {
    /// Takes in more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// What to keep, so that it can be taken up again.
    #[must_use]
    pub fn put_down(&self) -> String {
        hex(&self.0.serialize())
    }

    /// Takes up what was put down; nothing when that is not what it was.
    #[must_use]
    pub fn take_up(kept: &str) -> Option<Self> {
        let bytes = unhex(kept)?;
        let state = SerializedState::<Sha256>::try_from(bytes.as_slice()).ok()?;
        Sha256::deserialize(&state).ok().map(Self)
    }

    /// The SHA-256 in hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

impl std::fmt::Debug for RunningDigest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RunningDigest(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `abc`, by FIPS 180-4, appendix B.1.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn it_goes_on_where_it_was_put_down() {
        let mut digest = RunningDigest::default();
        digest.update(b"ab");
        let mut other = RunningDigest::take_up(&digest.put_down()).unwrap();
        other.update(b"c");
        assert_eq!(other.finish(), ABC);
        // Across blocks of 64 bytes, too.
        let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
        let mut whole = RunningDigest::default();
        whole.update(&bytes);
        for at in [0, 1, 63, 64, 65, 999, 1_000] {
            let mut first = RunningDigest::default();
            first.update(&bytes[..at]);
            let mut second = RunningDigest::take_up(&first.put_down()).unwrap();
            second.update(&bytes[at..]);
            assert_eq!(second.finish(), whole.clone().finish(), "{at}");
        }
    }

    #[test]
    fn what_is_no_digest_is_not_taken_up() {
        for wrong in ["", "00", "zz", &"f".repeat(10)] {
            assert!(RunningDigest::take_up(wrong).is_none(), "{wrong}");
        }
    }
}
