//! The operations of ../operations.graphql, typed from the contract, and what takes more than one of them.

use graphql_client::GraphQLQuery;

use crate::api::{Api, Failure};

/// Each derive reads one operation. Without `skip_serializing_none` a field that you leave out would be sent as null, and
/// null empties a field.
macro_rules! operations {
    ($($name:ident),*) => {$(
        #[derive(GraphQLQuery)]
        #[graphql(
            schema_path = "../../../schema.graphql",
            query_path = "../operations.graphql",
            response_derives = "Debug, Clone, PartialEq",
            variables_derives = "Clone, Default",
            skip_serializing_none
        )]
        pub struct $name;
    )*};
}

operations!(Viewer, BoardsPage, BoardWithMembers, BoardUpdate);

const PAGE_SIZE: i64 = 2;
const ATTEMPTS: u32 = 4;

/// What is needed in order to change a board: which one, as of which version, and what it says now.
#[derive(Clone)]
pub struct Draft {
    pub id: String,
    pub version: i64,
    pub purpose: Option<String>,
}

/// Every board you may see, read a page at a time.
pub fn boards(api: &Api) -> Result<Vec<boards_page::BoardsPageBoardsNodes>, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let variables = boards_page::Variables {
            first: PAGE_SIZE,
            after,
        };
        let page = api.send::<BoardsPage>(variables)?.boards;
        all.extend(page.nodes);
        if !page.page_info.has_next_page {
            return Ok(all);
        }
        after = page.page_info.end_cursor;
    }
}

/// Changes the purpose of a board that you have read. When somebody else was faster, the API says CONFLICT and shows the
/// board as it is now: `change` is asked again with that, so nobody's work is overwritten unseen.
pub fn update_purpose(
    api: &Api,
    mut draft: Draft,
    change: impl Fn(&Draft) -> String,
) -> Result<Draft, Failure> {
    for _ in 0..ATTEMPTS {
        let input = board_update::BoardUpdateInput {
            id: draft.id.clone(),
            expected_version: draft.version,
            purpose: Some(change(&draft)),
            ..board_update::BoardUpdateInput::default()
        };
        // Safe to repeat: a version is used up by the first change that names it.
        let answer = api
            .send::<BoardUpdate>(board_update::Variables { input })?
            .board_update;
        let now = answer.board.map(|board| Draft {
            id: board.id,
            version: board.version,
            purpose: board.purpose,
        });
        let only_conflict = answer
            .user_errors
            .iter()
            .all(|error| error.code == board_update::UserErrorCode::CONFLICT);
        match now {
            Some(now) if answer.user_errors.is_empty() => return Ok(now),
            Some(now) if only_conflict => {
                println!(
                    "CONFLICT: version {} is out of date, the board is at {}; trying again",
                    draft.version, now.version
                );
                draft = now;
            }
            _ => {
                return Err(Failure::Refused(
                    answer
                        .user_errors
                        .into_iter()
                        .map(|error| error.message)
                        .collect(),
                ));
            }
        }
    }
    Err(Failure::Refused(vec![
        "Too many people are changing this board.".into(),
    ]))
}
