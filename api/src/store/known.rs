//! What is known of a request before the text of a statement is written.
//!
//! Much of what a scope asks is decided before the database is asked at all: a viewer who chairs no board is not let in as
//! a chair, and a board whose members are shared was found so when the board itself was read. Such answers go into the text
//! as `TRUE` and `FALSE`, so that the database leaves out what follows from them, together with its subqueries. Requests
//! for which the same is known share a text.

use super::{Parameter, ViewerFact};

/// Answers that are known beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Known(u64);

/// Where the answers about parents begin: above those about the viewer.
const PARENTS: u8 = 20;

impl Known {
    /// So many conditions on parents have a place here; what is asked beyond is asked of the database.
    pub(super) const MOST_PROOFS: u8 = (64 - PARENTS) / 2;

    /// The viewer has this fact: the set is not empty, the value is not null, it is true.
    #[must_use]
    pub(super) const fn with_fact(self, fact: ViewerFact) -> Self {
        Self(self.0 | (1 << fact as u8))
    }

    /// For how many of `parents` the n-th condition holds.
    #[must_use]
    pub(crate) const fn with_proof(self, place: u8, holds: usize, parents: usize) -> Self {
        let all = (holds == parents) as u64;
        let some = (holds > 0 && holds < parents) as u64;
        let bit = PARENTS + 2 * place;
        Self(self.0 | (all << bit) | (some << (bit + 1)))
    }

    /// The answer to a parameter, if it is known.
    #[must_use]
    pub(super) const fn answer(self, parameter: Parameter) -> Option<bool> {
        let bit = match parameter {
            Parameter::Has(fact) => fact as u8,
            Parameter::ProvenForAll(place) => PARENTS + 2 * place,
            Parameter::ProvenForSome(place) => PARENTS + 2 * place + 1,
            _ => return None,
        };
        Some(self.0 & (1 << bit) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_viewer_and_parents_is_kept_apart() {
        let known = Known::default()
            .with_fact(ViewerFact::Person)
            .with_proof(0, 0, 3)
            .with_proof(1, 2, 3)
            .with_proof(2, 3, 3);
        let answer = |parameter| known.answer(parameter);
        assert_eq!(answer(Parameter::Has(ViewerFact::Person)), Some(true));
        assert_eq!(answer(Parameter::Has(ViewerFact::User)), Some(false));
        for (place, all, some) in [(0, false, false), (1, false, true), (2, true, false)] {
            assert_eq!(answer(Parameter::ProvenForAll(place)), Some(all));
            assert_eq!(answer(Parameter::ProvenForSome(place)), Some(some));
        }
        assert_eq!(answer(Parameter::Now), None);
    }

    #[test]
    fn every_fact_has_a_place_below_the_parents() {
        assert!(ViewerFact::ALL.into_iter().all(|fact| (fact as u8) < PARENTS));
    }
}
