//! What the scripted provider can be told to do, right or wrong.

use serde_json::Value;

use super::hostile::Hostile;

/// Changes claims, or a discovery document.
pub(crate) type Change = fn(&mut Value);
/// Makes a body or a token out of the right claims.
pub(crate) type Make = fn(&Value) -> String;

/// What the provider does wrong.
#[derive(Clone, Default)]
pub(crate) struct Fault {
    /// Changes the claims of the ID token before they are signed.
    pub(crate) id_token: Option<Change>,
    /// Replaces the ID token.
    pub(crate) id_token_jwt: Option<Make>,
    /// Changes the claims of userinfo.
    pub(crate) userinfo: Option<Change>,
    /// Replaces the answer of the userinfo endpoint.
    pub(crate) userinfo_answer: Option<Reply>,
    /// Replaces the answer of the token endpoint.
    pub(crate) token_answer: Option<TokenAnswer>,
    /// Changes the discovery document.
    pub(crate) discovery: Option<Change>,
    /// Which RSA key signs.
    pub(crate) key: RsaKey,
    /// What the token endpoint says of the access token's lifetime, in seconds.
    pub(crate) expires_in: Option<u64>,
    /// Changes the published keys.
    pub(crate) jwks: Option<Change>,
    /// Endpoints whose path ends so do this instead.
    pub(crate) hostile: Option<(&'static str, Hostile)>,
}

/// An answer of the userinfo endpoint.
#[derive(Clone, Copy)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Make,
}

/// An answer of the token endpoint.
#[derive(Clone, Copy)]
pub(crate) enum TokenAnswer {
    /// This status and this JSON.
    Json(u16, &'static str),
    /// More than anybody reads.
    Endless,
}

/// Which RSA key signs, and which one is published.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RsaKey {
    /// The first, published.
    #[default]
    First,
    /// The next, published in place of the first.
    Rotated,
}

/// How the provider signs; the client's registration.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    Rs256,
    Es256,
    Hs256,
    None,
}
