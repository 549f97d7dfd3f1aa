//! From the meetings and events of a person to a file that calendar programs read (RFC 5545).
//!
//! The calendar asks queries of the public contract, page by page, and so finds what its reader may read and nothing else.
//! What the file shows is less: when and where, what the board and the meeting are called, whether it takes place.
//! Programs send calendars on to other people and other servers, so nothing stands in it that is confidential to the board:
//! no agenda, no names, no needs, no reasons.
//!
//! Times are UTC, which every program shows in the time of its own place. The meetings of a series are events of their own,
//! as they are meetings of their own: each can be moved and cancelled by itself.

use chrono::{DateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use icalendar::{Class, Component, Event, EventLike, EventStatus, Property};
use serde::Deserialize;
use serde_json::{Value, json};

use super::CalendarSettings;
use crate::graphql::{Page, Question};

/// What a calendar asks, one list after the other. Drafts are not asked for: a meeting enters calendars once it is announced, and
/// so does an event.
const QUERIES: [&str; 2] = [
    "query CalendarFeed($first: Int!, $after: String, $from: DateTime!, $before: DateTime!) {
  entries: meetings(
    first: $first
    after: $after
    orderBy: { field: STARTS_AT, direction: ASC }
    filter: {
      isMine: true
      status: [PUBLISHED, HELD, MINUTES_DRAFT, MINUTES_APPROVED, CANCELLED]
      startsFrom: $from
      startsBefore: $before
    }
  ) {
    nodes {
      id
      title
      startsAt
      endsAt
      status
      venue
      publishedAt
      version
      updatedAt
      joining {
        onlineUrl
      }
      board {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}",
    "query CalendarFeedEvents($first: Int!, $after: String, $from: DateTime!, $before: DateTime!) {
  entries: events(
    first: $first
    after: $after
    orderBy: { field: STARTS_AT, direction: ASC }
    filter: {
      isOnMyCalendar: true
      status: [PUBLISHED, CANCELLED]
      startsFrom: $from
      startsBefore: $before
    }
  ) {
    nodes {
      id
      title
      startsAt
      endsAt
      status
      venue
      publishedAt
      version
      updatedAt
      joining {
        onlineUrl
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}",
];

/// What made the file (RFC 5545, 3.7.3).
const PRODUCT: &str = "-//Roundtable//Meetings//EN";
/// What the calendar is called until its owner calls it something else.
const NAME: &str = "Meetings and events";

/// A calendar that is being filled.
#[derive(Debug)]
pub struct Calendar {
    settings: CalendarSettings,
    page: u32,
    from: DateTime<Utc>,
    before: DateTime<Utc>,
    entries: Vec<Entry>,
    /// How many of the lists have been read to their end.
    read: usize,
    /// How far the list at hand has been read.
    after: Option<String>,
    /// How many of its entries were taken in.
    taken: usize,
}

#[derive(Debug, Deserialize)]
struct Answer {
    entries: Page<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: String,
    title: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    status: String,
    venue: Option<String>,
    published_at: Option<DateTime<Utc>>,
    version: u32,
    updated_at: DateTime<Utc>,
    joining: Joining,
    /// Of meetings alone.
    board: Option<Board>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Joining {
    online_url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Board {
    name: String,
}

impl Calendar {
    /// An empty calendar of the days around `now`, which begin at midnight, UTC, so that the file stays the same for a day
    /// unless a meeting changes. No page is larger than `largest_page`.
    #[must_use]
    pub fn new(settings: CalendarSettings, largest_page: u32, now: DateTime<Utc>) -> Self {
        let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
        let days = |days: u32| TimeDelta::days(days.into());
        Self {
            page: settings
                .page_meetings
                .min(largest_page)
                .min(settings.most_meetings),
            from: today - days(settings.past_days),
            before: today + days(settings.future_days),
            settings,
            entries: Vec::new(),
            read: 0,
            after: None,
            taken: 0,
        }
    }

    /// What to ask for the next page; nothing when the calendar is complete.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        let query = *QUERIES.get(self.read)?;
        let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let variables = [
            ("first", json!(self.page)),
            ("after", json!(self.after)),
            ("from", json!(instant(self.from))),
            ("before", json!(instant(self.before))),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value));
        Some(Question {
            query,
            variables: variables.into_iter().collect(),
        })
    }

    /// Takes in the `data` of an answer.
    ///
    /// # Errors
    /// When it is no answer to what was asked.
    pub fn add(&mut self, data: Value) -> Result<(), serde_json::Error> {
        let Page { nodes, page_info } = serde_json::from_value::<Answer>(data)?.entries;
        // A draft that came to nothing was never announced.
        let announced = nodes.into_iter().filter(|entry| entry.published_at.is_some());
        let before = self.entries.len();
        self.entries.extend(announced);
        self.taken += self.entries.len() - before;
        match page_info.end_cursor {
            Some(cursor) if page_info.has_next_page && self.taken < self.most() => {
                self.after = Some(cursor);
            }
            _ => {
                self.read += 1;
                self.after = None;
                self.taken = 0;
            }
        }
        Ok(())
    }

    /// How many entries there are at most.
    fn most(&self) -> usize {
        usize::try_from(self.settings.most_meetings).unwrap_or(usize::MAX)
    }

    /// The file.
    #[must_use]
    pub fn into_file(mut self) -> String {
        // The earliest of all, whichever list they stood in.
        self.entries.sort_by(|one, other| {
            let place = |entry: &Entry| (entry.starts_at, entry.id.clone());
            place(one).cmp(&place(other))
        });
        let most = self.most();
        self.entries.truncate(most);
        let refresh = TimeDelta::minutes(self.settings.refresh_minutes.into());
        let mut file = icalendar::Calendar::empty();
        file.append_property(("VERSION", "2.0"))
            .append_property(("PRODID", PRODUCT))
            .append_property(("CALSCALE", "GREGORIAN"))
            .name(NAME)
            .ttl(&refresh);
        file.extend(self.entries.iter().map(Entry::event));
        file.to_string()
    }
}

impl Entry {
    fn event(&self) -> Event {
        let is_cancelled = self.status == "CANCELLED";
        let title = plain(&self.title);
        let summary = match &self.board {
            Some(board) => format!("{}: {title}", plain(&board.name)),
            None => title,
        };
        let mut event = Event::new();
        event
            .uid(&format!("{}@roundtable", plain(&self.id)))
            // Without a method of its own for each change, both say when it last changed (RFC 5545, 3.8.7.2).
            .timestamp(self.updated_at)
            .last_modified(self.updated_at)
            .sequence(self.version.saturating_sub(1))
            .starts(self.starts_at)
            .ends(self.ends_at)
            .summary(&summary)
            .class(Class::Private)
            .status(if is_cancelled {
                EventStatus::Cancelled
            } else {
                EventStatus::Confirmed
            })
            .append_property(Property::new(
                "TRANSP",
                if is_cancelled { "TRANSPARENT" } else { "OPAQUE" },
            ));
        let link = self.joining.online_url.as_deref().filter(|link| is_link(link));
        let venue = self.venue.as_deref().map(plain).filter(|venue| !venue.is_empty());
        // Some programs show only the place, some only the description: a link stands wherever somebody may look for it.
        if let Some(place) = venue.as_deref().or(link) {
            event.location(place);
        }
        if let Some(link) = link {
            event.url(link).description(&format!("Join from afar: {link}"));
        }
        event
    }
}

/// A text as a calendar may hold it: of control characters, only line breaks and tabs (RFC 5545, 3.1). The writer escapes
/// what has a meaning of its own.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| if character == '\r' { '\n' } else { character })
        .filter(|character| !character.is_control() || matches!(character, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Links are written as they are, so they must be nothing else.
fn is_link(text: &str) -> bool {
    text.starts_with("https://")
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests;
