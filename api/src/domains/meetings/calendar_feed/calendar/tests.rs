use super::*;

fn settings() -> CalendarSettings {
    CalendarSettings {
        most_meetings: 3,
        ..CalendarSettings::default()
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-02T09:30:00Z".parse().unwrap()
}

fn meeting(title: &str) -> Value {
    json!({
        "id": "meeting_1", "title": title, "startsAt": "2026-03-16T10:00:00Z", "endsAt": "2026-03-16T12:00:00Z",
        "status": "PUBLISHED", "venue": "Town Hall", "publishedAt": "2026-01-12T09:00:00Z", "version": 3,
        "updatedAt": "2026-01-13T09:00:00.123456Z", "joining": { "onlineUrl": "https://meet.example.org/a,b;c" },
        "board": { "name": "Team-Up" }
    })
}

fn answer(nodes: &[Value], more: bool) -> Value {
    json!({ "entries": { "nodes": nodes, "pageInfo": { "hasNextPage": more, "endCursor": "there" } } })
}

fn file(nodes: &[Value]) -> String {
    let mut calendar = Calendar::new(settings(), 100, now());
    calendar.add(answer(nodes, false)).unwrap();
    calendar.into_file()
}

/// The content lines, put together again.
fn lines(file: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    unfolded.split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_meeting_is_an_event() {
    let lines = lines(&file(&[meeting("Spring meeting")]));
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Roundtable//Meetings//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Meetings and events",
        "X-WR-CALNAME:Meetings and events",
        "REFRESH-INTERVAL;VALUE=DURATION:PT3600S",
        "X-PUBLISHED-TTL:PT3600S",
        "BEGIN:VEVENT",
        "CLASS:PRIVATE",
        "DESCRIPTION:Join from afar: https://meet.example.org/a\\,b\\;c",
        "DTEND:20260316T120000Z",
        "DTSTAMP:20260113T090000Z",
        "DTSTART:20260316T100000Z",
        "LAST-MODIFIED:20260113T090000Z",
        "LOCATION:Town Hall",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "SUMMARY:Team-Up: Spring meeting",
        "TRANSP:OPAQUE",
        "UID:meeting_1@roundtable",
        "URL:https://meet.example.org/a,b;c",
        "END:VEVENT",
        "END:VCALENDAR",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn what_does_not_take_place_is_cancelled_and_what_was_never_announced_is_not_there() {
    let mut cancelled = meeting("Off");
    cancelled["status"] = json!("CANCELLED");
    let mut draft = cancelled.clone();
    draft["title"] = json!("Draft");
    draft["publishedAt"] = Value::Null;
    let file = file(&[cancelled, draft]);
    assert!(file.contains("STATUS:CANCELLED\r\n") && file.contains("TRANSP:TRANSPARENT\r\n"));
    assert!(!file.contains("Draft"), "{file}");
}

#[test]
fn the_place_is_the_venue_or_the_link() {
    let mut online = meeting("Online");
    online["venue"] = Value::Null;
    assert!(file(&[online.clone()]).contains("LOCATION:https://meet.example.org/a\\,b\\;c\r\n"));
    online["joining"]["onlineUrl"] = Value::Null;
    online["board"] = Value::Null;
    let lines = lines(&file(&[online]));
    let says = |name: &str| lines.iter().any(|line| line.starts_with(name));
    assert!(!says("LOCATION") && !says("URL") && !says("DESCRIPTION"));
    assert!(lines.contains(&"SUMMARY:Online".to_owned()));
}

#[test]
fn hostile_texts_stay_texts() {
    let titles = [
        "Plans, budgets; and \\ more: \"all\"",
        "Two\r\nlines\rand\na\tthird\n",
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Injected",
        "🧑‍🤝‍🧑 Cyfarfod y bwrdd — blwyddyn newydd dda i bawb o bobl y byd 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "\u{0}\u{7}\u{1b}[31mred\u{7f}\u{85}\u{9b}",
        &"é ".repeat(300),
        &" ".repeat(200),
        "",
    ];
    for title in titles {
        let mut hostile = meeting(title);
        for field in ["venue", "id"] {
            hostile[field] = json!(title);
        }
        hostile["board"]["name"] = json!(title);
        hostile["joining"]["onlineUrl"] = json!(format!("https://x\r\nX-EVIL:1{title}"));
        let file = file(&[hostile]);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
            assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
        }
        let lines = lines(&file);
        let events = lines.iter().filter(|line| *line == "BEGIN:VEVENT").count();
        let known = |line: &String| line.split([':', ';']).next().is_some_and(|name| name != "X-EVIL");
        assert!(events == 1 && lines.iter().all(known), "{file}");
        assert!(!file.contains("\r\nSUMMARY:Injected"), "{file}");
    }
    let lines = lines(&file(&[meeting(titles[0])]));
    assert!(lines.contains(&"SUMMARY:Team-Up: Plans\\, budgets\\; and \\\\ more: \"all\"".to_owned()));
}

#[test]
fn pages_are_asked_for_until_there_is_no_more_or_enough() {
    let mut calendar = Calendar::new(settings(), 2, now());
    let first = calendar.question().unwrap();
    assert_eq!(
        Value::from(first.variables),
        json!({ "first": 2, "after": null, "from": "2025-12-02T00:00:00Z", "before": "2027-04-06T00:00:00Z" })
    );
    let asks = |calendar: &Calendar, of: &str, after: Value| {
        let question = calendar.question().unwrap();
        assert!(
            question.query.contains(&format!("entries: {of}(")),
            "{}",
            question.query
        );
        assert_eq!(question.variables["after"], after);
    };
    let two = [meeting("1"), meeting("2")];
    calendar.add(answer(&two, true)).unwrap();
    asks(&calendar, "meetings", json!("there"));
    calendar.add(answer(&two, true)).unwrap();
    asks(&calendar, "events", Value::Null);
    calendar.add(answer(&two, true)).unwrap();
    asks(&calendar, "events", json!("there"));
    calendar.add(answer(&[], false)).unwrap();
    assert!(calendar.question().is_none());
    assert_eq!(
        calendar.into_file().matches("BEGIN:VEVENT").count(),
        3,
        "three are the most"
    );
    let mut calendar = Calendar::new(settings(), 2, now());
    calendar.add(answer(&two, false)).unwrap();
    asks(&calendar, "events", Value::Null);
    assert!(calendar.add(json!(null)).is_err());
}

#[test]
fn events_stand_among_meetings_by_the_time_at_which_they_begin() {
    let event = |title: &str, starts_at: &str, status: &str| {
        json!({
            "id": format!("event_{title}"), "title": title, "startsAt": starts_at, "endsAt": "2026-05-04T15:00:00Z",
            "status": status, "venue": null, "publishedAt": "2026-01-12T09:00:00Z", "version": 2,
            "updatedAt": "2026-01-13T09:00:00Z", "joining": { "onlineUrl": null }
        })
    };
    let mut calendar = Calendar::new(settings(), 100, now());
    calendar.add(answer(&[meeting("Spring")], false)).unwrap();
    let events = [
        event("Showcase", "2026-03-15T10:00:00Z", "PUBLISHED"),
        event("Festival", "2026-05-04T10:00:00Z", "CANCELLED"),
        event("Later", "2026-05-05T10:00:00Z", "PUBLISHED"),
    ];
    calendar.add(answer(&events, false)).unwrap();
    let lines = lines(&calendar.into_file());
    let said = |name: &str| -> Vec<_> { lines.iter().filter_map(|line| line.strip_prefix(name)).collect() };
    assert_eq!(said("SUMMARY:"), ["Showcase", "Team-Up: Spring", "Festival"]);
    assert_eq!(said("STATUS:"), ["CONFIRMED", "CONFIRMED", "CANCELLED"]);
    assert_eq!(
        said("UID:"),
        [
            "event_Showcase@roundtable",
            "meeting_1@roundtable",
            "event_Festival@roundtable"
        ]
    );
}
