//! Keys of the local issuer: when they change, how they are kept.

use super::*;

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(day * 86_400, 0).expect("a day")
}

fn keys(signs_from: &[i64]) -> StoredKeys {
    let key = |from: &i64| StoredKey {
        private_key: String::new(),
        signs_from: day(*from),
    };
    StoredKeys {
        keys: signs_from.iter().map(key).collect(),
    }
}

#[test]
fn a_new_key_is_due_after_a_whole_period() {
    let period = TimeDelta::days(90);
    assert!(!keys(&[0]).is_rotation_due(day(89), period));
    assert!(keys(&[0]).is_rotation_due(day(90), period));
    assert!(
        !keys(&[0, 91]).is_rotation_due(day(90), period),
        "the next one is already written down"
    );
    assert!(
        !keys(&[0]).is_rotation_due(day(900), TimeDelta::zero()),
        "zero means never"
    );
}

#[test]
fn a_key_is_kept_until_its_last_token_has_expired() {
    let left = |now: i64| {
        keys(&[0, 90, 180])
            .without_expired(day(now), TimeDelta::days(1))
            .keys
            .len()
    };
    assert_eq!(left(0), 3);
    assert_eq!(left(91), 3, "its tokens may live a day longer");
    assert_eq!(left(92), 2);
    assert_eq!(left(1_000), 1, "the newest is never left out");
}

#[test]
fn the_file_survives_and_is_private() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("deeper").join("keys.json");
    assert!(load(&path).expect("nothing there").is_none());
    let key = StoredKey::generate(day(1)).expect("a key");
    let stored = StoredKeys { keys: vec![key] };
    update(&path, |before| {
        assert!(before.is_none());
        Ok(Some(stored.clone()))
    })
    .expect("written");
    assert!(load(&path).expect("readable") == Some(stored));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_damaged_file_is_not_replaced() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("keys.json");
    for damaged in [
        "",
        "{}",
        r#"{"keys":[]}"#,
        r#"{"keys":[{"private_key":"AA==","signs_from":"2026-01-01T00:00:00Z"}]}"#,
    ] {
        fs::write(&path, damaged).expect("written");
        assert!(
            matches!(load(&path), Err(KeyFileError::Unreadable { .. })),
            "{damaged}"
        );
        assert!(update(&path, |_| Ok(Some(keys(&[0])))).is_err());
        assert_eq!(fs::read_to_string(&path).expect("still there"), damaged);
    }
}
