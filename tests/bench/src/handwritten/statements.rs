//! The statements of the hand-written server, and their parameters.

use chrono::Utc;
use sea_orm::sqlx::postgres::PgArguments;
use sea_orm::sqlx::{self, Arguments, AssertSqlSafe, Encode, PgPool, Postgres, Type};

use super::viewer::Viewer;

/// The texts, ready to run.
pub(super) struct Statements {
    pub board: Statement,
    pub work: Statement,
    pub resource: Statement,
    pub dashboard: Statement,
    pub totals: Statement,
    pub first_page: Statement,
    pub next_page: Statement,
}

/// One text.
pub(super) struct Statement(&'static str);

impl Statements {
    /// With the viewer's conditions, or without.
    pub fn new(viewer: bool) -> Self {
        let wanted = |text: &str, after: bool| {
            let text = without(text, "/*after*/", !after);
            let text = without(&text, "/*viewer*/", !viewer);
            // Once at start: the text has to outlive every request.
            Statement(String::leak(text))
        };
        let list = include_str!("../../sql/list.sql");
        Self {
            board: wanted(include_str!("../../sql/board.sql"), false),
            work: wanted(include_str!("../../sql/work.sql"), false),
            resource: wanted(include_str!("../../sql/resource.sql"), false),
            dashboard: wanted(include_str!("../../sql/dashboard.sql"), false),
            totals: wanted(include_str!("../../sql/totals.sql"), false),
            first_page: wanted(list, false),
            next_page: wanted(list, true),
        }
    }
}

/// The text without its comments, and where asked without what stands between a mark and `/*end*/`.
fn without(text: &str, mark: &str, drop: bool) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(mark) {
        kept.push_str(before);
        let (inside, after) = marked.split_once("/*end*/").unwrap_or((marked, ""));
        if !drop {
            kept.push_str(inside);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

impl Statement {
    /// Runs it and gives the one value of its one row.
    pub async fn run(&self, pool: &PgPool, values: Values) -> Result<Option<String>, sqlx::Error> {
        sqlx::query_scalar_with(AssertSqlSafe(self.0), values.0)
            .fetch_optional(pool)
            .await
    }
}

/// The parameters: those of the viewer, and then the request's own.
pub(super) struct Values(PgArguments);

impl Values {
    /// What the conditions on figures ask.
    pub fn of_figures(viewer: &Viewer) -> Self {
        Self(PgArguments::default())
            .and(viewer.commissioning.clone())
            .and(viewer.providing.clone())
            .and(viewer.own.clone())
            .and(viewer.platform_administrator)
    }

    /// What the conditions on boards and resources ask.
    pub fn of(viewer: &Viewer) -> Self {
        Self(PgArguments::default())
            .and(Utc::now())
            .and(viewer.person)
            .and(viewer.own.clone())
            .and(viewer.administered.clone())
            .and(viewer.chaired.clone())
            .and(viewer.seated.clone())
            .and(viewer.prospective.clone())
            .and(viewer.boards.clone())
            .and(viewer.memberships.clone())
            .and(viewer.platform_administrator)
    }

    /// One more.
    pub fn and<'q, T: Encode<'q, Postgres> + Type<Postgres>>(mut self, value: T) -> Self {
        // The types of this server encode without fail.
        let _ = self.0.add(value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cut_out_what_they_enclose() {
        let text = "a /*viewer*/b/*end*/ c /*after*/d/*end*/ e";
        assert_eq!(
            without(&without(text, "/*after*/", true), "/*viewer*/", false),
            "a b c  e"
        );
    }
}
