//! Keeps secrets out of everything that people read: the printed settings, the problems, the log.

/// What stands where a secret was.
pub const MASK: &str = "***";

/// Names of settings whose text is never shown, by the end of the name.
const SECRET_NAMES: [&str; 7] = [
    "access_key",
    "secret",
    "password",
    "token",
    "private_key",
    "signing_key",
    "pepper",
];

/// Query parameters of database addresses that carry a secret.
const SECRET_PARAMETERS: [&str; 3] = ["password", "sslpassword", "sslkey"];

/// Whether the text of this setting is never shown.
pub(super) fn is_secret(setting: &str) -> bool {
    let name = setting.rsplit('.').next().unwrap_or(setting);
    SECRET_NAMES
        .iter()
        .any(|secret| name == *secret || name.ends_with(&format!("_{secret}")))
}

/// The same address without its password, in the user information or in the query.
///
/// Works on text, not on a parsed address, so that a mistyped one keeps its password to itself too. Where it cannot be
/// sure it hides too much: everything from the first `:` of the user information to the last `@`.
#[must_use]
pub fn mask_url(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return mask_query(text);
    };
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{name}:{MASK}@{host}"),
            None => rest.to_owned(),
        },
        None => rest.to_owned(),
    };
    mask_query(&format!("{scheme}://{rest}"))
}

fn mask_query(text: &str) -> String {
    let Some((address, query)) = text.split_once('?') else {
        return text.to_owned();
    };
    let parameters: Vec<_> = query
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if SECRET_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) => {
                format!("{name}={MASK}")
            }
            _ => parameter.to_owned(),
        })
        .collect();
    format!("{address}?{}", parameters.join("&"))
}

/// Masks one value of the given setting for printing.
pub(super) fn mask_text(setting: &str, text: &str) -> String {
    // A list or table written as text, and mistyped, cannot be searched: then all of it is hidden.
    let may_hold_secrets =
        text.starts_with(['[', '{']) && SECRET_NAMES.iter().any(|name| text.contains(name));
    if !text.is_empty() && (is_secret(setting) || may_hold_secrets) {
        MASK.to_owned()
    } else {
        mask_url(text)
    }
}

/// Masks every secret in a tree of settings; lists and tables within are searched too.
pub(super) fn mask_tree(setting: &str, tree: &mut toml::Value) {
    match tree {
        toml::Value::String(text) => *text = mask_text(setting, text),
        toml::Value::Array(items) => items.iter_mut().for_each(|item| mask_tree(setting, item)),
        toml::Value::Table(table) => {
            for (name, value) in table.iter_mut() {
                mask_tree(&format!("{setting}.{name}"), value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_are_masked() {
        let cases = [
            ("postgres://ann:secret@db/x", "postgres://ann:***@db/x"),
            ("postgres://ann:s@cr:e/t@db/x", "postgres://ann:***@db/x"),
            ("postgres://ann@db/x", "postgres://ann@db/x"),
            (
                "postgres://db/x?user=ann&password=secret&sslmode=require",
                "postgres://db/x?user=ann&password=***&sslmode=require",
            ),
            (
                "sqlite:data/roundtable.db?mode=rwc",
                "sqlite:data/roundtable.db?mode=rwc",
            ),
            ("plain text", "plain text"),
        ];
        for (given, masked) in cases {
            assert_eq!(mask_url(given), masked);
        }
    }

    #[test]
    fn secrets_are_known_by_their_name_at_any_depth() {
        let mut tree: toml::Value = toml::from_str(
            "[auth]\nsession_secret = 'a1'\n[[auth.issuers]]\nname = 'nhs'\nclient_secret = 'b2'\ntoken_lifetime_seconds = 5",
        )
        .unwrap();
        mask_tree("", &mut tree);
        let text = toml::to_string(&tree).unwrap();
        assert!(!text.contains("a1") && !text.contains("b2"), "{text}");
        assert!(
            text.contains("nhs") && text.contains("token_lifetime_seconds = 5"),
            "{text}"
        );
    }
}
