//! The front door's view of files.

use crate::domains::media::Transfers;
use crate::http::media::Exchange;
use crate::objects::transfer::{Delivery, Incoming, Part, Progress, TransferError};

impl Exchange for Transfers {
    async fn progress(&self, segment: &str) -> Result<Progress, TransferError> {
        Self::progress(self, segment).await
    }

    async fn receive(&self, segment: &str, part: Part, body: Incoming) -> Result<Progress, TransferError> {
        Self::receive(self, segment, part, body).await
    }

    async fn terminate(&self, segment: &str) -> Result<(), TransferError> {
        Self::terminate(self, segment).await
    }

    async fn deliver(&self, segment: &str) -> Result<Delivery, TransferError> {
        Self::deliver(self, segment).await
    }
}
