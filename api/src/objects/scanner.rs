//! The search for harmful software: ClamAV's daemon, by its `INSTREAM` command (clamd(8)).
//!
//! One connection a file. After the command come chunks, each with its length before it; a chunk of no length is the end. The
//! daemon answers one line. It may answer early, for a file longer than its `StreamMaxLength`, and then takes no more.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::settings::ScannerSettings;
use super::store::ObjectError;

/// The command, in the form whose answers end with a zero byte.
const COMMAND: &[u8] = b"zINSTREAM\0";
/// The longest chunk that is sent at a time, in bytes.
const CHUNK: usize = 64 * 1024;
/// The longest answer that is read, in bytes.
const LONGEST_ANSWER: u64 = 4_096;

/// Where the daemon listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A host and its port.
    Tcp(String),
    /// A socket of this machine.
    Unix(PathBuf),
}

impl Address {
    /// Reads `tcp:HOST:PORT` or `unix:PATH`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("unix:") {
            return (cfg!(unix) && !path.is_empty()).then(|| Self::Unix(path.into()));
        }
        let place = text.strip_prefix("tcp:")?;
        let (host, port) = place.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Tcp(place.to_owned()))
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something, by the scanner's name for it.
    Infected(String),
}

/// Why nothing is known.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The daemon cannot be reached, or the connection broke.
    #[error("the scanner cannot be reached")]
    Connection(#[from] std::io::Error),
    /// It said and took nothing for too long.
    #[error("the scanner does not answer")]
    Patience,
    /// It refuses the file, such as for its length.
    #[error("the scanner answers: {0}")]
    Refused(String),
    /// The file could not be read.
    #[error(transparent)]
    Content(#[from] ObjectError),
}

/// A scanner that can be asked.
#[derive(Clone, Debug)]
pub struct Scanner {
    address: Address,
    patience: Duration,
}

impl Scanner {
    /// The one that the settings name; none when they name none.
    #[must_use]
    pub fn of(settings: &ScannerSettings) -> Option<Self> {
        Some(Self {
            address: Address::read(settings.address.as_deref()?)?,
            patience: Duration::from_secs(settings.patience_seconds),
        })
    }

    /// Looks through a file.
    ///
    /// # Errors
    /// See [`ScanError`]: then nothing is known about the file.
    pub async fn scan(
        &self,
        content: impl Stream<Item = Result<Bytes, ObjectError>> + Send + Unpin,
    ) -> Result<Verdict, ScanError> {
        match &self.address {
            Address::Tcp(place) => {
                self.converse(self.patiently(TcpStream::connect(place)).await?, content)
                    .await
            }
            #[cfg(unix)]
            Address::Unix(path) => {
                let socket = self.patiently(UnixStream::connect(path)).await?;
                self.converse(socket, content).await
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(ScanError::Connection(std::io::ErrorKind::Unsupported.into())),
        }
    }

    async fn converse(
        &self,
        mut socket: impl AsyncRead + AsyncWrite + Send + Unpin,
        content: impl Stream<Item = Result<Bytes, ObjectError>> + Send + Unpin,
    ) -> Result<Verdict, ScanError> {
        let sent = self.send(&mut socket, content).await;
        // A daemon that takes no more has said why.
        if let Err(error @ (ScanError::Content(_) | ScanError::Patience)) = sent {
            return Err(error);
        }
        let mut answer = Vec::new();
        let reading = async {
            let mut limited = (&mut socket).take(LONGEST_ANSWER);
            loop {
                if limited.read_buf(&mut answer).await? == 0 || answer.ends_with(&[0]) {
                    return Ok(());
                }
            }
        };
        self.patiently(reading).await?;
        let answer = String::from_utf8_lossy(&answer);
        let answer = answer.trim_end_matches(['\0', '\n']);
        if answer.is_empty() {
            sent?;
        }
        verdict(answer)
    }

    async fn send(
        &self,
        socket: &mut (impl AsyncWrite + Send + Unpin),
        mut content: impl Stream<Item = Result<Bytes, ObjectError>> + Send + Unpin,
    ) -> Result<(), ScanError> {
        self.patiently(socket.write_all(COMMAND)).await?;
        while let Some(part) = content.next().await {
            for chunk in part?.chunks(CHUNK) {
                let length = u32::try_from(chunk.len()).unwrap_or_default();
                self.patiently(socket.write_all(&length.to_be_bytes())).await?;
                self.patiently(socket.write_all(chunk)).await?;
            }
        }
        self.patiently(socket.write_all(&0_u32.to_be_bytes())).await?;
        self.patiently(socket.flush()).await
    }

    async fn patiently<T>(&self, doing: impl Future<Output = std::io::Result<T>>) -> Result<T, ScanError> {
        let done = timeout(self.patience, doing)
            .await
            .map_err(|_| ScanError::Patience)?;
        Ok(done?)
    }
}

/// `stream: OK`, `stream: NAME FOUND`, or a complaint.
fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Verdict::Clean);
    }
    match said.strip_suffix(" FOUND") {
        Some(name) if !name.is_empty() => Ok(Verdict::Infected(name.to_owned())),
        _ => Err(ScanError::Refused(said.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_hosts_and_sockets() {
        assert_eq!(
            Address::read("tcp:127.0.0.1:3310"),
            Some(Address::Tcp("127.0.0.1:3310".to_owned()))
        );
        assert_eq!(
            Address::read("tcp:[::1]:3310"),
            Some(Address::Tcp("[::1]:3310".to_owned()))
        );
        #[cfg(unix)]
        assert_eq!(
            Address::read("unix:/run/clamav/clamd.ctl"),
            Some(Address::Unix("/run/clamav/clamd.ctl".into()))
        );
        for wrong in [
            "",
            "tcp:",
            "tcp:host",
            "tcp::3310",
            "tcp:host:port",
            "unix:",
            "host:3310",
        ] {
            assert_eq!(Address::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_the_two_answers_of_a_search_are_verdicts() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(
            verdict("stream: Eicar-Signature FOUND").unwrap(),
            Verdict::Infected("Eicar-Signature".to_owned())
        );
        for wrong in [
            "",
            "stream: ",
            "INSTREAM size limit exceeded. ERROR",
            "stream:  FOUND",
            "OK?",
        ] {
            assert!(verdict(wrong).is_err(), "{wrong}");
        }
    }
}
