//! English articles.

use super::{Block, Section};
use crate::operator::{Accessibility, Operator};

pub(super) fn accessibility(operator: &Operator) -> Vec<Section> {
    let state = match operator.accessibility {
        Accessibility::None => {
            "{service} does not comply with the French accessibility reference (RGAA 4.1): it has \
             not been audited yet."
        }
        Accessibility::Partial => {
            "{service} complies in part with the French accessibility reference (RGAA 4.1)."
        }
        Accessibility::Full => {
            "{service} complies fully with the French accessibility reference (RGAA 4.1)."
        }
    };
    let mut feedback = vec![Block::text(
        "If you cannot access some content or function, write to those in charge of the service: \
         they will lead you to an accessible solution, or give you the content in another form.",
    )];
    feedback.extend(Block::reach("To reach them:", operator.support.as_ref()));
    vec![
        Section {
            heading: "Scope of this statement",
            blocks: vec![Block::text(
                "This statement is about the online service {service}, under article 47 of the \
                 French law no. 2005-102 of 11 February 2005.",
            )],
        },
        Section { heading: "Compliance status", blocks: vec![Block::text(state)] },
        Section {
            heading: "What is checked",
            blocks: vec![
                Block::text("At every change, automatic checks verify:"),
                Block::List(vec![
                    "the code of each page, in the light and in the dark theme;".to_owned(),
                    "contrasts, use by keyboard and the visibility of focus;".to_owned(),
                    "the display on a screen 320 pixels wide, and enlarged by 400%.".to_owned(),
                ]),
                Block::text("These checks do not replace an audit."),
            ],
        },
        Section { heading: "Report a defect", blocks: feedback },
        Section {
            heading: "If the answer does not satisfy you",
            blocks: vec![
                Block::text(
                    "If you reported a defect that keeps you from some content, and the answer \
                     does not satisfy you, you can:",
                ),
                Block::List(vec![
                    "write to the Défenseur des droits, by its online form or through its \
                     delegate in your region;"
                        .to_owned(),
                    "send it a letter free of charge, without a stamp: Défenseur des droits, \
                     Libre réponse 71120, 75342 Paris CEDEX 07, France."
                        .to_owned(),
                ]),
            ],
        },
    ]
}

pub(super) fn legal(operator: &Operator) -> Vec<Section> {
    let mut sections = vec![
        Section {
            heading: "Publisher",
            blocks: Block::fact(
                operator.publisher.as_ref(),
                "This service is published by the organisation that operates it. Its name and \
                 address are on its institutional site.",
            ),
        },
        Section {
            heading: "Publication director",
            blocks: Block::fact(
                operator.director.as_ref(),
                "The person who heads the organisation that operates this service.",
            ),
        },
        Section {
            heading: "Hosting",
            blocks: Block::fact(
                operator.host.as_ref(),
                "The service is hosted by the organisation that operates it, or by the provider \
                 it has chosen.",
            ),
        },
    ];
    if let Some(support) = &operator.support {
        sections.push(Section {
            heading: "Contact",
            blocks: vec![Block::Reach("To reach the support of the service:", support.clone())],
        });
    }
    sections
}

pub(super) fn personal_data(operator: &Operator) -> Vec<Section> {
    let mut rights = vec![Block::text(
        "You can ask the data protection officer of the organisation that operates the service \
         for access, correction or erasure, or object to the processing. You can also complain \
         to the CNIL.",
    )];
    rights.extend(Block::reach("To reach the officer:", operator.dpo.as_ref()));
    vec![
        Section {
            heading: "What we receive",
            blocks: vec![
                Block::text("When you sign in, ProConnect sends us:"),
                Block::List(vec![
                    "your given and usual names;".to_owned(),
                    "your professional email address, and your phone number if known;".to_owned(),
                    "your organisation: name, SIRET number, whether it is a public service;"
                        .to_owned(),
                    "the level of the sign-in, and the means used;".to_owned(),
                    "the identifiers by which you are recognised from one sign-in to the next."
                        .to_owned(),
                ]),
                Block::text("Your password is never sent to us."),
            ],
        },
        Section {
            heading: "What we do with it",
            blocks: vec![Block::text(
                "This data serves to recognise you, to decide whether the service is open to you \
                 and to display your account. It is kept encrypted for the time of your session, \
                 then erased.",
            )],
        },
        Section {
            heading: "Security logs",
            blocks: vec![Block::text(
                "Sign-ins, refusals and sign-outs are noted without your name or email address, \
                 so that an intrusion can be found and measured.",
            )],
        },
        Section { heading: "Your rights", blocks: rights },
    ]
}

pub(super) fn cookies() -> Vec<Section> {
    vec![
        Section {
            heading: "No trackers",
            blocks: vec![Block::text(
                "This site does not measure its audience and shows no advertising. It therefore \
                 has no consent to ask you for.",
            )],
        },
        Section {
            heading: "What the service needs",
            blocks: vec![Block::List(vec![
                "A session cookie while you are signed in.".to_owned(),
                "A cookie of a few minutes while you are signing in.".to_owned(),
                "Your choice of a light or dark theme, kept in your browser and never sent."
                    .to_owned(),
            ])],
        },
    ]
}
