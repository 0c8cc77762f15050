//! Owns what the local register calls the activities of its establishments.

/// The activities that the shipped register uses, by their code (NAF rev. 2).
const LABELS: &[(&str, &str)] = &[
    ("01.50Z", "Culture et élevage associés"),
    ("47.64Z", "Commerce de détail d'articles de sport en magasin spécialisé"),
    ("62.01Z", "Programmation informatique"),
    ("62.02A", "Conseil en systèmes et logiciels informatiques"),
    ("68.20B", "Location de terrains et d'autres biens immobiliers"),
    ("70.10Z", "Activités des sièges sociaux"),
    ("84.11Z", "Administration publique générale"),
    ("84.12Z", "Administration publique (tutelle) de la santé, de la culture et du social"),
    ("84.13Z", "Administration publique (tutelle) des activités économiques"),
    ("84.22Z", "Défense"),
    ("84.25Z", "Services du feu et de secours"),
    ("85.10Z", "Enseignement pré-primaire"),
    ("85.20Z", "Enseignement primaire"),
    ("85.31Z", "Enseignement secondaire général"),
    ("85.42Z", "Enseignement supérieur"),
    ("86.10Z", "Activités hospitalières"),
    ("86.21Z", "Activité des médecins généralistes"),
    ("88.99B", "Action sociale sans hébergement n.c.a."),
    ("94.99Z", "Autres organisations fonctionnant par adhésion volontaire"),
];

/// What an activity is called; nothing for those that the register does not use.
pub(super) fn label(code: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == code).map(|(_, label)| *label)
}
