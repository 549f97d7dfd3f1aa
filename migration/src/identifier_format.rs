//! The rule that an identifier has the format of its scheme, for a CHECK. PostgreSQL has regular expressions; SQLite has
//! only GLOB, so the same formats are said in both. A test holds the two together.

use sea_orm_migration::sea_orm::DbBackend;

/// One format: the schemes it holds for, the regular expression, and the same for SQLite.
struct Format {
    schemes: &'static str,
    pattern: &'static str,
    sqlite: String,
}

/// The rule over the columns `scheme` and `value`.
pub(crate) fn rule(backend: DbBackend) -> String {
    let rules: Vec<String> = formats()
        .into_iter()
        .map(|format| match backend {
            DbBackend::Sqlite => format!("(scheme IN ({}) AND ({}))", format.schemes, format.sqlite),
            _ => format!(
                "(scheme IN ({}) AND value ~ '{}')",
                format.schemes, format.pattern
            ),
        })
        .collect();
    rules.join(" OR ")
}

fn formats() -> Vec<Format> {
    vec![
        Format {
            schemes: "'ODS'",
            pattern: "^[A-Z0-9]{3,10}$",
            sqlite: code(3, 10),
        },
        Format {
            schemes: "'GSS'",
            pattern: "^[EWSNK][0-9]{8}$",
            sqlite: glob("[EWSNK]", 8, ""),
        },
        Format {
            schemes: "'CASSR'",
            pattern: "^[0-9]{3}$",
            sqlite: glob("", 3, ""),
        },
        Format {
            schemes: "'CQC_PROVIDER', 'CQC_LOCATION'",
            pattern: "^(1-[0-9]{6,11}|[A-Z0-9]{3,6})$",
            sqlite: format!(
                "(value GLOB '1-*' AND substr(value, 3) NOT GLOB '*[^0-9]*' AND length(value) BETWEEN 8 AND 13) \
                 OR ({})",
                code(3, 6)
            ),
        },
        companies_house(),
        charity_england_wales(),
        Format {
            schemes: "'CHARITY_SCOTLAND'",
            pattern: "^SC[0-9]{6}$",
            sqlite: glob("SC", 6, ""),
        },
        Format {
            schemes: "'CHARITY_NORTHERN_IRELAND'",
            pattern: "^(NIC)?[0-9]{6}$",
            sqlite: any(&[glob("NIC", 6, ""), glob("", 6, "")]),
        },
        Format {
            schemes: "'CARE_INSPECTORATE'",
            pattern: "^(CS|SP)[0-9]{10}$",
            sqlite: any(&[glob("CS", 10, ""), glob("SP", 10, "")]),
        },
    ]
}

fn companies_house() -> Format {
    let letters = |prefix: &str| {
        format!(
            "(value GLOB '{prefix}*' AND length(value) = 8 AND ({}))",
            code(8, 8)
        )
    };
    Format {
        schemes: "'COMPANIES_HOUSE'",
        pattern: "^([0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|SL[0-9]{5}A|(IP|SP|RS)[A-Z0-9]{6})$",
        sqlite: any(&[
            glob("", 8, ""),
            glob("[A-Z][A-Z]", 6, ""),
            glob("R", 7, ""),
            glob("SL", 5, "A"),
            letters("IP"),
            letters("SP"),
            letters("RS"),
        ]),
    }
}

fn charity_england_wales() -> Format {
    let linked = |digits: usize| {
        let start = digits + 2;
        let rest = format!("substr(value, {start})");
        format!(
            "({} AND length({rest}) > 0 AND {rest} NOT GLOB '*[^0-9]*')",
            glob("", digits, "-*")
        )
    };
    Format {
        schemes: "'CHARITY_ENGLAND_WALES'",
        pattern: "^[0-9]{6,7}(-[0-9]+)?$",
        sqlite: any(&[glob("", 6, ""), glob("", 7, ""), linked(6), linked(7)]),
    }
}

/// Between `least` and `most` capitals and digits.
fn code(least: usize, most: usize) -> String {
    format!("value NOT GLOB '*[^A-Z0-9]*' AND length(value) BETWEEN {least} AND {most}")
}

/// Exactly `prefix`, then `digits` digits, then `suffix`.
fn glob(prefix: &str, digits: usize, suffix: &str) -> String {
    format!("value GLOB '{prefix}{}{suffix}'", "[0-9]".repeat(digits))
}

fn any(rules: &[String]) -> String {
    rules.join(" OR ")
}
