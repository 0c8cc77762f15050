//! A device with one passkey. It answers whatever it is asked, and lies when told to.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::{SystemRandom, fill};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use federation::Config;
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};

use super::PASSKEY;
use crate::support::Stack;

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

/// A device.
pub(super) struct Device {
    pair: EcdsaKeyPair,
    pub(super) credential_id: Vec<u8>,
    /// How often it signed.
    pub(super) counter: u32,
    /// Where its browser says that it is.
    pub(super) origin: String,
    /// For which site it signs, if not for the one that asks.
    pub(super) site: Option<String>,
    /// Whether somebody touches it.
    pub(super) touched: bool,
    /// Whether it knows its owner.
    pub(super) knows_owner: bool,
    /// Whose passkey it says it is.
    pub(super) handle: Option<String>,
    pub(super) aaguid: [u8; 16],
    /// The ceremony that it says it takes part in, if another one.
    pub(super) ceremony: Option<&'static str>,
}

impl Device {
    /// A new one.
    pub(super) fn new(stack: &Stack) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        let mut credential_id = vec![0; 20];
        fill(&mut credential_id).expect("random bytes");
        Self::of(stack, pair, credential_id)
    }

    /// The one whose passkey the sample has.
    pub(super) fn of_sample(stack: &Stack) -> Self {
        let config = Config::parse(federation::SAMPLE).expect("the sample is valid");
        let account = config.accounts.iter().find(|account| account.email.as_str() == PASSKEY);
        let passkey = &account.expect("the account").passkeys[0];
        let written = serde_json::to_value(passkey).expect("JSON");
        let key = STANDARD.decode(written["private_key"].as_str().expect("text")).expect("base64");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key).expect("a key");
        Self::of(stack, pair, passkey.credential_id.clone())
    }

    fn of(stack: &Stack, pair: EcdsaKeyPair, credential_id: Vec<u8>) -> Self {
        Self {
            pair,
            credential_id,
            counter: 0,
            origin: stack.identite("/").trim_end_matches('/').to_owned(),
            site: None,
            touched: true,
            knows_owner: true,
            handle: None,
            aaguid: [0; 16],
            ceremony: None,
        }
    }

    /// Its passkey's identifier as pages and scripts write it.
    pub(super) fn shown_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.credential_id)
    }

    /// Signs in.
    pub(super) fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let client = self.client_data("webauthn.get", options);
        let data = self.data(&options["rpId"], 0);
        let signed = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).expect("a signature");
        let handle = self.handle.as_ref().map(|handle| URL_SAFE_NO_PAD.encode(handle));
        json!({
            "id": self.shown_id(),
            "rawId": self.shown_id(),
            "type": "public-key",
            "response": {
                "authenticatorData": URL_SAFE_NO_PAD.encode(&data),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(&client),
                "signature": URL_SAFE_NO_PAD.encode(signature.as_ref()),
                "userHandle": handle,
            },
        })
        .to_string()
    }

    /// Registers its passkey.
    pub(super) fn create(&mut self, options: &Value) -> String {
        let client = self.client_data("webauthn.create", options);
        let mut data = self.data(&options["rp"]["id"], ATTESTED);
        data.extend(self.aaguid);
        let length = u16::try_from(self.credential_id.len()).expect("a short identifier");
        data.extend(length.to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(serde_cbor_2::to_vec(&self.cose_key()).expect("CBOR"));
        let object = BTreeMap::from([
            ("fmt", Cbor::Text("none".to_owned())),
            ("attStmt", Cbor::Map(BTreeMap::new())),
            ("authData", Cbor::Bytes(data)),
        ]);
        let object = serde_cbor_2::to_vec(&object).expect("CBOR");
        json!({
            "id": self.shown_id(),
            "rawId": self.shown_id(),
            "type": "public-key",
            "response": {
                "attestationObject": URL_SAFE_NO_PAD.encode(&object),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(&client),
            },
        })
        .to_string()
    }

    fn client_data(&self, ceremony: &str, options: &Value) -> Vec<u8> {
        let client = json!({
            "type": self.ceremony.unwrap_or(ceremony),
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        client.to_string().into_bytes()
    }

    fn data(&self, asking: &Value, further: u8) -> Vec<u8> {
        let site = self.site.as_deref().unwrap_or_else(|| asking.as_str().expect("a site"));
        let present = if self.touched { PRESENT } else { 0 };
        let verified = if self.knows_owner { VERIFIED } else { 0 };
        let mut data = digest(&SHA256, site.as_bytes()).as_ref().to_vec();
        data.push(present | verified | further);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn cose_key(&self) -> Cbor {
        let point = self.pair.public_key().as_ref();
        let coordinate = |from: usize| Cbor::Bytes(point[from..from + 32].to_vec());
        let parts = [
            (1, Cbor::Integer(2)),
            (3, Cbor::Integer(-7)),
            (-1, Cbor::Integer(1)),
            (-2, coordinate(1)),
            (-3, coordinate(33)),
        ];
        Cbor::Map(parts.into_iter().map(|(key, value)| (Cbor::Integer(key), value)).collect())
    }
}
