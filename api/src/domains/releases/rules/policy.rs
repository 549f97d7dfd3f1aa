//! What is small, and how the rest is rounded (`domain.md` 4, disclosure control).

use std::ops::RangeInclusive;

/// A policy of disclosure control. The default is that of hospital statistics since 2018: 1 to 7 are masked, the rest is rounded
/// to the nearest 5.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The smallest count that is masked. Nought is shown: it is about nobody.
    pub suppress_min: i64,
    /// The largest count that is masked for being small.
    pub suppress_max: i64,
    /// What the rest is rounded to: 1 leaves it as it is.
    pub round_to: i64,
    /// Whether more is masked, so that nothing masked can be worked out from what is shown.
    pub secondary: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            suppress_min: 1,
            suppress_max: 7,
            round_to: 5,
            secondary: true,
        }
    }
}

/// Why a policy cannot be applied.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// It would mask nought, or nothing.
    #[error("the smallest count to mask must be 1 or more, and the largest not below it")]
    Range,
    /// It would divide by nought, or show as nought what is not.
    #[error("counts are rounded to multiples of 1 or more, and none that is shown may round to nought")]
    Rounding,
}

impl Policy {
    /// That it can be applied.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub const fn check(self) -> Result<Self, PolicyError> {
        if self.suppress_min < 1 || self.suppress_max < self.suppress_min {
            return Err(PolicyError::Range);
        }
        let least_shown = if self.suppress_min > 1 {
            1
        } else {
            self.suppress_max + 1
        };
        if self.round_to < 1 || self.rounded(least_shown) == 0 {
            return Err(PolicyError::Rounding);
        }
        Ok(self)
    }

    /// Whether a count is masked for being small.
    #[must_use]
    pub const fn is_small(self, count: i64) -> bool {
        self.suppress_min <= count && count <= self.suppress_max
    }

    /// A count as it is shown: to the nearest multiple, halves up.
    #[must_use]
    pub const fn rounded(self, count: i64) -> i64 {
        (count + self.round_to / 2).div_euclid(self.round_to) * self.round_to
    }

    /// What a count can be that is shown as this one. Nought is shown for nought only, and what is small is not shown.
    #[must_use]
    pub fn could_be(self, shown: i64) -> RangeInclusive<i64> {
        if shown == 0 {
            return 0..=0;
        }
        let least = shown - self.round_to / 2;
        let most = least + self.round_to - 1;
        let least = if self.is_small(least) {
            self.suppress_max + 1
        } else {
            least
        };
        least.max(0)..=most
    }

    /// How many steps there are from the smallest to the largest masked count.
    #[must_use]
    pub const fn span(self) -> i64 {
        self.suppress_max - self.suppress_min
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn by_default_1_to_7_are_masked_and_the_rest_is_rounded_to_5() {
        let policy = Policy::default();
        let masked: Vec<_> = (0..=10).filter(|count| policy.is_small(*count)).collect();
        assert_eq!(masked, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(
            [0, 8, 12, 13, 17, 18].map(|count| policy.rounded(count)),
            [0, 10, 10, 15, 15, 20]
        );
        assert_eq!((policy.could_be(0), policy.could_be(10)), (0..=0, 8..=12));
    }

    #[test]
    fn a_policy_that_masks_nought_or_divides_by_it_is_refused() {
        let wrong = |policy: Policy| policy.check().unwrap_err();
        assert_eq!(
            wrong(Policy {
                suppress_min: 0,
                ..Policy::default()
            }),
            PolicyError::Range
        );
        assert_eq!(
            wrong(Policy {
                suppress_max: 0,
                ..Policy::default()
            }),
            PolicyError::Range
        );
        assert_eq!(
            wrong(Policy {
                round_to: 0,
                ..Policy::default()
            }),
            PolicyError::Rounding
        );
        // Two people would be shown as nobody.
        assert_eq!(
            wrong(Policy {
                suppress_max: 1,
                ..Policy::default()
            }),
            PolicyError::Rounding
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_could_be_just_what_rounds_to_it(round_to in 1_i64..12, suppress_max in 1_i64..12, count in 0_i64..200) {
            let policy = Policy { suppress_max, round_to, ..Policy::default() };
            prop_assume!(policy.check().is_ok() && !policy.is_small(count));
            let shown = policy.rounded(count);
            for other in 0..=220 {
                let same = !policy.is_small(other) && policy.rounded(other) == shown;
                prop_assert_eq!(policy.could_be(shown).contains(&other), same, "{} as {}", other, shown);
            }
        }
    }
}
