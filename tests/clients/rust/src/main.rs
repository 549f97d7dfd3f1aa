//! A client of Roundtable in Rust, typed by `graphql_client` from ../operations.graphql and the contract:
//!
//! ```text
//! cargo run -- http://127.0.0.1:8080/graphql TOKEN
//! ```
//!
//! It says who you are, reads all boards page by page, shows one board with its members, and changes its purpose twice,
//! the second time with a version that is out of date on purpose, to show what to do about a CONFLICT.

mod api;
mod boards;

use api::{Api, Failure};
use boards::{BoardWithMembers, Draft, Viewer, board_with_members, update_purpose, viewer};

fn run(api: &Api) -> Result<(), Failure> {
    let viewer = api.send::<Viewer>(viewer::Variables)?.viewer;
    println!(
        "You are {}",
        viewer
            .person
            .map_or("the public".into(), |person| person.display_name)
    );
    let all = boards::boards(api)?;
    let names: Vec<_> = all.iter().map(|board| board.name.as_str()).collect();
    println!("{} boards: {}", names.len(), names.join(", "));

    let mine = viewer
        .grants
        .into_iter()
        .find(|grant| grant.role == viewer::Role::CHAIR)
        .and_then(|grant| grant.scope_id);
    let Some(id) = mine.or_else(|| all.first().map(|board| board.id.clone())) else {
        println!("There is no board to look at");
        return Ok(());
    };
    // None means that there is no such board or that you may not see it: the API does not tell the two apart.
    let Some(board) = api
        .send::<BoardWithMembers>(board_with_members::Variables { id })?
        .board
    else {
        println!("You may not see this board");
        return Ok(());
    };
    let host = board
        .host_organisation
        .map_or("an organisation you may not see".into(), |host| host.name);
    println!(
        "{}, version {}, hosted by {host}",
        board.board_to_change.name, board.board_to_change.version
    );
    for member in board.memberships.nodes {
        let person = member
            .person
            .map_or("somebody who is not named".into(), |person| person.display_name);
        println!(
            "  {person}: {}, {:?}",
            member.seat.map_or("no seat".into(), |seat| seat.label),
            member.stage
        );
    }
    if !api.is_signed_in() {
        return Ok(());
    }
    let read = board.board_to_change;
    let draft = Draft {
        id: read.id,
        version: read.version,
        purpose: read.purpose,
    };
    let keep = |now: &Draft| now.purpose.clone().unwrap_or_else(|| "To decide together".into());
    println!(
        "Changed: version {}",
        update_purpose(api, draft.clone(), keep)?.version
    );
    println!("Changed: version {}", update_purpose(api, draft, keep)?.version);
    Ok(())
}

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let url = arguments
        .next()
        .unwrap_or_else(|| "http://127.0.0.1:8080/graphql".into());
    match Api::new(url, arguments.next()).and_then(|api| run(&api)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            std::process::ExitCode::FAILURE
        }
    }
}
