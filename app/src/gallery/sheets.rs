//! Sheets: each shows one component in all its variants, with the file that makes it.

use leptos::prelude::*;

use crate::components::{
    Accordion, Alert, AlertKind, Badge, BadgeKind, BusyButton, Button, ButtonKind, ButtonLink,
    Card, ConnectButton, CopyButton, ExternalLink, Failure, Field, FieldKind, FranceConnectButton,
    Modal, Notice, NoticeKind, PasswordField, Row, Select, SelectOption, Stepper, Summary, Table,
    Tile, Value,
};
use crate::live::live;
use crate::slot::Slot;
use crate::wire::ApiProblem;

/// A component, to be looked at alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    /// The file that makes it, below `app/src/components`.
    pub file: &'static str,
    /// The id of what is open in it.
    pub open: &'static str,
    /// Its variants, each with what designers call it.
    pub variants: fn() -> Vec<(&'static str, Slot)>,
}

/// The sheet as a page.
pub(super) fn view_of(title: &'static str, sheet: Sheet) -> Slot {
    let variants = (sheet.variants)().into_iter().map(|(name, variant)| {
        view! {
            <section class="app-variant">
                <h2 class="app-variant__name">{name}</h2>
                {variant}
            </section>
        }
    });
    Slot::of(view! {
        <main id="contenu" role="main" tabindex="-1" class="fr-container app-section">
            <h1 class="fr-h3">{title}</h1>
            <p class="app-mention">
                <code>"app/src/components/"{sheet.file}</code>
            </p>
            {variants.collect_view()}
        </main>
    })
}

macro_rules! sheet {
    ($file:literal, $open:literal, $($name:literal => { $($view:tt)+ })*) => {
        Sheet {
            file: $file,
            open: $open,
            variants: || vec![$(($name, Slot::of(view! { $($view)+ }))),*],
        }
    };
}

pub(super) const BUTTONS: Sheet = sheet! {
    "button.rs", "",
    "Principal" => { <Button kind=ButtonKind::Primary label="Enregistrer" press=nothing()/> }
    "Secondaire" => { <Button kind=ButtonKind::Secondary label="Actualiser" press=nothing()/> }
    "Tertiaire" => { <Button kind=ButtonKind::Tertiary label="Copier" press=nothing()/> }
    "Désactivé" => {
        <Button kind=ButtonKind::Primary label="Enregistrer" disabled=true press=nothing()/>
    }
    "Lien" => { <ButtonLink kind=ButtonKind::Primary href=here() label="Voir mon compte"/> }
    "Lien secondaire" => {
        <ButtonLink kind=ButtonKind::Secondary href=here() label="Revenir à l’accueil"/>
    }
};

pub(super) const BUSY_BUTTON: Sheet = sheet! {
    "busy_button.rs", "",
    "Au repos" => {
        <BusyButton
            class=ButtonKind::Primary.class()
            busy=RwSignal::new(false)
            label="Enregistrer"
            busy_label="Enregistrement…"
        />
    }
    "Au travail" => {
        <BusyButton
            class=ButtonKind::Primary.class()
            busy=RwSignal::new(true)
            label="Enregistrer"
            busy_label="Enregistrement…"
        />
    }
    "Copie dans le presse-papiers" => {
        <CopyButton
            text="21920023500014".to_owned()
            label="Copier le SIRET"
            done="SIRET copié."
            failed="Votre navigateur a refusé la copie."
        />
    }
};

pub(super) const CONNECT_BUTTON: Sheet = sheet! {
    "connect_button.rs", "",
    "Seul" => { <ConnectButton href=live(here)/> }
    "Sur fond gris" => {
        <div class="app-panel">
            <ConnectButton href=live(here)/>
        </div>
    }
    "À côté de FranceConnect (france_connect_button.rs)" => {
        <ConnectButton href=live(here)/>
        <FranceConnectButton href=here()/>
    }
};

pub(super) const LINKS: Sheet = sheet! {
    "external_link.rs", "",
    "Dans un texte" => {
        <p>"Vos informations viennent de votre organisation : " <a href=here()>"en savoir plus"</a> "."</p>
    }
    "Seul" => { <a class="fr-link" href=here()>"Voir mon compte"</a> }
    "Vers un autre site" => { <ExternalLink href="https://www.proconnect.gouv.fr/" text="ProConnect"/> }
};

