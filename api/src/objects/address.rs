//! Signed addresses: whoever holds one may send or fetch one file, until it expires.
//!
//! An address carries what it is for, the file, for whom it was made and until when it holds, and a signature of all four
//! (HMAC-SHA-256, RFC 2104). Nothing in it can be changed, and none of it is secret but the signature. Every node that knows
//! the key can open it; nothing is stored.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What every signature begins with, so that the key signs nothing that could be taken for something else.
const LABEL: &[u8] = b"roundtable file address 1\0";
/// What is signed: the purpose, the file, for whom, until when.
const LENGTH: usize = 1 + 16 + 16 + 8;

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sending a file.
    Upload,
    /// Fetching it.
    Download,
}

impl Purpose {
    const fn number(self) -> u8 {
        match self {
            Self::Upload => 1,
            Self::Download => 2,
        }
    }

    /// Where addresses of this purpose begin on this server.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Upload => "/media/uploads/",
            Self::Download => "/media/files/",
        }
    }
}

/// What a good address opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The file.
    pub file: Uuid,
    /// For whom it was made: an account.
    pub bearer: Uuid,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
}

/// Why an address opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It was not made here, or not for this.
    #[error("there is nothing at this address")]
    Wrong,
    /// It was good once.
    #[error("this address has expired")]
    Expired,
}

/// Makes addresses, and opens them. Cheap to clone.
#[derive(Clone)]
pub struct Addresses {
    key: Arc<hmac::Key>,
    origin: Arc<str>,
}

impl Addresses {
    /// Those of a key. `origin`, such as `https://api.example.org`, stands before each; without it they are paths on this
    /// server.
    #[must_use]
    pub fn new(key: &[u8], origin: Option<&str>) -> Self {
        Self {
            key: Arc::new(hmac::Key::new(hmac::HMAC_SHA256, key)),
            origin: origin.unwrap_or_default().trim_end_matches('/').into(),
        }
    }

    /// An address. The same for the same four, always.
    #[must_use]
    pub fn make(&self, purpose: Purpose, opened: Opened) -> String {
        let signed = bytes_of(purpose, opened);
        let signature = hmac::sign(&self.key, &labelled(&signed));
        format!(
            "{}{}{}.{}",
            self.origin,
            purpose.path(),
            URL_SAFE_NO_PAD.encode(signed),
            URL_SAFE_NO_PAD.encode(signature)
        )
    }

    /// What the last segment of an address opens.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn open(&self, purpose: Purpose, segment: &str, now: DateTime<Utc>) -> Result<Opened, AddressError> {
        let (signed, signature) = segment.split_once('.').ok_or(AddressError::Wrong)?;
        let decode = |text| URL_SAFE_NO_PAD.decode(text).map_err(|_| AddressError::Wrong);
        let (signed, signature) = (decode(signed)?, decode(signature)?);
        let signed: [u8; LENGTH] = signed.try_into().map_err(|_| AddressError::Wrong)?;
        hmac::verify(&self.key, &labelled(&signed), &signature).map_err(|_| AddressError::Wrong)?;
        let opened = read(purpose, &signed).ok_or(AddressError::Wrong)?;
        if opened.expires_at <= now {
            return Err(AddressError::Expired);
        }
        Ok(opened)
    }
}

impl fmt::Debug for Addresses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Addresses(…)")
    }
}

fn labelled(signed: &[u8; LENGTH]) -> Vec<u8> {
    [LABEL, signed].concat()
}

/// Whole seconds are enough for an address, and make it the same for the same instant of either database.
fn bytes_of(purpose: Purpose, opened: Opened) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    bytes[0] = purpose.number();
    bytes[1..17].copy_from_slice(opened.file.as_bytes());
    bytes[17..33].copy_from_slice(opened.bearer.as_bytes());
    bytes[33..].copy_from_slice(&opened.expires_at.timestamp().to_be_bytes());
    bytes
}

fn read(purpose: Purpose, bytes: &[u8; LENGTH]) -> Option<Opened> {
    if bytes[0] != purpose.number() {
        return None;
    }
    let seconds = i64::from_be_bytes(bytes[33..].try_into().ok()?);
    Some(Opened {
        file: Uuid::from_slice(&bytes[1..17]).ok()?,
        bearer: Uuid::from_slice(&bytes[17..33]).ok()?,
        expires_at: DateTime::from_timestamp(seconds, 0)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn opened(file: u128) -> Opened {
        Opened {
            file: Uuid::from_u128(file),
            bearer: Uuid::from_u128(7),
            expires_at: at(1_000),
        }
    }

    fn segment(address: &str) -> &str {
        address.rsplit('/').next().unwrap()
    }

    #[test]
    fn an_address_opens_its_file_for_its_purpose_until_it_expires() {
        let addresses = Addresses::new(b"key", None);
        let address = addresses.make(Purpose::Download, opened(1));
        assert!(address.starts_with("/media/files/"), "{address}");
        let open = |purpose, now| addresses.open(purpose, segment(&address), at(now));
        assert_eq!(open(Purpose::Download, 999), Ok(opened(1)));
        assert_eq!(open(Purpose::Download, 1_000), Err(AddressError::Expired));
        assert_eq!(open(Purpose::Upload, 999), Err(AddressError::Wrong));
        assert_eq!(addresses.make(Purpose::Download, opened(1)), address);
        let elsewhere = Addresses::new(b"key", Some("https://api.example.org/"));
        let address = elsewhere.make(Purpose::Upload, opened(1));
        assert!(
            address.starts_with("https://api.example.org/media/uploads/"),
            "{address}"
        );
    }

    #[test]
    fn nothing_of_it_can_be_changed() {
        let addresses = Addresses::new(b"key", None);
        let (one, other) = (
            addresses.make(Purpose::Download, opened(1)),
            addresses.make(Purpose::Download, opened(2)),
        );
        let (one, other) = (segment(&one), segment(&other));
        let mixed = format!(
            "{}.{}",
            other.split_once('.').unwrap().0,
            one.split_once('.').unwrap().1
        );
        let wrong = |text: &str| addresses.open(Purpose::Download, text, at(1)) == Err(AddressError::Wrong);
        assert!(wrong(&mixed) && wrong("") && wrong(".") && wrong("a.b") && wrong(&one[1..]));
        for place in 0..one.len() {
            let mut bytes = one.as_bytes().to_vec();
            bytes[place] = if bytes[place] == b'B' { b'C' } else { b'B' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(wrong(&changed), "{place}");
        }
        let stranger = Addresses::new(b"another", None);
        assert_eq!(
            stranger.open(Purpose::Download, one, at(1)),
            Err(AddressError::Wrong)
        );
    }
}
