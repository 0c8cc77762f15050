//! Owns the logout request (OpenID Connect RP-Initiated Logout 1.0): where may the browser be
//! sent afterwards?

use serde::{Deserialize, Serialize};

use super::{Check, Checklist, Client, OAuthError, Params, with_query};

/// A validated logout request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EndSession {
    /// Where to send the browser in the end, `state` included; our own page if absent.
    pub(crate) target: Option<String>,
}

/// Finds the target. The client is the one that the hint was issued to, else `client_id`;
/// without either there is nobody whose addresses could be trusted.
pub(crate) fn post_logout_target(
    params: &Params,
    client: Option<&Client>,
    checklist: &mut Checklist,
) -> Result<EndSession, OAuthError> {
    let Some(uri) = params.non_empty("post_logout_redirect_uri") else {
        return Ok(EndSession::default());
    };
    let Some(client) = client else { return Ok(EndSession::default()) };
    let registered = client.post_logout_redirect_uris.iter().find(|registered| *registered == uri);
    let registered = registered
        .ok_or_else(|| OAuthError::invalid_request("post_logout_redirect_uri not registered"));
    checklist.check(Check::PostLogoutUriRegistered, registered)?;
    let state: Vec<_> =
        params.non_empty("state").map(|state| ("state", state)).into_iter().collect();
    Ok(EndSession { target: Some(with_query(uri, &state)) })
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::protocol::SigningAlg;
    use crate::secret::ClientSecret;

    #[test]
    fn only_registered_addresses_are_targets() {
        let secret = SecretString::from("0123456789abcdef0123456789abcdef");
        let client = Client {
            id: "rp".to_owned(),
            secret: ClientSecret::try_from(secret).expect("long enough"),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: vec!["https://rp/out".to_owned()],
            allowed_scope: None,
            id_token_alg: SigningAlg::RS256,
            userinfo_alg: None,
            introspection_alg: None,
        };
        let registered = "post_logout_redirect_uri=https://rp/out";
        let foreign = "post_logout_redirect_uri=https://evil/out";
        let target = |query: &str, client: Option<&Client>| {
            let params = Params::parse(query.as_bytes()).expect("well-formed");
            post_logout_target(&params, client, &mut Checklist::default()).map(|end| end.target)
        };

        let found = |uri: &str| Ok(Some(uri.to_owned()));
        assert_eq!(target(registered, Some(&client)), found("https://rp/out"));
        let with_state = format!("{registered}&state=s");
        assert_eq!(target(&with_state, Some(&client)), found("https://rp/out?state=s"));
        assert!(target(foreign, Some(&client)).is_err());
        assert_eq!(target(registered, None), Ok(None), "nobody to trust");
        assert_eq!(target("", Some(&client)), Ok(None));
    }
}
