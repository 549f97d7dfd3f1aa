//! What an operator may say about objects.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::config::{Report, Secret, Section};

/// Where objects lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ObjectSettings {
    /// What keeps them: `folder`, or `s3`. Default `folder`. Several nodes need a folder that they share, or `s3`.
    pub place: Place,
    /// The folder, for `folder`; created when missing. Default: `objects` in the data directory.
    pub folder: Option<PathBuf>,
    /// The service, for `s3`.
    pub s3: S3Settings,
}

/// What keeps objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A folder of this machine.
    #[default]
    Folder,
    /// A service that speaks S3.
    S3,
}

/// A service that speaks S3, such as that of Amazon, Ceph, Garage or MinIO.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct S3Settings {
    /// The bucket. Default none; `s3` needs one.
    pub bucket: Option<String>,
    /// What the names of objects begin with, so that a bucket can be shared. Default none.
    pub prefix: Option<String>,
    /// The region. Default none, which is `us-east-1`.
    pub region: Option<String>,
    /// The address of the service. Default none: Amazon's own, of the region.
    pub endpoint: Option<String>,
    /// The name of the key. Default none: the role of the machine.
    pub access_key_id: Option<String>,
    /// The key. Default none: the role of the machine.
    pub secret_access_key: Option<Secret>,
    /// Whether an endpoint may be asked without encryption, on a network of your own. Default false.
    pub allow_http: bool,
}

impl Section for ObjectSettings {
    fn check(&self, report: &mut Report<'_>) {
        if self.place == Place::S3 && self.s3.bucket.as_deref().unwrap_or_default().is_empty() {
            report.wrong("s3.bucket", "", "must name the bucket when `place` is `s3`");
        }
        if self.s3.access_key_id.is_some() != self.s3.secret_access_key.is_some() {
            let rule = "must be set together with s3.secret_access_key, or neither";
            report.wrong("s3.access_key_id", "", rule);
        }
        if let Some(endpoint) = &self.s3.endpoint
            && reqwest::Url::parse(endpoint).is_err()
        {
            let rule = "must be an address such as https://objects.example.org";
            report.wrong("s3.endpoint", endpoint, rule);
        }
    }
}

/// What looks for harmful software.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScannerSettings {
    /// Where ClamAV's daemon listens: `tcp:HOST:PORT`, or `unix:PATH`. Default none: nobody looks, and what that means says
    /// `media.clean_without_scanner`.
    pub address: Option<String>,
    /// How long it may say and take nothing before it counts as broken, in seconds. Default 120.
    pub patience_seconds: u64,
}

impl Default for ScannerSettings {
    fn default() -> Self {
        Self {
            address: None,
            patience_seconds: 120,
        }
    }
}

impl Section for ScannerSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("patience_seconds", self.patience_seconds, 1, 3_600, "seconds");
        if let Some(address) = &self.address
            && super::scanner::Address::read(address).is_none()
        {
            let rule = "must be tcp:HOST:PORT, such as tcp:127.0.0.1:3310, or unix:PATH";
            report.wrong("address", address, rule);
        }
    }
}
