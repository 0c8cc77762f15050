//! An OpenID provider that does what a test tells it, right or wrong.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde_json::{Value, json};
use server::clock::Clock;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use url::Url;

pub(crate) use super::fault::{Change, Fault, Make, Reply, RsaKey, Signing, TokenAnswer};
use super::grants::Grants;
use super::hostile::{self, Hostile};
use super::signer::{EC, NEXT_RSA, RSA, Signer, at_hash, s256};

pub(crate) const CLIENT_ID: &str = "test-client";
pub(crate) const CLIENT_SECRET: &str = "test-secret-of-at-least-32-characters";
pub(super) const ACCESS_TOKEN: &str = "access-token-known-to-the-tests-only";
pub(super) const REFRESH_TOKEN: &str = "refresh-token-known-to-the-tests-only";

struct Script {
    issuer: String,
    clock: Arc<dyn Clock>,
    id_token: Signing,
    userinfo: Signing,
    fault: Fault,
    /// Code → nonce and PKCE challenge.
    codes: HashMap<String, (String, String)>,
    calls: HashMap<&'static str, usize>,
    grants: Grants,
}

/// See the module.
#[derive(Clone)]
pub(crate) struct ScriptedProvider(Arc<Mutex<Script>>);

impl ScriptedProvider {
    pub(crate) async fn start(
        clock: Arc<dyn Clock>,
        (id_token, userinfo): (Signing, Signing),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/api/v2", listener.local_addr().unwrap());
        let provider = Self(Arc::new(Mutex::new(Script {
            issuer,
            clock,
            id_token,
            userinfo,
            fault: Fault::default(),
            codes: HashMap::new(),
            calls: HashMap::new(),
            grants: Grants::default(),
        })));
        let router = Router::new()
            .route("/api/v2/.well-known/openid-configuration", get(discovery))
            .route("/api/v2/jwks", get(jwks))
            .route("/api/v2/token", post(token))
            .route("/api/v2/userinfo", get(userinfo_endpoint))
            .route("/api/v2/token/revocation", post(revocation))
            .layer(from_fn_with_state(provider.clone(), hostile::instead))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap()
    }

    pub(crate) fn issuer(&self) -> String {
        self.script().issuer.clone()
    }

    /// From now on the provider misbehaves like this.
    pub(crate) fn misbehave(&self, fault: Fault) {
        self.script().fault = fault;
    }

    /// What the endpoint at this path does instead of answering; such a call counts, too.
    pub(super) fn hostility(&self, path: &str) -> Option<Hostile> {
        let mut script = self.script();
        let (end, hostile) = script.fault.hostile.filter(|(end, _)| path.ends_with(end))?;
        count(&mut script, end);
        Some(hostile)
    }

    /// How often an endpoint was called.
    pub(crate) fn calls(&self, endpoint: &'static str) -> usize {
        self.script().calls.get(endpoint).copied().unwrap_or_default()
    }

    /// A person signs in at the authorization request `url`: the query of the callback.
    pub(crate) fn approve(&self, url: &Url) -> String {
        let parameter = |name: &str| {
            url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let mut script = self.script();
        let code = format!("code-{}-known-to-the-tests-only", script.codes.len());
        let nonce = parameter("nonce").unwrap();
        let challenge = parameter("code_challenge").unwrap();
        script.codes.insert(code.clone(), (nonce, challenge));
        let state = parameter("state").unwrap();
        encode(&[("code", &code), ("state", &state), ("iss", &script.issuer)])
    }

    /// The provider answers the authorization request `url` with an error.
    pub(crate) fn refuse(&self, url: &Url, error: &str, description: &str) -> String {
        let state = url.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
        encode(&[
            ("error", error),
            ("error_description", description),
            ("state", &state),
            ("iss", &self.issuer()),
        ])
    }

    /// Changes what the provider thinks of the tokens that it gave.
    pub(crate) fn grants(&self, change: impl FnOnce(&mut Grants)) {
        change(&mut self.script().grants);
    }

    /// From now on refreshes wait for permits of what is returned.
    pub(crate) fn hold_refreshes(&self) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        self.script().grants.gate = Some(Arc::clone(&gate));
        gate
    }

    /// The tokens that were given back.
    pub(crate) fn revoked(&self) -> Vec<String> {
        self.script().grants.revoked.clone()
    }

    /// Every secret that this provider ever gave away.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let script = self.script();
        let codes = script.codes.iter().flat_map(|(code, (nonce, challenge))| {
            [code.clone(), nonce.clone(), challenge.clone()]
        });
        codes.chain([ACCESS_TOKEN, REFRESH_TOKEN, CLIENT_SECRET].map(str::to_owned)).collect()
    }
}

fn encode(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn count(script: &mut Script, endpoint: &'static str) {
    *script.calls.entry(endpoint).or_default() += 1;
}

async fn discovery(State(provider): State<ScriptedProvider>) -> Json<Value> {
    let mut script = provider.script();
    count(&mut script, "discovery");
    let issuer = &script.issuer;
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/session/end"),
        "revocation_endpoint": format!("{issuer}/token/revocation"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256", "ES256", "RS256"],
        "authorization_response_iss_parameter_supported": true,
    });
    if let Some(change) = script.fault.discovery {
        change(&mut document);
    }
    Json(document)
}

async fn jwks(State(provider): State<ScriptedProvider>) -> Json<Value> {
    let mut script = provider.script();
    count(&mut script, "jwks");
    let mut document = json!({ "keys": [rsa_signer(&script).jwk(), EC.jwk()] });
    if let Some(change) = script.fault.jwks {
        change(&mut document);
    }
    Json(document)
}

