//! Files by chance: see `random`.

use harness::{Rows, uuid, world};

use super::random::{ORGANISATIONS, PEOPLE};

/// A throw among so many choices, of which the first is the open one.
type Throw<'a> = dyn FnMut(usize) -> usize + 'a;

/// Captions and a film of each person, some of them their organisation's.
pub fn fill(rows: &mut Rows, throw: &mut Throw<'_>) {
    for person in PEOPLE {
        let uploader = [Some(person), None][throw(2)];
        let organisation = match throw(3) {
            0 => Some(ORGANISATIONS[throw(ORGANISATIONS.len())]),
            _ if uploader.is_none() => Some(ORGANISATIONS[0]),
            _ => None,
        };
        let captions = format!("{person} captions");
        rows.media.push(world::media(&captions, uploader, organisation));
        let owner = [uploader, Some(PEOPLE[0])][throw(2)];
        let mut film = world::media(&format!("{person} film"), owner, organisation);
        match throw(3) {
            0 => film.caption_media_id = Some(uuid("media", &captions).into()),
            1 => {
                film.transcript = None;
                film.transcript_media_id = Some(uuid("media", &captions).into());
            }
            _ => {}
        }
        rows.media.push(film);
    }
}
