//! Owns the two ceremonies of WebAuthn, registration and authentication, and is alone to know the
//! library that checks them. The library draws the challenges itself; it reads the time only for
//! attestations, of which none are asked for, so that no decision here depends on a clock.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::internals::AuthenticatorData;
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticationState, COSEAlgorithm, COSEEC2Key, COSEKey, COSEKeyType,
    Credential, ECDSACurve, ParsedAttestation, PublicKeyCredential, RegisterPublicKeyCredential,
    RegisteredExtensions, Registration, RegistrationState, ResidentKeyRequirement,
    UserVerificationPolicy,
};

use super::LIFETIME;

/// The name that devices show beside the passkey.
const NAME: &str = "ProConnect";

/// Why a ceremony fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CeremonyError {
    #[error("the answer is no JSON of the expected form")]
    Malformed(#[from] serde_json::Error),
    #[error("the answer is refused")]
    Refused(#[from] WebauthnError),
    #[error("the device names another person")]
    OtherPerson,
}

/// Whether the device has to know the person, by a PIN or a finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UserVerification {
    Required,
    /// The password said already who it is: touching the device is enough.
    Discouraged,
}

/// A person as devices know them.
#[derive(Debug)]
pub(super) struct Person<'a> {
    /// Stands for the account for good, and says nothing about the person.
    pub(super) handle: &'a str,
    pub(super) email: &'a str,
    pub(super) name: &'a str,
}

/// What the browser is told, and what is kept until it answers.
#[derive(Debug)]
pub(super) struct Challenge {
    pub(super) options: Value,
    pub(super) state: String,
}

/// A passkey that was registered.
#[derive(Debug)]
pub(super) struct Registered {
    pub(super) credential_id: Vec<u8>,
    pub(super) record: String,
    pub(super) user_verified: bool,
    /// The kind of device, if it says so.
    pub(super) aaguid: Option<[u8; 16]>,
}

/// A signature that is right.
#[derive(Debug)]
pub(super) struct Shown {
    /// The place of the passkey among those that were allowed.
    pub(super) place: usize,
    /// The passkey's record from now on.
    pub(super) record: String,
    pub(super) user_verified: bool,
}

/// The site for which passkeys are good.
#[derive(Debug)]
pub(crate) struct RelyingParty(WebauthnCore);

impl RelyingParty {
    /// The site at an origin. Its host has to be a domain: browsers make no passkeys for an IP
    /// address.
    pub(crate) fn new(origin: &Url) -> Self {
        let host = origin.host_str().unwrap_or_default();
        let timeout = Duration::from_secs(LIFETIME.unsigned_abs());
        // Neither other ports nor subdomains pass for the origin.
        let core = WebauthnCore::new_unsafe_experts_only(
            NAME,
            host,
            vec![origin.clone()],
            timeout,
            Some(false),
            Some(false),
        );
        Self(core)
    }

    /// Begins to register a passkey beside those that the person has.
    pub(super) fn begin_registration(
        &self,
        person: &Person<'_>,
        existing: Vec<Vec<u8>>,
    ) -> Result<Challenge, CeremonyError> {
        let builder = self
            .0
            .new_challenge_register_builder(person.handle.as_bytes(), person.email, person.name)?
            .user_verification_policy(UserVerificationPolicy::Preferred)
            .exclude_credentials(Some(existing));
        let (mut challenge, state) = self.0.generate_challenge_register(builder)?;
        // The library knows only "required" and "discouraged"; this is but a wish to the device.
        if let Some(selection) = &mut challenge.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        new_challenge(&challenge.public_key, &state)
    }

