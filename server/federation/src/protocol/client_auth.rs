//! Owns client authentication. ProConnect registers every client with `client_secret_post`; a
//! client that tries anything else is refused as the real one refuses it, and the log says why.

use super::{Check, Checklist, Client, OAuthError, Params};

/// Authenticates the client of a back-channel request.
pub(crate) fn authenticate(
    params: &Params,
    authorization: Option<&str>,
    checklist: &mut Checklist,
    find_client: impl Fn(&str) -> Option<Client>,
) -> Result<Client, OAuthError> {
    let repeated = ["client_id", "client_secret"].into_iter().find(|name| params.is_repeated(name));
    let once = repeated.map_or(Ok(()), |name| Err(OAuthError::repeated(name)));
    checklist.check(Check::ParametersOnce, once)?;
    checklist.check(Check::ClientSecretPost, not_basic(params, authorization))?;
    let id = params.non_empty("client_id").ok_or_else(OAuthError::no_client_authentication);
    let id = checklist.check(Check::ClientNamed, id)?;
    let secret = params.non_empty("client_secret").ok_or_else(OAuthError::invalid_client);
    let secret = checklist.check(Check::ClientSecretPresent, secret)?;
    let client = find_client(id).ok_or_else(OAuthError::invalid_client);
    let client = checklist.check(Check::ClientKnown, client)?;
    let right = client.secret.matches(secret).then_some(client);
    checklist.check(Check::ClientSecretRight, right.ok_or_else(OAuthError::invalid_client))
}

/// No client is registered for `client_secret_basic`.
fn not_basic(params: &Params, authorization: Option<&str>) -> Result<(), OAuthError> {
    match params.non_empty("client_secret") {
        _ if !authorization.is_some_and(is_basic) => Ok(()),
        Some(_) => Err(OAuthError::invalid_request(
            "client authentication must only be provided using one mechanism",
        )),
        None => Err(OAuthError::invalid_client()),
    }
}

fn is_basic(authorization: &str) -> bool {
    authorization.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic "))
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::protocol::SigningAlg;
    use crate::secret::ClientSecret;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn clients_authenticate_by_secret_in_the_body_only() {
        let client = Client {
            id: "rp".to_owned(),
            secret: ClientSecret::try_from(SecretString::from(SECRET)).expect("long enough"),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            allowed_scope: None,
            id_token_alg: SigningAlg::RS256,
            userinfo_alg: None,
            introspection_alg: None,
        };
        let good = format!("client_id=rp&client_secret={SECRET}");
        let basic = Some("Basic cnA6c2VjcmV0");
        let rows: &[(&str, &str, Option<&str>, Option<OAuthError>)] = &[
            ("the right secret", &good, None, None),
            ("no client_id", "", None, Some(OAuthError::no_client_authentication())),
            ("no secret", "client_id=rp", None, Some(OAuthError::invalid_client())),
            (
                "wrong secret",
                "client_id=rp&client_secret=x",
                None,
                Some(OAuthError::invalid_client()),
            ),
            (
                "unknown client",
                "client_id=x&client_secret=x",
                None,
                Some(OAuthError::invalid_client()),
            ),
            ("HTTP Basic", "", basic, Some(OAuthError::invalid_client())),
            (
                "two client_id",
                "client_id=rp&client_id=rp",
                None,
                Some(OAuthError::repeated("client_id")),
            ),
        ];
        for (row, body, header, expected) in rows {
            let params = Params::parse(body.as_bytes()).expect("well-formed");
            let result = authenticate(&params, *header, &mut Checklist::default(), |id| {
                (id == "rp").then(|| client.clone())
            });
            assert_eq!(result.err().as_ref(), expected.as_ref(), "{row}");
        }
    }
}
