//! Owns what common makers of passkeys are called, by the AAGUID that their devices report. The
//! source is the community's list that web sites use for this
//! (<https://github.com/passkeydeveloper/passkey-authenticator-aaguids>); a device that is not
//! listed, or reports nothing, leaves the key without a maker.

const MAKERS: [(&str, &str); 18] = [
    ("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Trousseau iCloud"),
    ("dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "Trousseau iCloud (géré)"),
    ("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Gestionnaire de mots de passe de Google"),
    ("adce0002-35bc-c60a-648b-0b25f1f05503", "Chrome sur Mac"),
    ("b5397666-4885-aa6b-cebf-e52262a439a2", "Navigateur Chromium"),
    ("771b48fd-d3d4-4f74-9232-fc157ab0507a", "Edge sur Mac"),
    ("08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello"),
    ("9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello"),
    ("6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello"),
    ("53414d53-554e-4700-0000-000000000000", "Samsung Pass"),
    ("bada5566-a7aa-401f-bd96-45619a55120d", "1Password"),
    ("d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden"),
    ("531126d6-e717-415c-9320-3d9aa6981239", "Dashlane"),
    ("f3809540-7f14-49c1-a8b3-8f813b225541", "Enpass"),
    ("fdb141b2-5d84-443e-8a35-4698c205a502", "KeePassXC"),
    ("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6", "Keeper"),
    ("b84e4048-15dc-4dd0-8640-f4f60813c8af", "NordPass"),
    ("50726f74-6f6e-5061-7373-50726f746f6e", "Proton Pass"),
];

/// What a new passkey is called: by its maker, else by the beginning of its identifier.
pub(super) fn name(aaguid: Option<[u8; 16]>, credential_id: &str) -> String {
    let aaguid = aaguid.map(|bytes| uuid::Uuid::from_bytes(bytes).to_string());
    let maker = MAKERS.iter().find(|(known, _)| aaguid.as_deref() == Some(known));
    maker.map_or_else(
        || format!("Clé {}", credential_id.chars().take(10).collect::<String>()),
        |(_, name)| (*name).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makers_are_named_and_others_show_their_identifier() {
        let bitwarden = uuid::uuid!("d548826e-79b4-db40-a3d8-11116f7e8349").into_bytes();
        let rows = [
            (Some(bitwarden), "Bitwarden"),
            (Some([0; 16]), "Clé AbC-_01234"),
            (None, "Clé AbC-_01234"),
        ];
        for (aaguid, expected) in rows {
            assert_eq!(name(aaguid, "AbC-_0123456789"), expected);
        }
        assert_eq!(name(None, "AbC"), "Clé AbC");
    }

    #[test]
    fn the_list_is_written_as_it_is_compared() {
        for (aaguid, name) in MAKERS {
            let parsed = uuid::Uuid::parse_str(aaguid).expect(name);
            assert_eq!(parsed.to_string(), aaguid);
        }
    }
}
