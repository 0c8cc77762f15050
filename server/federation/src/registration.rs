//! Owns changes of registrations in JSON, under the field names of `federation.toml`. A secret is
//! never shown, save once to whoever had it generated; a change that does not name it keeps it.

mod entries;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::config::{Config, ConfigError};
use crate::directory::Directory;

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// A kind of registration.
pub(crate) trait Entry: Clone + Serialize + DeserializeOwned {
    /// How messages call it.
    const KIND: &'static str;
    /// The field that names it.
    const KEY: &'static str;
    /// The field that is never shown, if it has one.
    const SECRET: Option<&'static str>;

    fn all(config: &Config) -> &[Self];
    fn all_mut(config: &mut Config) -> &mut Vec<Self>;

    /// The value of [`Self::KEY`].
    fn key(&self) -> &str;

    /// The value of [`Self::SECRET`].
    fn secret(&self) -> Option<&str> {
        None
    }

    /// Fills in what an entry may leave out when it is given as a whole.
    fn complete(_: &mut Object) {}
}

/// Why a registration is not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegistrationError {
    #[error("there is no {kind} \"{key}\"")]
    NotFound { kind: &'static str, key: String },
    #[error("there is already a {kind} \"{key}\"")]
    Exists { kind: &'static str, key: String },
    #[error("{field} is \"{found}\" in the body and \"{expected}\" in the path; it cannot change")]
    OtherKey { field: &'static str, found: String, expected: String },
    #[error("{message}")]
    Invalid { field: Option<String>, message: String },
    #[error(transparent)]
    Inconsistent(#[from] ConfigError),
    #[error("a registration cannot be shown")]
    Unshowable(#[from] serde_json::Error),
}

/// All entries of a kind.
pub(crate) fn list<E: Entry>(directory: &Directory) -> Result<Vec<Value>, RegistrationError> {
    let registered = directory.current();
    E::all(&registered).iter().map(|entry| Ok(serde_json::to_value(entry)?)).collect()
}

/// One entry.
pub(crate) fn find<E: Entry>(directory: &Directory, key: &str) -> Result<Value, RegistrationError> {
    let registered = directory.current();
    Ok(serde_json::to_value(&E::all(&registered)[position::<E>(&registered, key)?])?)
}

/// Adds an entry and returns its key and how it is shown.
pub(crate) fn create<E: Entry>(
    directory: &Directory,
    mut object: Object,
) -> Result<(String, Value), RegistrationError> {
    let given = has_secret::<E>(&object);
    E::complete(&mut object);
    let entry: E = read(object)?;
    let key = entry.key().to_owned();
    let shown = show_new(&entry, given)?;
    directory.change(|config| {
        if position::<E>(config, &key).is_ok() {
            return Err(RegistrationError::Exists { kind: E::KIND, key: key.clone() });
        }
        E::all_mut(config).push(entry);
        Ok(())
    })?;
    Ok((key, shown))
}

/// Replaces an entry, or adds it; says which with how it is shown.
pub(crate) fn replace<E: Entry>(
    directory: &Directory,
    key: &str,
    mut object: Object,
) -> Result<(bool, Value), RegistrationError> {
    object.entry(E::KEY).or_insert_with(|| key.into());
    let given = has_secret::<E>(&object);
    directory.change(|config| {
        let known = position::<E>(config, key).ok();
        let entries = E::all_mut(config);
        if let Some(position) = known {
            object = with_secret(object, &entries[position]);
        }
        E::complete(&mut object);
        let entry: E = read_named(object, key)?;
        let Some(position) = known else {
            let shown = show_new(&entry, given)?;
            entries.push(entry);
            return Ok((true, shown));
        };
        let shown = serde_json::to_value(&entry)?;
        entries[position] = entry;
        Ok((false, shown))
    })
}

/// Changes the fields that a merge patch (RFC 7396) names; `null` stands for the default.
pub(crate) fn patch<E: Entry>(
    directory: &Directory,
    key: &str,
    patch: Object,
) -> Result<Value, RegistrationError> {
    directory.change(|config| {
        let position = position::<E>(config, key)?;
        let current = &mut E::all_mut(config)[position];
        let Value::Object(mut object) = serde_json::to_value(&*current)? else {
            return Err(RegistrationError::NotFound { kind: E::KIND, key: key.to_owned() });
        };
        merge(&mut object, patch);
        *current = read_named(with_secret(object, current), key)?;
        Ok(serde_json::to_value(current)?)
    })
}

/// Removes an entry.
pub(crate) fn remove<E: Entry>(directory: &Directory, key: &str) -> Result<(), RegistrationError> {
    directory.change(|config| {
        let position = position::<E>(config, key)?;
        E::all_mut(config).remove(position);
        Ok(())
    })
}

/// Reads an object; an error names the field that is wrong.
pub(crate) fn read<T: DeserializeOwned>(object: Object) -> Result<T, RegistrationError> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        RegistrationError::Invalid {
            field: (path != ".").then_some(path),
            message: error.into_inner().to_string(),
        }
    })
}

fn read_named<E: Entry>(object: Object, key: &str) -> Result<E, RegistrationError> {
    let entry: E = read(object)?;
    if entry.key().eq_ignore_ascii_case(key) {
        return Ok(entry);
    }
    let (found, expected) = (entry.key().to_owned(), key.to_owned());
    Err(RegistrationError::OtherKey { field: E::KEY, found, expected })
}

/// Keys are unique whatever their case, so they are found whatever their case.
fn position<E: Entry>(config: &Config, key: &str) -> Result<usize, RegistrationError> {
    E::all(config)
        .iter()
        .position(|entry| entry.key().eq_ignore_ascii_case(key))
        .ok_or_else(|| RegistrationError::NotFound { kind: E::KIND, key: key.to_owned() })
}

fn has_secret<E: Entry>(object: &Object) -> bool {
    E::SECRET.is_none_or(|name| object.contains_key(name))
}

fn with_secret<E: Entry>(mut object: Object, current: &E) -> Object {
    if let Some(name) = E::SECRET {
        object.entry(name).or_insert_with(|| current.secret().into());
    }
    object
}

fn show_new<E: Entry>(entry: &E, secret_was_given: bool) -> Result<Value, RegistrationError> {
    let mut shown = serde_json::to_value(entry)?;
    if let Some(name) = E::SECRET.filter(|_| !secret_was_given) {
        shown[name] = entry.secret().into();
    }
    Ok(shown)
}

fn merge(target: &mut Object, patch: Object) {
    for (name, value) in patch {
        match (value, target.get_mut(&name)) {
            (Value::Null, _) => {
                target.remove(&name);
            }
            (Value::Object(inner), Some(Value::Object(known))) => merge(known, inner),
            (value, _) => {
                target.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::{IdentityProvider, Organisation, Service};

    fn directory() -> Directory {
        Directory::new(Config::parse(crate::SAMPLE).expect("the sample parses"))
    }

    fn object(value: &Value) -> Object {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn a_merge_patch_changes_what_it_names_and_nothing_else() {
        let directory = directory();
        let change = json!({ "domains": ["x.fr"], "claims": { "usual_name": null, "uid": "7" },
                             "default_siret": null });

        let shown = patch::<IdentityProvider>(&directory, "fia1", object(&change)).expect("valid");

        assert_eq!(shown["domains"], json!(["x.fr"]));
        assert_eq!(shown["claims"], json!({ "given_name": "Camille", "uid": "7" }));
        assert_eq!(shown["default_siret"], Value::Null);
        assert_eq!(shown["title"], "Administration de démonstration A");
        let fia1 = directory.current().identity_provider("fia1").cloned().expect("still there");
        assert!(fia1.client_secret.expose().starts_with("d3404d88"), "the secret stays");
    }

    #[test]
    fn a_field_that_is_wrong_is_named() {
        let rows = [
            (json!({ "scopes": [1] }), Some("scopes[0]"), "invalid type"),
            (json!({ "type": "open" }), Some("type"), "unknown variant"),
            (json!({ "client_secret": "short" }), Some("client_secret"), "32 characters"),
            (json!({ "redirect_uri": "https://a.fr/cb" }), Some("redirect_uri"), "unknown field"),
            (json!({ "redirect_uris": ["a.fr"] }), None, "no http or https address"),
        ];
        let id = "5d22bacd-14a7-47d9-a3e1-d40b5cde66ee";
        for (change, expected, message) in rows {
            let error = patch::<Service>(&directory(), id, object(&change)).expect_err("refused");
            assert!(error.to_string().contains(message), "{change}: {error}");
            let field = match error {
                RegistrationError::Invalid { field, .. } => field,
                _ => None,
            };
            assert_eq!(field.as_deref(), expected, "{change}");
        }
    }

    #[test]
    fn what_others_refer_to_cannot_be_removed() {
        let error = remove::<Organisation>(&directory(), "13002526500013").expect_err("refused");

        assert!(error.to_string().contains("user@yopmail.com"), "{error}");
    }

    #[test]
    fn the_name_of_an_entry_cannot_change() {
        let change = object(&json!({ "uid": "other" }));

        let error = patch::<IdentityProvider>(&directory(), "fia1", change).expect_err("refused");

        assert!(matches!(error, RegistrationError::OtherKey { field: "uid", .. }));
    }
}
