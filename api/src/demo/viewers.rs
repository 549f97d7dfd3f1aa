//! Whom visitors of the demonstration can be.

use chrono::TimeDelta;

use crate::auth::{IssueError, LocalClaims, LocalIssuer};

/// Somebody to look at the demonstration world as.
#[derive(Clone, Copy, Debug)]
pub struct DemoViewer {
    /// What `roundtable token` calls them; also the subject of a person.
    pub name: &'static str,
    /// Who they are.
    pub what: &'static str,
    /// Whether it is a computer system rather than a person.
    pub service: bool,
}

const fn person(name: &'static str, what: &'static str) -> DemoViewer {
    DemoViewer {
        name,
        what,
        service: false,
    }
}

/// Everybody there is a token for. The public needs none.
pub const VIEWERS: &[DemoViewer] = &[
    person("platform-admin", "runs the platform"),
    person("council-admin", "administers Oxfordshire County Council"),
    person(
        "commissioner",
        "commissions services for Oxfordshire County Council, and looks at how they do",
    ),
    person("board-chair", "chairs the Oxfordshire Team-Up Board"),
    person("board-member", "sits on the Oxfordshire Team-Up Board"),
    person("visitor", "has visited the Oxfordshire Team-Up Board once"),
    person(
        "provider-user",
        "works for a care provider that takes part in the Oxfordshire partnership",
    ),
    person(
        "user-led-admin",
        "administers the user-led organisation of the Oxfordshire partnership",
    ),
    person(
        "researcher",
        "does research for a university that takes part in the Oxfordshire partnership",
    ),
    DemoViewer {
        name: "service-account",
        what: "a computer system of Oxfordshire County Council",
        service: true,
    },
    person(
        "former-member",
        "sat on the Oxfordshire Team-Up Board until their term ended",
    ),
    person("stranger", "administers an organisation of another partnership"),
    person("norfolk-member", "had an idea, and sits on the board in Norfolk"),
    person(
        "nottingham-admin",
        "administers the network behind the pledge of Nottingham",
    ),
    person(
        "manor-editor",
        "is paid to edit the policies of the provider who supports her",
    ),
];

impl DemoViewer {
    /// A token for them. A computer system's carries the client id that the server gave it
    /// ([`system_client_id`](super::system_client_id)).
    ///
    /// # Errors
    /// When the lifetime is longer than the issuer allows.
    pub fn token(
        &self,
        issuer: &LocalIssuer,
        client_id: Option<&str>,
        lifetime: TimeDelta,
    ) -> Result<String, IssueError> {
        let client_id = client_id.filter(|_| self.service);
        let claims = match client_id {
            Some(client_id) => LocalClaims {
                client_id: Some(client_id.to_owned()),
                scopes: vec!["read".to_owned()],
            },
            None => LocalClaims::default(),
        };
        issuer.issue(client_id.unwrap_or(self.name), &claims, lifetime)
    }
}