pub(super) const ALERTS: Sheet = sheet! {
    "alert.rs", "",
    "Information" => {
        <Alert kind=AlertKind::Info title="À savoir" text="Votre organisation a changé de nom."/>
    }
    "Succès" => {
        <Alert kind=AlertKind::Success title="C’est enregistré" text="Votre note a été gardée."/>
    }
    "Attention" => {
        <Alert
            kind=AlertKind::Warning
            title="Attention"
            text="Votre session atteint sa durée maximale dans cinq minutes."
        />
    }
    "Erreur" => {
        <Alert
            kind=AlertKind::Error
            title="Erreur : rien n’a été enregistré"
            text="Le service est indisponible. Réessayez dans quelques minutes."
        />
    }
    "Erreur, avec une nouvelle tentative (failure.rs)" => {
        <Failure
            title="Vos sessions n’ont pas pu être lues"
            problem=ApiProblem::Unavailable
            retry=nothing()
        />
    }
};

pub(super) const NOTICES: Sheet = sheet! {
    "notice.rs", "",
    "Information" => {
        <Notice
            kind=NoticeKind::Info
            title="Nouveau :"
            text="vous pouvez fermer vos sessions à distance."
        />
    }
    "Attention" => {
        <Notice
            kind=NoticeKind::Warning
            title="Attention :"
            text="le service sera arrêté dimanche de 8 h à 10 h."
        />
    }
    "Alerte" => {
        <Notice
            kind=NoticeKind::Alert
            title="Incident :"
            text="la connexion est plus lente que d’habitude."
        />
    }
};

pub(super) const BADGES: Sheet = sheet! {
    "badge.rs", "",
    "Information" => { <Badge kind=BadgeKind::Info text="Session en cours"/> }
    "Succès" => { <Badge kind=BadgeKind::Success text="Deux étapes"/> }
    "Nouveau" => { <Badge kind=BadgeKind::New text="Nouveau"/> }
    "Attention" => { <Badge kind=BadgeKind::Warning text="Une étape"/> }
    "Erreur" => { <Badge kind=BadgeKind::Error text="Fermée"/> }
};

pub(super) const CARDS: Sheet = sheet! {
    "card.rs", "",
    "Carte" => {
        <Card
            href=here()
            title="Espace protégé"
            text="Un bloc-notes que vous seul pouvez lire, après une connexion en deux étapes."
        />
    }
    "Carte de contenu" => {
        <div class="app-card">
            <p>"Un contenu sans lien, dans un cadre."</p>
        </div>
    }
};

pub(super) const TILES: Sheet = sheet! {
    "tile.rs", "",
    "Avec un détail" => {
        <Tile
            href=here()
            title="Organisation"
            summary=Value::Given("Commune d’Exemple-sur-Marne".to_owned())
            detail=Some(Value::Given("SIRET 219 200 235 00014".to_owned()))
            id="exemple-detail"
        />
    }
    "En attente" => {
        <Tile href=here() title="Identité" summary=Value::Pending id="exemple-attente"/>
    }
    "Sans réponse" => {
        <Tile href=here() title="Identité" summary=Value::Absent id="exemple-absence"/>
    }
};

pub(super) const SUMMARIES: Sheet = sheet! {
    "summary.rs", "",
    "Trois sortes de valeurs" => {
        <Summary
            title="Identité"
            rows=vec![
                Row::new("exemple-prenom", "Prénom", Value::Given("Angèle".to_owned())),
                Row {
                    code: Some("eidas1".to_owned()),
                    ..Row::new("exemple-niveau", "Niveau", Value::Given("Faible".to_owned()))
                },
                Row::new("exemple-telephone", "Téléphone", Value::Absent),
                Row::new("exemple-adresse", "Adresse électronique", Value::Pending),
            ]
        />
    }
};

