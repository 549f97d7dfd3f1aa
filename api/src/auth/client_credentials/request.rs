//! What a token request says. Pure: no directory and no keys.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};

use super::response::Refusal;

/// The longest client id that is looked up, in bytes.
const LONGEST_CLIENT_ID: usize = 255;

/// A well-formed token request; the client is not authenticated yet. No `Debug`: it holds a secret.
pub(super) struct TokenRequest {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) scope: Option<String>,
}

/// The parameters of the form that matter here. RFC 6749, section 3.2: one without a value counts as left out, unknown
/// ones are ignored, and none may be sent twice.
#[derive(Default)]
struct Form {
    grant_type: Option<String>,
    scope: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

impl TokenRequest {
    /// # Errors
    /// Not a form, a parameter missing or sent twice, another grant type, or no usable client authentication.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let form = Form::read(headers, body)?;
        match form.grant_type.as_deref() {
            Some("client_credentials") => {}
            Some(_) => return Err(Refusal::unsupported_grant_type()),
            None => return Err(Refusal::invalid_request("The parameter grant_type is missing.")),
        }
        let (client_id, client_secret) = credentials(headers, form.client_id, form.client_secret)?;
        let is_printable = client_id.bytes().all(|byte| matches!(byte, 0x20..=0x7E));
        if client_id.len() > LONGEST_CLIENT_ID || !is_printable {
            return Err(Refusal::invalid_client());
        }
        Ok(Self {
            client_id,
            client_secret,
            scope: form.scope,
        })
    }
}

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refusal::invalid_request(
                "Send the parameters as a form: Content-Type application/x-www-form-urlencoded.",
            ));
        }
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(body).filter(|(_, value)| !value.is_empty()) {
            let parameter = match &*name {
                "grant_type" => &mut form.grant_type,
                "scope" => &mut form.scope,
                "client_id" => &mut form.client_id,
                "client_secret" => &mut form.client_secret,
                _ => continue,
            };
            if parameter.replace(value.into_owned()).is_some() {
                return Err(Refusal::invalid_request("A parameter was sent more than once."));
            }
        }
        Ok(form)
    }
}

/// The client's id and secret, by HTTP Basic or in the form, never both (RFC 6749, section 2.3). An id in the form
/// beside Basic is harmless if it is the same.
fn credentials(
    headers: &HeaderMap,
    form_id: Option<String>,
    form_secret: Option<String>,
) -> Result<(String, String), Refusal> {
    let mut authorization = headers.get_all(header::AUTHORIZATION).iter();
    let (first, second) = (authorization.next(), authorization.next());
    if second.is_some() {
        return Err(Refusal::invalid_request(
            "The Authorization header was sent more than once.",
        ));
    }
    let Some(header) = first else {
        return form_id.zip(form_secret).ok_or_else(Refusal::invalid_client);
    };
    let (id, secret) = header
        .to_str()
        .ok()
        .and_then(basic)
        .ok_or_else(Refusal::invalid_client)?;
    if form_secret.is_some() || form_id.is_some_and(|form_id| form_id != id) {
        return Err(Refusal::invalid_request(
            "Authenticate the client once: by HTTP Basic or in the form, not both.",
        ));
    }
    Ok((id, secret))
}

/// HTTP Basic as OAuth has it: id and secret are form-encoded first (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decoded(id)?, form_decoded(secret)?))
}

fn form_decoded(text: &str) -> Option<String> {
    // `&` and `=` would end a name in a form; encoded, they cannot occur.
    if text.contains(['&', '=']) {
        return None;
    }
    let mut pairs = form_urlencoded::parse(text.as_bytes());
    let name = pairs.next().map(|(name, _)| name.into_owned());
    name.filter(|name| !name.is_empty())
}

/// The scopes a token gets: those asked for, if the client may have all of them; without asking, all it may have.
///
/// # Errors
/// A scope that is not written as RFC 6749, section 3.3, has it, or that the client may not have.
pub(super) fn grant(requested: Option<&str>, allowed: &[String]) -> Result<Vec<String>, Refusal> {
    let Some(requested) = requested else {
        return Ok(allowed.to_vec());
    };
    let mut granted = Vec::new();
    for scope in requested.split(' ') {
        let is_written_well = !scope.is_empty()
            && scope
                .bytes()
                .all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E));
        if !is_written_well {
            return Err(Refusal::invalid_scope(
                "The scope must be names separated by single spaces.",
            ));
        }
        if !allowed.iter().any(|allowed| allowed == scope) {
            return Err(Refusal::invalid_scope(
                "The client may not have every scope it asks for.",
            ));
        }
        if !granted.iter().any(|granted| granted == scope) {
            granted.push(scope.to_owned());
        }
    }
    Ok(granted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic_of(plain: &str) -> Option<(String, String)> {
        basic(&format!("Basic {}", STANDARD.encode(plain)))
    }

    #[test]
    fn basic_credentials_are_form_encoded_inside() {
        let pair = |id: &str, secret: &str| Some((id.to_owned(), secret.to_owned()));
        assert_eq!(basic_of("client:rts_a-b_c"), pair("client", "rts_a-b_c"));
        assert_eq!(basic_of("a%3Ab:c%26d+e"), pair("a:b", "c&d e"));
        assert_eq!(
            basic_of("client:a:b"),
            pair("client", "a:b"),
            "only the first colon divides"
        );
        assert_eq!(
            basic(&format!("bAsIc {}", STANDARD.encode("a:b"))),
            pair("a", "b")
        );
        for damaged in ["Basic", "Basic %%%", "Bearer YTpi", "Basic YWI="] {
            assert_eq!(basic(damaged), None, "{damaged}");
        }
        assert_eq!(basic_of(":secret"), None);
        assert_eq!(basic_of("client:"), None);
    }

    #[test]
    fn a_requested_scope_can_only_narrow() {
        let allowed = ["read".to_owned(), "write".to_owned()];
        let granted = |requested: Option<&str>| grant(requested, &allowed).ok();
        assert_eq!(granted(None), Some(allowed.to_vec()));
        assert_eq!(granted(Some("read")), Some(vec!["read".to_owned()]));
        assert_eq!(
            granted(Some("write read write")),
            Some(vec!["write".to_owned(), "read".to_owned()])
        );
        for refused in [
            "read admin",
            "READ",
            " read",
            "read  write",
            "re\"ad",
            "read\twrite",
        ] {
            assert_eq!(granted(Some(refused)), None, "{refused:?}");
        }
        assert!(
            grant(Some("read"), &[]).is_err(),
            "a client without scopes gets none by asking"
        );
    }
}
