//! The benchmark's world: 200 organisations, 500 boards, 12,000 members and their history, meetings and actions, and 20,000
//! versions of resources, and a million figures. The same rows every time.
//!
//! It bypasses the domain: rows go into the tables as they are, by `COPY` or prepared inserts. They keep every rule of the
//! tables all the same, because the tables check.
//!
//! The measured viewer works for [`VIEWER_ORGANISATION`], which takes part in [`SHARED_PARTNERSHIPS`] of the
//! [`PARTNERSHIPS`], each with a live agreement for boards and memberships. So they see 400 of the 500 boards, nearly all
//! of them unpublished, by the agreements alone. The names of the other boards come last in the alphabet, and so a list by
//! name has the same first 400 rows with and without authorisation: that is how the contenders without it can be asked for
//! the same answer.

mod boards;
mod load;
mod outcomes;
mod parties;
mod resources;
mod rows;
mod work;

pub use load::{into_postgres, into_sqlite};
pub use outcomes::Figures;
pub use resources::{vocabulary, word};
use rows::{Rows, Table};

/// Organisations.
pub const ORGANISATIONS: usize = 200;
/// Boards.
pub const BOARDS: usize = 500;
/// Board memberships.
pub const MEMBERS: usize = 12_000;
/// People who sit on the boards; some sit on two.
pub const PEOPLE: usize = 10_000;
/// Partnerships; each has as many boards as every other.
pub const PARTNERSHIPS: usize = 10;
/// The partnerships the viewer's organisation takes part in.
pub const SHARED_PARTNERSHIPS: usize = 8;
/// Organisations that host the boards of a partnership, and sign its agreement beside the viewer's.
pub const HOSTS: usize = 10;
/// Organisations of a partnership beside the viewer's.
pub const PARTNERS: usize = 20;
/// The place of the viewer's organisation.
pub const VIEWER_ORGANISATION: usize = 0;
/// Boards that the viewer sees.
pub const VISIBLE_BOARDS: usize = BOARDS / PARTNERSHIPS * SHARED_PARTNERSHIPS;
/// The issuer of the tokens: that of the product's own local issuer.
pub const ISSUER: &str = "urn:roundtable:local";
/// The viewer's subject: one for which `roundtable token` issues tokens.
pub const VIEWER: &str = "provider-user";
/// Somebody whose organisation takes part in nothing.
pub const STRANGER: &str = "stranger";

/// Somebody who sits on [`OWN_BOARDS`] of the boards.
pub const MEMBER: &str = "board-member";
/// The boards on which the member sits.
pub const OWN_BOARDS: usize = 20;
/// Meetings that each board has held.
pub const HELD_MEETINGS: usize = 12;
/// What follows from each of them.
pub const ACTIONS_OF_MEETING: usize = 6;

/// Resources.
pub const RESOURCES: usize = 5_000;
/// Versions of each; the last is published, the others are superseded.
pub const VERSIONS: usize = 4;
/// Words of the text of a version.
pub const WORDS_OF_TEXT: usize = 200;
/// The resources that have formats, contributors and adopters: the first ones.
pub const WHOLE_RESOURCES: usize = 500;
/// The formats of each of their versions.
pub const FORMATS: [&str; 5] = ["STANDARD", "PLAIN_ENGLISH", "EASY_READ", "LARGE_PRINT", "AUDIO"];
/// Contributors to each of their versions.
pub const CONTRIBUTORS: usize = 5;
/// Adopters of the published version of each.
pub const ADOPTERS: usize = 8;

/// Frameworks whose figures are of organisations.
pub const FRAMEWORKS: usize = 20;
/// Outcomes of each.
pub const OUTCOMES: usize = 10;
/// Indicators of each of these.
pub const INDICATORS: usize = 2;
/// Months for which every organisation has figures.
pub const MONTHS: usize = 12;
/// Services of the viewer's organisation.
pub const SERVICES: usize = 500;
/// Months for which each of them has a figure.
pub const SERVICE_MONTHS: usize = 100;

/// All rows.
#[derive(Debug)]
pub struct World {
    /// Parents before children.
    pub tables: Vec<Table>,
    /// The figures, whose parents are all among the tables.
    pub figures: Figures,
}

/// All rows.
#[must_use]
pub fn generate() -> World {
    let mut rows = Rows::new();
    parties::organisations(&mut rows);
    parties::people(&mut rows);
    parties::accounts(&mut rows);
    parties::partnerships(&mut rows);
    boards::boards(&mut rows);
    work::work(&mut rows);
    resources::resources(&mut rows);
    let (tables, figures) = outcomes::frameworks(rows);
    World { tables, figures }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_the_size_it_claims() {
        let World { tables, figures } = generate();
        let count = |name: &str| {
            tables
                .iter()
                .find(|table| table.name == name)
                .map(|table| table.rows.len())
        };
        assert_eq!(count("organisation"), Some(ORGANISATIONS));
        assert_eq!(count("board"), Some(BOARDS));
        assert_eq!(count("board_membership"), Some(MEMBERS + OWN_BOARDS));
        assert_eq!(count("board_seat"), Some(MEMBERS + OWN_BOARDS));
        assert_eq!(
            count("board_action"),
            Some(BOARDS * HELD_MEETINGS * ACTIONS_OF_MEETING)
        );
        assert_eq!(count("resource_version"), Some(RESOURCES * VERSIONS));
        assert_eq!(
            count("rendition"),
            Some(WHOLE_RESOURCES * VERSIONS * FORMATS.len())
        );
        assert_eq!(
            count("contributor"),
            Some(WHOLE_RESOURCES * VERSIONS * CONTRIBUTORS)
        );
        assert_eq!(count("adoption"), Some(WHOLE_RESOURCES * ADOPTERS));
        let mut counted = 0;
        for row in figures.into_rows() {
            counted += 1;
            assert_eq!(row.len(), Figures::COLUMNS.len());
        }
        let of_organisations = FRAMEWORKS * OUTCOMES * INDICATORS * MONTHS * ORGANISATIONS;
        assert_eq!(counted, of_organisations + SERVICES * SERVICE_MONTHS);
        assert!(count("board_membership_change").is_some_and(|steps| steps > 4 * MEMBERS));
    }

    #[test]
    fn the_world_is_the_same_every_time() {
        assert_eq!(format!("{:?}", generate()), format!("{:?}", generate()));
    }
}
