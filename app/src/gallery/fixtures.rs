//! People and answers that do not exist, for the states of the gallery.

use crate::preset::Preset;
use crate::session::SessionState;
use crate::wire::{
    DetailView, IdentityView, LevelView, ListedSession, OrganisationView, ProviderView,
    SessionsView, SignedInView, SpaceView,
};

/// A Sunday in March, in seconds since 1970-01-01 UTC: nothing here depends on the day.
const NOW: i64 = 1_772_366_700;

#[expect(clippy::unnecessary_wraps, reason = "claims are optional")]
fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn details(pairs: &[(&str, &str)]) -> Vec<DetailView> {
    let detail = |(claim, value): &(&str, &str)| DetailView {
        claim: (*claim).to_owned(),
        value: (*value).to_owned(),
    };
    pairs.iter().map(detail).collect()
}

/// A civil servant of whom everything is known.
pub(super) fn agent() -> SignedInView {
    SignedInView {
        identity: IdentityView {
            given_name: text("Angèle"),
            usual_name: text("L’Étang-Dupont"),
            email: text("angele.letang-dupont@ville-exemple.fr"),
            phone_number: text("+33 1 23 45 67 89"),
            details: details(&[
                ("sub", "3f6c1f0e-6a52-4e0e-9a39-3f5b0d5f8c11"),
                ("uid", "aletang"),
                ("organizational_unit", "Direction des finances"),
                ("belonging_population", "agent"),
                ("chorusdt:matricule", "ALETANG"),
                ("chorusdt:societe", "VEX"),
                ("idp_acr", "eidas1"),
                ("custom.grade", "Attachée principale"),
            ]),
        },
        organisation: OrganisationView {
            label: text("Commune d’Exemple-sur-Marne - Mairie"),
            siret: text("21920023500014"),
            roles: vec!["agent_public".to_owned(), "agent_public_territorial".to_owned()],
        },
        provider: ProviderView {
            idp_id: text("ville-exemple"),
            name: text("Ville d’Exemple-sur-Marne"),
        },
        level: LevelView { acr: text("eidas1"), amr: vec!["pwd".to_owned()] },
        signed_in_at: NOW - 3600,
        expires_at: NOW + 1800,
        ends_at: NOW + 36_000,
        read_at: NOW - 3600,
        now: NOW,
        person: "person".to_owned(),
    }
}

/// The same, signed in in two steps.
pub(super) fn agent_in_two_steps() -> SignedInView {
    let amr = ["pwd", "otp", "mfa"].map(str::to_owned).to_vec();
    SignedInView { level: LevelView { acr: text("eidas2"), amr }, ..agent() }
}

/// An employee of whom ProConnect tells the least that it can.
pub(super) fn employee() -> SignedInView {
    SignedInView {
        identity: IdentityView {
            email: text("a@exemple.fr"),
            details: details(&[("sub", "0b9e7a54-2c11-4d7e-8a5f-77a1f0c2d3e4")]),
            ..IdentityView::default()
        },
        organisation: OrganisationView {
            siret: text("81801912700021"),
            ..OrganisationView::default()
        },
        provider: ProviderView::default(),
        level: LevelView { acr: None, amr: vec!["mail".to_owned()] },
        ..agent()
    }
}

/// Somebody whose names fill every line.
pub(super) fn long_names() -> SignedInView {
    let agent = agent();
    SignedInView {
        identity: IdentityView {
            given_name: text("Marie-Antoinette Élisabeth Geneviève"),
            usual_name: text("de la Rochefoucauld-Montmorency-Luxembourg"),
            email: text(
                "marie-antoinette.de-la-rochefoucauld-montmorency@developpement-durable.gouv.fr",
            ),
            ..agent.identity
        },
        organisation: OrganisationView {
            label: text(
                "Direction régionale et interdépartementale de l’environnement, de \
                 l’aménagement et des transports d’Île-de-France",
            ),
            ..agent.organisation
        },
        ..agent
    }
}

/// A preset in which that person is signed in.
pub(super) fn signed_in(view: SignedInView) -> Preset {
    Preset { session: SessionState::SignedIn(Box::new(view)), ..Preset::default() }
}

/// A preset in which nobody is.
pub(super) fn anonymous() -> Preset {
    Preset { session: SessionState::Anonymous, ..Preset::default() }
}

/// As many sessions as asked for, the first being the one in use.
pub(super) fn sessions(count: usize) -> SessionsView {
    let devices = [("Firefox", "Windows"), ("Safari", "iPhone"), ("Chrome", "Android")];
    let sessions =
        devices.into_iter().cycle().take(count).zip(0..).map(|((browser, system), index)| {
            ListedSession {
                id: format!("session-{index}"),
                browser: text(browser),
                system: text(system),
                first_seen: NOW - 86_400 * (index + 1),
                last_seen: NOW - 600 * index,
                current: index == 0,
            }
        });
    SessionsView { sessions: sessions.collect() }
}

/// What the protected space holds.
pub(super) fn space() -> SpaceView {
    SpaceView { note: "Rappeler le service des marchés avant vendredi.".to_owned() }
}
