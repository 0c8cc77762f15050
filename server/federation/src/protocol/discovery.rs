//! Owns the discovery document (OpenID Connect Discovery 1.0). The set of keys is exactly that
//! of the real federation; nothing is announced that would not work, save the encryption of
//! answers, which the real one announces, too, and no client can ask for.

use serde_json::{Map, Value, json};

use super::Dialect;

/// The order is the real one, and services compare it.
const SIGNING_ALGS: [&str; 3] = ["HS256", "ES256", "RS256"];

/// What the endpoints that authenticate clients announce.
const AUTH_METHODS: [&str; 2] = ["client_secret_post", "private_key_jwt"];

/// Builds the document of a provider.
pub(crate) fn document(issuer: &str, dialect: &Dialect) -> Value {
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("issuer", issuer.into());

    let endpoints = &dialect.endpoints;
    for (name, path) in [
        ("authorization_endpoint", endpoints.authorization),
        ("token_endpoint", endpoints.token),
        ("userinfo_endpoint", endpoints.userinfo),
        ("jwks_uri", endpoints.jwks),
        ("end_session_endpoint", endpoints.end_session),
        ("introspection_endpoint", endpoints.introspection),
        ("revocation_endpoint", endpoints.revocation),
    ] {
        put(name, format!("{issuer}{path}").into());
    }

    let scopes: Vec<_> = dialect.scopes.iter().map(|(scope, _)| *scope).collect();
    let mut claims: Vec<_> =
        dialect.scopes.iter().flat_map(|(_, claims)| claims.iter().copied()).collect();
    claims.extend(dialect.further_claims);
    put("acr_values_supported", json!(dialect.acr_values));
    put("scopes_supported", json!(scopes));
    put("claims_supported", json!(claims));
    put("claims_parameter_supported", true.into());
    put("claim_types_supported", json!(["normal"]));
    put("code_challenge_methods_supported", json!(["S256"]));
    put("response_types_supported", json!(["code"]));
    put("response_modes_supported", json!(["form_post", "fragment", "query"]));
    put("grant_types_supported", json!(["authorization_code", "refresh_token"]));
    put("subject_types_supported", json!(["public"]));
    put("authorization_response_iss_parameter_supported", true.into());
    put("request_parameter_supported", false.into());
    put("request_uri_parameter_supported", false.into());
    put("require_request_uri_registration", false.into());

    for endpoint in ["token", "introspection", "revocation"] {
        put(&format!("{endpoint}_endpoint_auth_methods_supported"), json!(AUTH_METHODS));
        put(
            &format!("{endpoint}_endpoint_auth_signing_alg_values_supported"),
            json!(["ES256", "RS256"]),
        );
    }
    for subject in ["id_token", "userinfo", "introspection", "request_object"] {
        put(&format!("{subject}_signing_alg_values_supported"), json!(SIGNING_ALGS));
        put(&format!("{subject}_encryption_alg_values_supported"), json!(["ECDH-ES", "RSA-OAEP"]));
        put(&format!("{subject}_encryption_enc_values_supported"), json!(["A256GCM"]));
    }
    Value::Object(document)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::hub::DIALECT;

    const KEYS: &str = "issuer authorization_endpoint token_endpoint userinfo_endpoint jwks_uri \
        end_session_endpoint introspection_endpoint revocation_endpoint acr_values_supported \
        scopes_supported claims_supported claims_parameter_supported \
        code_challenge_methods_supported response_types_supported response_modes_supported \
        grant_types_supported subject_types_supported token_endpoint_auth_methods_supported \
        introspection_endpoint_auth_methods_supported revocation_endpoint_auth_methods_supported \
        token_endpoint_auth_signing_alg_values_supported \
        introspection_endpoint_auth_signing_alg_values_supported \
        revocation_endpoint_auth_signing_alg_values_supported \
        id_token_signing_alg_values_supported userinfo_signing_alg_values_supported \
        introspection_signing_alg_values_supported request_object_signing_alg_values_supported \
        id_token_encryption_alg_values_supported userinfo_encryption_alg_values_supported \
        introspection_encryption_alg_values_supported request_object_encryption_alg_values_supported \
        id_token_encryption_enc_values_supported userinfo_encryption_enc_values_supported \
        introspection_encryption_enc_values_supported request_object_encryption_enc_values_supported \
        authorization_response_iss_parameter_supported claim_types_supported \
        request_parameter_supported request_uri_parameter_supported require_request_uri_registration";

    #[test]
    fn the_set_of_keys_is_exact() {
        let document = document("https://i/api/v2", &DIALECT);

        let actual: BTreeSet<&str> =
            document.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(actual, KEYS.split_ascii_whitespace().collect());
    }

    #[test]
    fn the_values_that_services_compare_are_exact() {
        let document = document("https://i/api/v2", &DIALECT);

        assert_eq!(document["token_endpoint"], "https://i/api/v2/token");
        assert_eq!(document["end_session_endpoint"], "https://i/api/v2/session/end");
        assert_eq!(
            document["acr_values_supported"],
            json!([
                "eidas0",
                "eidas0-mfa",
                "eidas1",
                "eidas1-mfa",
                "eidas2",
                "eidas3",
                "https://proconnect.gouv.fr/assurance/certification-dirigeant"
            ])
        );
        assert_eq!(
            document["id_token_signing_alg_values_supported"],
            json!(["HS256", "ES256", "RS256"])
        );
        assert_eq!(
            document["token_endpoint_auth_methods_supported"],
            json!(["client_secret_post", "private_key_jwt"])
        );
        let scopes = document["scopes_supported"].as_array().expect("a list");
        assert_eq!(scopes.first(), Some(&json!("openid")));
        assert!(!scopes.contains(&json!("offline_access")));
    }
}
