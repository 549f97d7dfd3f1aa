//! Figures as they are published: releases, made under a policy of disclosure control (`domain.md` 2.8 and 4).

pub mod kinds;
pub mod published_figure;
pub mod release;
pub mod suppression_policy;