async fn token(
    State(provider): State<ScriptedProvider>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if form.get("grant_type").is_some_and(|kind| kind == "refresh_token") {
        return refresh(&provider, &form).await;
    }
    let mut script = provider.script();
    count(&mut script, "token");
    match script.fault.token_answer {
        None => {}
        Some(TokenAnswer::Endless) => return vec![b' '; 2 << 20].into_response(),
        Some(TokenAnswer::Json(status, body)) => {
            let json = [(header::CONTENT_TYPE, "application/json")];
            return (StatusCode::from_u16(status).unwrap(), json, body).into_response();
        }
    }
    let field = |name: &str| form.get(name).map(String::as_str);
    let authenticated =
        field("client_id") == Some(CLIENT_ID) && field("client_secret") == Some(CLIENT_SECRET);
    let granted =
        field("code").and_then(|code| script.codes.remove(code)).filter(|(_, challenge)| {
            field("code_verifier").is_some_and(|verifier| s256(verifier) == *challenge)
        });
    let (true, Some((nonce, _))) = (authenticated, granted) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })))
            .into_response();
    };
    let mut claims = registered(&script);
    claims["sub"] = json!("subject-1");
    claims["nonce"] = json!(nonce);
    claims["auth_time"] = claims["iat"].clone();
    claims["acr"] = json!("eidas1");
    claims["amr"] = json!(["pwd"]);
    claims["at_hash"] = json!(at_hash(ACCESS_TOKEN));
    if let Some(change) = script.fault.id_token {
        change(&mut claims);
    }
    let id_token = match script.fault.id_token_jwt {
        Some(make) => make(&claims),
        None => sign(&script, script.id_token, &claims),
    };
    Json(json!({
        "access_token": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": script.fault.expires_in.unwrap_or(3600),
        "refresh_token": REFRESH_TOKEN,
        "id_token": id_token,
        "scope": "openid",
    }))
    .into_response()
}

async fn refresh(provider: &ScriptedProvider, form: &HashMap<String, String>) -> Response {
    let gate = {
        let mut script = provider.script();
        count(&mut script, "refresh");
        script.grants.gate.clone()
    };
    if let Some(gate) = gate {
        gate.acquire().await.unwrap().forget();
    }
    let mut script = provider.script();
    let given = form.get("refresh_token").cloned().unwrap_or_default();
    if let Some(refusal) = script.grants.rotate(&given) {
        return refusal;
    }
    let (access, refresh) = script.grants.current();
    let mut claims = registered(&script);
    claims["sub"] = json!("subject-1");
    claims["at_hash"] = json!(at_hash(&access));
    let id_token = sign(&script, script.id_token, &claims);
    Json(json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": 3600,
        "refresh_token": refresh,
        "id_token": id_token,
        "scope": "openid",
    }))
    .into_response()
}

async fn revocation(
    State(provider): State<ScriptedProvider>,
    Form(form): Form<HashMap<String, String>>,
) -> StatusCode {
    let mut script = provider.script();
    let authenticated = form.get("client_secret").is_some_and(|secret| secret == CLIENT_SECRET);
    assert!(authenticated, "nobody else may give tokens back");
    script.grants.revoked.push(form["token"].clone());
    StatusCode::OK
}

async fn userinfo_endpoint(
    State(provider): State<ScriptedProvider>,
    headers: HeaderMap,
) -> Response {
    let mut script = provider.script();
    count(&mut script, "userinfo");
    let bearer = format!("Bearer {}", script.grants.access);
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != &bearer) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mut claims = json!({
        "sub": "subject-1",
        "given_name": "Angela Claire Louise",
        "usual_name": "Dubois",
        "email": "angela.dubois@example.fr",
        "uid": "1",
        "siret": "21920023500014",
        "idp_id": "fia1",
        "organization_label": "Commune de clamart - Mairie",
        "roles": ["agent_public", "agent_public_territorial"],
    });
    if script.userinfo != Signing::None {
        for (name, value) in registered(&script).as_object().unwrap() {
            claims[name] = value.clone();
        }
    }
    if let Some(change) = script.fault.userinfo {
        change(&mut claims);
    }
    let (status, content_type, body) = match (script.fault.userinfo_answer, script.userinfo) {
        (Some(reply), _) => (reply.status, reply.content_type, (reply.body)(&claims)),
        (None, Signing::None) => (200, "application/json; charset=utf-8", claims.to_string()),
        (None, signing) => (200, "application/jwt; charset=utf-8", sign(&script, signing, &claims)),
    };
    let content_type = [(header::CONTENT_TYPE, content_type)];
    (StatusCode::from_u16(status).unwrap(), content_type, body).into_response()
}

fn registered(script: &Script) -> Value {
    let now = script.clock.now().timestamp();
    json!({ "iss": script.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 3600 })
}

fn sign(script: &Script, signing: Signing, claims: &Value) -> String {
    match signing {
        Signing::Rs256 => rsa_signer(script).sign(claims),
        Signing::Es256 => EC.sign(claims),
        Signing::Hs256 => super::signer::hmac(claims, CLIENT_SECRET.as_bytes()),
        Signing::None => unreachable!("an ID token is always signed"),
    }
}

fn rsa_signer(script: &Script) -> &'static Signer {
    match script.fault.key {
        RsaKey::First => &RSA,
        RsaKey::Rotated => &NEXT_RSA,
    }
}
