//! French articles.

use super::{Block, Section};
use crate::operator::{Accessibility, Operator};

pub(super) fn accessibility(operator: &Operator) -> Vec<Section> {
    let state = match operator.accessibility {
        Accessibility::None => {
            "{service} n’est pas en conformité avec le référentiel général d’amélioration de \
             l’accessibilité (RGAA 4.1)\u{a0}: aucun audit n’a encore été réalisé."
        }
        Accessibility::Partial => {
            "{service} est en conformité partielle avec le référentiel général d’amélioration de \
             l’accessibilité (RGAA 4.1)."
        }
        Accessibility::Full => {
            "{service} est en conformité totale avec le référentiel général d’amélioration de \
             l’accessibilité (RGAA 4.1)."
        }
    };
    let mut feedback = vec![Block::text(
        "Si vous n’arrivez pas à accéder à un contenu ou à une fonction, écrivez au responsable \
         du service\u{a0}: il vous orientera vers une solution accessible, ou vous donnera le \
         contenu sous une autre forme.",
    )];
    feedback.extend(Block::reach("Pour le joindre\u{a0}:", operator.support.as_ref()));
    vec![
        Section {
            heading: "Portée de cette déclaration",
            blocks: vec![Block::text(
                "Cette déclaration s’applique au service en ligne {service}, au titre de \
                 l’article 47 de la loi n°\u{a0}2005-102 du 11 février 2005.",
            )],
        },
        Section { heading: "État de conformité", blocks: vec![Block::text(state)] },
        Section {
            heading: "Ce qui est contrôlé",
            blocks: vec![
                Block::text("À chaque modification, des contrôles automatiques vérifient\u{a0}:"),
                Block::List(vec![
                    "le code de chaque page, en thème clair et en thème sombre\u{a0};".to_owned(),
                    "les contrastes, la navigation au clavier et la visibilité du focus\u{a0};"
                        .to_owned(),
                    "l’affichage sur un écran de 320\u{a0}pixels de large, et à 400\u{a0}% \
                     d’agrandissement."
                        .to_owned(),
                ]),
                Block::text("Ces contrôles ne remplacent pas un audit."),
            ],
        },
        Section { heading: "Signaler un défaut", blocks: feedback },
        Section {
            heading: "Voies de recours",
            blocks: vec![
                Block::text(
                    "Si vous avez signalé un défaut qui vous empêche d’accéder à un contenu, et \
                     que la réponse ne vous satisfait pas, vous pouvez\u{a0}:",
                ),
                Block::List(vec![
                    "écrire au Défenseur des droits, par son formulaire en ligne ou par \
                     l’intermédiaire de son délégué dans votre région\u{a0};"
                        .to_owned(),
                    "lui adresser un courrier gratuit, sans timbre\u{a0}: Défenseur des droits, \
                     Libre réponse 71120, 75342 Paris CEDEX\u{a0}07."
                        .to_owned(),
                ]),
            ],
        },
    ]
}

pub(super) fn legal(operator: &Operator) -> Vec<Section> {
    let mut sections = vec![
        Section {
            heading: "Éditeur",
            blocks: Block::fact(
                operator.publisher.as_ref(),
                "Ce service est publié par l’organisation qui l’exploite. Son nom et son adresse \
                 figurent sur son site institutionnel.",
            ),
        },
        Section {
            heading: "Directeur ou directrice de la publication",
            blocks: Block::fact(
                operator.director.as_ref(),
                "La personne qui dirige l’organisation qui exploite ce service.",
            ),
        },
        Section {
            heading: "Hébergement",
            blocks: Block::fact(
                operator.host.as_ref(),
                "Le service est hébergé par l’organisation qui l’exploite, ou par le prestataire \
                 qu’elle a choisi.",
            ),
        },
    ];
    if let Some(support) = &operator.support {
        sections.push(Section {
            heading: "Contact",
            blocks: vec![Block::Reach(
                "Pour joindre l’assistance du service\u{a0}:",
                support.clone(),
            )],
        });
    }
    sections
}

pub(super) fn personal_data(operator: &Operator) -> Vec<Section> {
    let mut rights = vec![Block::text(
        "Vous pouvez demander l’accès à vos données, leur rectification ou leur effacement, ou \
         vous opposer à leur traitement, auprès du délégué à la protection des données de \
         l’organisation qui exploite le service. Vous pouvez aussi saisir la CNIL.",
    )];
    rights.extend(Block::reach("Pour joindre le délégué\u{a0}:", operator.dpo.as_ref()));
    vec![
        Section {
            heading: "Ce que nous recevons",
            blocks: vec![
                Block::text("Lors de votre connexion, ProConnect nous transmet\u{a0}:"),
                Block::List(vec![
                    "vos prénom et nom d’usage\u{a0};".to_owned(),
                    "votre adresse électronique professionnelle, et votre téléphone s’il est \
                     connu\u{a0};"
                        .to_owned(),
                    "votre organisation\u{a0}: nom, numéro SIRET, appartenance au service \
                     public\u{a0};"
                        .to_owned(),
                    "le niveau de garantie de la connexion, et les moyens utilisés\u{a0};"
                        .to_owned(),
                    "les identifiants qui permettent de vous reconnaître d’une connexion à \
                     l’autre."
                        .to_owned(),
                ]),
                Block::text("Votre mot de passe ne nous est jamais transmis."),
            ],
        },
        Section {
            heading: "Ce que nous en faisons",
            blocks: vec![Block::text(
                "Ces données servent à vous reconnaître, à décider si le service vous est ouvert et \
                 à afficher votre compte. Elles sont conservées, chiffrées, le temps de votre \
                 session, puis effacées.",
            )],
        },
        Section {
            heading: "Journaux de sécurité",
            blocks: vec![Block::text(
                "Les connexions, les refus et les déconnexions sont consignés sans votre nom ni \
                 votre adresse électronique, pour pouvoir déceler une intrusion et en mesurer \
                 l’étendue.",
            )],
        },
        Section { heading: "Vos droits", blocks: rights },
    ]
}

pub(super) fn cookies() -> Vec<Section> {
    vec![
        Section {
            heading: "Aucun traceur",
            blocks: vec![Block::text(
                "Ce site ne mesure pas votre audience et n’affiche pas de publicité. Il n’a donc \
                 pas de consentement à vous demander.",
            )],
        },
        Section {
            heading: "Ce qui est nécessaire au service",
            blocks: vec![Block::List(vec![
                "Un cookie de session, le temps de votre connexion.".to_owned(),
                "Un cookie de quelques minutes pendant que vous vous identifiez.".to_owned(),
                "Votre choix de thème clair ou sombre, gardé dans votre navigateur et jamais \
                 transmis."
                    .to_owned(),
            ])],
        },
    ]
}