    /// Checks what a device made (WebAuthn Level 2, section 7.1).
    pub(super) fn register(&self, state: &str, answer: &str) -> Result<Registered, CeremonyError> {
        let state: RegistrationState = serde_json::from_str(state)?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer)?;
        let mut credential = self.0.register_credential(&answer, &state, None)?;
        // A passkey whose device knew the person when it was registered with "preferred" would
        // have to know them ever after, whatever a ceremony asks for. Here each ceremony decides:
        // alone, a passkey needs it; beside a password it does not.
        credential.registration_policy = UserVerificationPolicy::Discouraged_DO_NOT_USE;
        Ok(Registered {
            record: serde_json::to_string(&credential)?,
            user_verified: credential.user_verified,
            aaguid: aaguid(&answer.response.attestation_object),
            credential_id: credential.cred_id,
        })
    }

    /// Begins to ask for one of these passkeys, of which there is at least one.
    pub(super) fn begin_authentication(
        &self,
        records: &[&str],
        verification: UserVerification,
    ) -> Result<Challenge, CeremonyError> {
        let builder = self
            .0
            .new_challenge_authenticate_builder(credentials(records)?, Some(verification.into()))?;
        let (challenge, mut state) = self.0.generate_challenge_authenticate(builder)?;
        // What the passkeys are when the answer comes will count.
        state.set_allowed_credentials(Vec::new());
        new_challenge(&challenge.public_key, &state)
    }

    /// Checks a signature by one of these passkeys (WebAuthn Level 2, section 7.2), of which the
    /// counter must have gone up.
    pub(super) fn authenticate(
        &self,
        state: &str,
        records: &[&str],
        handle: &str,
        answer: &str,
    ) -> Result<Shown, CeremonyError> {
        let mut state: AuthenticationState = serde_json::from_str(state)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer)?;
        // The library leaves this one to its callers.
        if answer.get_user_unique_id().is_some_and(|known| known != handle.as_bytes()) {
            return Err(CeremonyError::OtherPerson);
        }
        let known = credentials(records)?;
        state.set_allowed_credentials(known.clone());
        let result = self.0.authenticate_credential(&answer, &state)?;
        let shown = known.into_iter().enumerate();
        let (place, mut credential) = shown
            .into_iter()
            .find(|(_, credential)| credential.cred_id == *result.cred_id())
            .ok_or(WebauthnError::CredentialNotFound)?;
        credential.counter = result.counter();
        credential.backup_state = result.backup_state();
        let record = serde_json::to_string(&credential)?;
        Ok(Shown { place, record, user_verified: result.user_verified() })
    }
}

/// The record of a passkey that nobody registered: a key on the curve P-256, by its coordinates.
pub(super) fn record_of(credential_id: &[u8], x: &[u8], y: &[u8]) -> Result<String, CeremonyError> {
    let key = COSEEC2Key { curve: ECDSACurve::SECP256R1, x: x.to_vec(), y: y.to_vec() };
    let credential = Credential {
        cred_id: credential_id.to_vec(),
        cred: COSEKey { type_: COSEAlgorithm::ES256, key: COSEKeyType::EC_EC2(key) },
        counter: 0,
        transports: None,
        user_verified: true,
        backup_eligible: false,
        backup_state: false,
        registration_policy: UserVerificationPolicy::Discouraged_DO_NOT_USE,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: AttestationFormat::None,
    };
    Ok(serde_json::to_string(&credential)?)
}

impl From<UserVerification> for UserVerificationPolicy {
    fn from(verification: UserVerification) -> Self {
        match verification {
            UserVerification::Required => Self::Required,
            UserVerification::Discouraged => Self::Discouraged_DO_NOT_USE,
        }
    }
}

fn new_challenge(
    options: &impl Serialize,
    state: &impl Serialize,
) -> Result<Challenge, CeremonyError> {
    let (options, state) = (serde_json::to_value(options)?, serde_json::to_string(state)?);
    Ok(Challenge { options, state })
}

fn credentials<T: DeserializeOwned>(records: &[&str]) -> Result<Vec<T>, serde_json::Error> {
    records.iter().map(|record| serde_json::from_str(record)).collect()
}

/// The kind of device in an attestation object, which the library reads but does not keep.
fn aaguid(attestation_object: &[u8]) -> Option<[u8; 16]> {
    let parsed = serde_cbor_2::from_slice(attestation_object).ok()?;
    let serde_cbor_2::Value::Map(parts) = parsed else { return None };
    let key = serde_cbor_2::Value::Text("authData".to_owned());
    let serde_cbor_2::Value::Bytes(data) = parts.get(&key)? else { return None };
    let data = AuthenticatorData::<Registration>::try_from(data.as_slice()).ok()?;
    Some(data.acd?.aaguid)
}
