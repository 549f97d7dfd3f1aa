//! What the platform keeps about itself: the audit trail, events on their way out, answers to repeated requests.
