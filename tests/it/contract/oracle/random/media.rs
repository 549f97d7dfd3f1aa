//! Files by chance.

use harness::{Rows, uuid, world};

use super::{Dice, ORGANISATIONS, PEOPLE};

/// Captions and a film of each person, some of them their organisation's.
pub fn fill(rows: &mut Rows, dice: &mut Dice<'_>) {
    for person in PEOPLE {
        let uploader = [Some(person), None][dice.below(2)];
        let organisation = match dice.below(3) {
            0 => Some(ORGANISATIONS[dice.below(ORGANISATIONS.len())]),
            _ if uploader.is_none() => Some(ORGANISATIONS[0]),
            _ => None,
        };
        let captions = format!("{person} captions");
        rows.media.push(world::media(&captions, uploader, organisation));
        let owner = [uploader, Some(PEOPLE[0])][dice.below(2)];
        let mut film = world::media(&format!("{person} film"), owner, organisation);
        match dice.below(3) {
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
