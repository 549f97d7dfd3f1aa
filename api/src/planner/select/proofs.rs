//! What has to be found out about a row, so that the scopes of the rows below it need not ask again.

use super::Planner;
use crate::planner::plan::{Column, ColumnKind, Proof};
use crate::planner::statement;

impl Planner<'_> {
    /// The columns with what the scope of the rows below asks about a row. Lists below often ask the same.
    pub(super) fn proofs(
        &mut self,
        level: usize,
        source: usize,
        object: usize,
        (target, link): (usize, &'static str),
    ) -> Vec<usize> {
        let table = self.catalogue.object(object).source.table();
        let below = self.catalogue.object(target).source;
        let texts = |proof: &Proof| statement::proof_texts(proof, source, table);
        let own = Proof {
            below,
            link,
            place: 0,
        };
        let mut columns = Vec::new();
        for (place, text) in texts(&own).into_iter().enumerate() {
            let same = |column: &Column| match column.kind {
                ColumnKind::Proof(proof) if column.source == source => {
                    texts(&proof).get(proof.place) == Some(&text)
                }
                _ => false,
            };
            let known = self.levels[level].columns.iter().position(same);
            let proof = ColumnKind::Proof(Proof { place, ..own });
            columns.push(known.unwrap_or_else(|| self.read(level, source, proof)));
        }
        columns
    }
}
