//! Owns the second tier: who is asking, and where may an answer go? Until both are known
//! nothing is sent anywhere (OpenID Connect Core §3.1.2.6).

use super::super::response::{ReplyTo, ResponseMode};
use super::super::{Check, Checklist, Client, OAuthError, Params};

/// The client of a request together with a redirect URI that it registered.
#[derive(Debug)]
pub(super) struct Trusted {
    pub(super) client: Client,
    pub(super) redirect_uri: String,
}

/// Finds both or refuses.
pub(super) fn establish(
    params: &Params,
    checklist: &mut Checklist,
    find_client: impl Fn(&str) -> Option<Client>,
) -> Result<Trusted, OAuthError> {
    let client = params
        .non_empty("client_id")
        .and_then(find_client)
        .ok_or_else(|| OAuthError::new("invalid_client", "client is invalid"));
    let client = checklist.check(Check::ClientKnown, client)?;
    let redirect_uri =
        params.non_empty("redirect_uri").ok_or_else(|| OAuthError::missing("redirect_uri"));
    let redirect_uri = checklist.check(Check::RedirectUriPresent, redirect_uri)?;
    let registered = client.redirect_uris.iter().find(|registered| *registered == redirect_uri);
    let registered = registered.ok_or_else(|| {
        OAuthError::new(
            "invalid_redirect_uri",
            "redirect_uri did not match any of the client's registered redirect_uris",
        )
    });
    checklist.check(Check::RedirectUriRegistered, registered)?;
    Ok(Trusted { client, redirect_uri: redirect_uri.to_owned() })
}

/// How errors and answers travel from here on. A `response_type` that asks for tokens is
/// answered in the fragment although only `code` is supported, because that is where a
/// client that sent it looks.
pub(super) fn reply_to(params: &Params, trusted: &Trusted) -> ReplyTo {
    let implicit = params
        .get("response_type")
        .is_some_and(|types| types.split(' ').any(|kind| kind == "token" || kind == "id_token"));
    let default = if implicit { ResponseMode::Fragment } else { ResponseMode::Query };
    ReplyTo {
        redirect_uri: trusted.redirect_uri.clone(),
        mode: params.get("response_mode").and_then(ResponseMode::parse).unwrap_or(default),
        state: params.non_empty("state").map(str::to_owned),
    }
}

/// The validator of the real system: `^https?:\/\/[^/].+$`.
pub(crate) fn is_http_uri(uri: &str) -> bool {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let mut chars = rest.chars();
        chars.next().is_some_and(|first| first != '/')
            && chars.next().is_some()
            && !rest.contains(['\r', '\n'])
    })
}
