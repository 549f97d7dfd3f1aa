//! What tests of other files here need to know about keys.

use std::time::Duration;

use super::RemoteKeys;

impl RemoteKeys {
    /// Waits until the background task has published keys so many times.
    pub(in crate::auth) async fn wait_for_version(&self, version: u64) {
        let mut published = self.published.subscribe();
        let reached = published.wait_for(|published| published.version >= version);
        tokio::time::timeout(Duration::from_secs(20), reached)
            .await
            .expect("keys in time")
            .expect("a sender");
    }
}
