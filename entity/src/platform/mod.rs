//! What the platform keeps about itself: the audit trail, events on their way out, answers to repeated requests.

pub mod access_version;
pub mod audit_event;
pub mod idempotency_record;
pub mod outbox_event;
pub mod setting;