pub(super) const TABLES: Sheet = sheet! {
    "table.rs", "",
    "Un tableau" => {
        <Table
            caption="Sessions ouvertes"
            columns=["Appareil", "Première activité", "Dernière activité"]
            rows=vec![
                ["Firefox sur Windows", "1 mars 2026", "aujourd’hui"].map(str::to_owned),
                ["Safari sur iPhone", "26 février 2026", "hier"].map(str::to_owned),
            ]
        />
    }
};

pub(super) const FIELDS: Sheet = sheet! {
    "field.rs", "",
    "Texte" => { {field(FieldKind::Text, "exemple-service", ("Service", "Par exemple : finances"), "", "")} }
    "Adresse électronique, remplie" => {
        {field(
            FieldKind::Email,
            "exemple-courriel",
            ("Adresse électronique professionnelle", "Format attendu : nom@domaine.fr"),
            "angele@ville-exemple.fr",
            "",
        )}
    }
    "Chiffres, en erreur" => {
        {field(
            FieldKind::Digits,
            "exemple-siret",
            ("SIRET de votre organisation", "14 chiffres"),
            "2192002350001",
            "Le SIRET a 14 chiffres ; il en manque un.",
        )}
    }
    "Désactivé" => {
        <Field
            kind=FieldKind::Text
            id="exemple-inactif"
            name="inactif"
            label="Service"
            hint="Communiqué par ProConnect"
            maxlength=80
            typed=RwSignal::new("Direction des finances".to_owned())
            error=RwSignal::new("")
            disabled=true
        />
    }
    "Liste (select.rs)" => {
        <Select
            name="exemple-langue"
            label="Langue"
            choices=vec![SelectOption::new("fr", "Français", true), SelectOption::new("en", "English", false)]
        />
    }
};

pub(super) const PASSWORDS: Sheet = sheet! {
    "password.rs", "",
    "Vide" => {
        <PasswordField
            id="exemple-mot-de-passe"
            label="Mot de passe"
            autocomplete="current-password"
            error=RwSignal::new("")
        />
    }
    "En erreur" => {
        <PasswordField
            id="exemple-nouveau"
            label="Nouveau mot de passe"
            autocomplete="new-password"
            error=RwSignal::new("Ce mot de passe est trop court : il faut 20 caractères.")
        />
    }
};

pub(super) const ACCORDIONS: Sheet = sheet! {
    "accordion.rs", "exemple-ouvert",
    "Ouvert" => {
        <Accordion
            id="exemple-ouvert"
            title="Qui peut utiliser ce service ?"
            content=Slot::of(view! { <p>"Les agents publics et les salariés."</p> })
        />
    }
    "Fermé" => {
        <Accordion
            id="exemple-ferme"
            title="Je n’ai pas de compte"
            content=Slot::of(view! { <p>"ProConnect en crée un à la première connexion."</p> })
        />
    }
};

pub(super) const STEPPERS: Sheet = sheet! {
    "stepper.rs", "",
    "Première étape" => {
        <Stepper title="Vos coordonnées" step=1 of=3 next=Some("Votre organisation")/>
    }
    "Dernière étape" => { <Stepper title="Vérification" step=3 of=3 next=None/> }
};

pub(super) const MODALS: Sheet = sheet! {
    "modal.rs", "exemple-modale",
    "Ouverte" => {
        <Modal
            id="exemple-modale"
            columns="fr-col-12 fr-col-md-8 fr-col-lg-6"
            dialog=NodeRef::new()
            title=live(|| "Fermer cette session ?")
            content=Slot::of(view! {
                <p>"L’appareil devra se reconnecter."</p>
                <Button kind=ButtonKind::Primary label="Fermer la session" press=nothing()/>
            })
        />
    }
};

/// A link that stays where one is.
fn here() -> String {
    "#contenu".to_owned()
}

/// A press that does nothing.
fn nothing() -> Box<dyn Fn()> {
    Box::new(|| ())
}

fn field(
    kind: FieldKind,
    id: &'static str,
    (label, hint): (&'static str, &'static str),
    typed: &'static str,
    error: &'static str,
) -> impl IntoView {
    view! {
        <Field
            kind=kind
            id=id
            name=id
            label=label
            hint=hint
            maxlength=80
            typed=RwSignal::new(typed.to_owned())
            error=RwSignal::new(error)
        />
    }
}
