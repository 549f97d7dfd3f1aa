//! Permits: the second wall.

use std::marker::PhantomData;

/// Leave to do one thing to one row, as it was when the leave was given. Only `policy` makes one; the store takes no
/// write without it and reads the row again under the version it was given for.
#[derive(Debug)]
pub struct Permit<A, M> {
    model: M,
    action: PhantomData<A>,
}

impl<A, M> Permit<A, M> {
    /// Gives leave when `allowed`.
    pub(super) fn when(allowed: bool, model: M) -> Result<Self, Denied> {
        if allowed {
            Ok(Self {
                model,
                action: PhantomData,
            })
        } else {
            Err(Denied)
        }
    }

    /// The row that the leave is for.
    #[must_use]
    pub const fn model(&self) -> &M {
        &self.model
    }

    /// The row, when the permit has been used.
    #[must_use]
    pub fn into_model(self) -> M {
        self.model
    }
}

/// The viewer sees the object but may not do this to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You may see this, but not change it.")]
pub struct Denied;
