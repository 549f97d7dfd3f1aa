//! A search as each database's index takes it. Words are of letters and digits only, so nothing of what somebody typed can be
//! taken for an operator.

use sea_orm::DbBackend;

use super::query::{Phrase, TextQuery};

/// What the index is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelt {
    /// Whether a text fits.
    pub fits: String,
    /// Whether the title has all that is wanted.
    pub in_title: String,
    /// Whether a text, or the head of one, has it.
    pub wanted: String,
    /// Whether a text has anything that must not be there; empty when that is nothing.
    pub unwanted: String,
}

impl Spelt {
    pub fn of(query: &TextQuery, backend: DbBackend) -> Self {
        if backend == DbBackend::Postgres {
            let wanted = joined(&query.wanted, " & ", postgres);
            let unwanted = joined(&query.unwanted, " | ", postgres);
            let fits = if unwanted.is_empty() {
                wanted.clone()
            } else {
                format!("{wanted} & !({unwanted})")
            };
            Self {
                fits,
                in_title: wanted.clone(),
                wanted,
                unwanted,
            }
        } else {
            let wanted = joined(&query.wanted, " AND ", sqlite);
            let unwanted = joined(&query.unwanted, " OR ", sqlite);
            let fits = if unwanted.is_empty() {
                wanted.clone()
            } else {
                format!("({wanted}) NOT ({unwanted})")
            };
            Self {
                fits,
                in_title: format!("title : ({wanted})"),
                wanted,
                unwanted,
            }
        }
    }
}

fn joined(phrases: &[Phrase], by: &str, spell: fn(&Phrase) -> String) -> String {
    let texts: Vec<String> = phrases.iter().map(spell).collect();
    texts.join(by)
}

/// For `to_tsquery`: `'easy' <-> 'read':*`.
fn postgres(phrase: &Phrase) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| format!("'{word}'")).collect();
    let begins = if phrase.begins { ":*" } else { "" };
    format!("{}{begins}", words.join(" <-> "))
}

/// For `MATCH`: `"easy read" *`.
fn sqlite(phrase: &Phrase) -> String {
    let begins = if phrase.begins { " *" } else { "" };
    format!("\"{}\"{begins}", phrase.words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_gets_its_own_words() {
        let query = TextQuery::parse("home \"easy read\" serv* -draft -\"pilot project\"");
        let postgres = Spelt::of(&query, DbBackend::Postgres);
        assert_eq!(
            postgres.fits,
            "'home' & 'easy' <-> 'read' & 'serv':* & !('draft' | 'pilot' <-> 'project')"
        );
        assert_eq!(postgres.in_title, "'home' & 'easy' <-> 'read' & 'serv':*");
        assert_eq!(postgres.wanted, postgres.in_title);
        assert_eq!(postgres.unwanted, "'draft' | 'pilot' <-> 'project'");
        let sqlite = Spelt::of(&query, DbBackend::Sqlite);
        assert_eq!(
            sqlite.fits,
            "(\"home\" AND \"easy read\" AND \"serv\" *) NOT (\"draft\" OR \"pilot project\")"
        );
        assert_eq!(
            sqlite.in_title,
            "title : (\"home\" AND \"easy read\" AND \"serv\" *)"
        );
        assert_eq!(sqlite.wanted, "\"home\" AND \"easy read\" AND \"serv\" *");
        assert_eq!(sqlite.unwanted, "\"draft\" OR \"pilot project\"");
    }
}
