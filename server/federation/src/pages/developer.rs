//! Owns the developer's pages: what stands on each of them, and in which words.

mod checks;
mod journal;
mod moderation;
mod snippets;

use askama::Template;

use crate::config::{Audience, IdentityProvider, Profile, Service};
use crate::protocol::SigningAlg;
use crate::scenario::{Scenario, Texts};
use crate::test_accounts::TestAccount;

pub(crate) use journal::{EventRow, ReportView, clock_time, iso};
pub(crate) use moderation::ModerationPage;
pub(crate) use snippets::{Snippet, snippets};

/// The pages that the tabs lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Home,
    Services,
    Providers,
    Requests,
    Events,
    Scenarios,
    Moderation,
    Settings,
}

impl Tab {
    const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Home, "/", "Accueil"),
        (Self::Services, "/services", "Services"),
        (Self::Providers, "/fournisseurs", "Fournisseurs"),
        (Self::Requests, "/demandes", "Demandes"),
        (Self::Events, "/evenements", "Événements"),
        (Self::Scenarios, "/scenarios", "Scénarios"),
        (Self::Moderation, "/moderation", "Modération"),
        (Self::Settings, "/reglages", "Réglages"),
    ];
}

/// What surrounds each page.
#[derive(Debug)]
pub(crate) struct Frame {
    tabs: Vec<TabLink>,
    notice: Option<&'static str>,
    /// Whether forms may change something.
    controls: bool,
}

#[derive(Debug)]
struct TabLink {
    href: String,
    label: &'static str,
    current: bool,
}

impl Frame {
    /// The surroundings of a page. `mail` is where the mail sink is.
    pub(crate) fn new(
        current: Tab,
        mail: &str,
        controls: bool,
        notice: Option<&'static str>,
    ) -> Self {
        let mut tabs: Vec<_> = Tab::ALL
            .into_iter()
            .map(|(tab, href, label)| TabLink {
                href: href.to_owned(),
                label,
                current: tab == current,
            })
            .collect();
        tabs.push(TabLink { href: mail.to_owned(), label: "Courriels", current: false });
        Self { tabs, notice, controls }
    }
}

/// `GET /`
#[derive(Debug, Template)]
#[template(path = "developer/home.html")]
pub(crate) struct HomePage {
    pub(crate) frame: Frame,
    pub(crate) issuer: String,
    pub(crate) identite: String,
    pub(crate) demo: String,
    pub(crate) profile: &'static str,
    pub(crate) session: Option<OpenSession>,
    pub(crate) services: Vec<ServiceView>,
    pub(crate) accounts: Vec<TestAccount>,
    /// In seconds since 1970.
    pub(crate) now: i64,
    pub(crate) reports: Vec<ReportView>,
}

/// The sign-in that the browser has at the hub.
#[derive(Debug)]
pub(crate) struct OpenSession {
    pub(crate) email: String,
    pub(crate) provider: String,
    pub(crate) acr: &'static str,
}

/// `GET /services`
#[derive(Debug, Template)]
#[template(path = "developer/services.html")]
pub(crate) struct ServicesPage {
    pub(crate) frame: Frame,
    pub(crate) services: Vec<ServiceView>,
}

/// `GET /services/{client_id}`
#[derive(Debug, Template)]
#[template(path = "developer/service.html")]
pub(crate) struct ServicePage {
    pub(crate) frame: Frame,
    pub(crate) service: ServiceView,
    pub(crate) snippets: Vec<Snippet>,
}

/// A registered service.
#[derive(Debug)]
pub(crate) struct ServiceView {
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) post_logout_redirect_uris: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) algorithms: String,
    pub(crate) audience: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) active: bool,
    /// The title of the scenario that waits for its next sign-in.
    pub(crate) scenario: Option<&'static str>,
}

impl ServiceView {
    /// A service in a federation whose own profile is the one given.
    pub(crate) fn new(service: &Service, profile: Profile, armed: Option<Scenario>) -> Self {
        Self {
            name: service.name.clone(),
            client_id: service.client_id.clone(),
            redirect_uris: service.redirect_uris.clone(),
            post_logout_redirect_uris: service.post_logout_redirect_uris.clone(),
            scopes: service.scopes.iter().map(str::to_owned).collect(),
            algorithms: algorithms(
                service.id_token_signed_response_alg,
                service.userinfo_signed_response_alg,
            ),
            audience: match service.audience {
                Audience::Public => "agents publics seulement (type public)",
                Audience::Private => "agents publics et salariés du privé (type private)",
            },
            profile: profile_name(service.profile.unwrap_or(profile)),
            active: service.active,
            scenario: armed.map(|scenario| scenario.texts().title),
        }
    }
}

/// `GET /fournisseurs`
#[derive(Debug, Template)]
#[template(path = "developer/providers.html")]
pub(crate) struct ProvidersPage {
    pub(crate) frame: Frame,
    pub(crate) providers: Vec<ProviderView>,
}

/// A registered identity provider.
#[derive(Debug)]
pub(crate) struct ProviderView {
    uid: String,
    title: String,
    domains: String,
    algorithms: String,
    mfa_compliant: bool,
    default_siret: Option<String>,
    routing_enabled: bool,
    active: bool,
}

impl ProviderView {
    pub(crate) fn new(provider: &IdentityProvider) -> Self {
        Self {
            uid: provider.uid.clone(),
            title: provider.title.clone(),
            domains: if provider.default {
                "tous les autres".to_owned()
            } else {
                provider.domains.join(", ")
            },
            algorithms: algorithms(
                provider.id_token_signed_response_alg,
                provider.userinfo_signed_response_alg,
            ),
            mfa_compliant: provider.mfa_compliant,
            default_siret: provider.default_siret.as_ref().map(ToString::to_string),
            routing_enabled: provider.routing_enabled,
            active: provider.active,
        }
    }
}

/// `GET /demandes`
#[derive(Debug, Template)]
#[template(path = "developer/requests.html")]
pub(crate) struct RequestsPage {
    pub(crate) frame: Frame,
    pub(crate) reports: Vec<ReportView>,
}

/// `GET /evenements`
#[derive(Debug, Template)]
#[template(path = "developer/events.html")]
pub(crate) struct EventsPage {
    pub(crate) frame: Frame,
    pub(crate) events: Vec<EventRow>,
}

/// `GET /scenarios`
#[derive(Debug, Template)]
#[template(path = "developer/scenarios.html")]
pub(crate) struct ScenariosPage {
    pub(crate) frame: Frame,
    pub(crate) armed: Vec<ArmedScenario>,
    pub(crate) services: Vec<ServiceOption>,
    pub(crate) scenarios: Vec<ScenarioView>,
}

/// A scenario that waits for a sign-in.
#[derive(Debug)]
pub(crate) struct ArmedScenario {
    pub(crate) client_id: String,
    pub(crate) service: String,
    pub(crate) scenario: &'static str,
}

/// A service to arm a scenario for.
#[derive(Debug)]
pub(crate) struct ServiceOption {
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) selected: bool,
}

/// A scenario with its texts.
#[derive(Debug)]
pub(crate) struct ScenarioView {
    name: &'static str,
    texts: Texts,
}

impl ScenarioView {
    /// All of them, in the order of a sign-in.
    pub(crate) fn all() -> Vec<Self> {
        Scenario::ALL.map(|scenario| Self { name: scenario.name(), texts: scenario.texts() }).into()
    }
}

/// `GET /reglages`
#[derive(Debug, Template)]
#[template(path = "developer/settings.html")]
pub(crate) struct SettingsPage {
    pub(crate) frame: Frame,
    pub(crate) profile: &'static str,
    pub(crate) now: String,
    pub(crate) now_iso: String,
    /// How far the federation's clock is ahead of the machine's, in seconds.
    pub(crate) offset: i64,
    /// Seconds to move on by, with their name.
    pub(crate) steps: &'static [(i64, &'static str)],
}

/// What came of a sign-in at the federation's own trial service.
#[derive(Debug, Template)]
#[template(path = "developer/trial.html")]
pub(crate) struct TrialPage {
    pub(crate) frame: Frame,
    pub(crate) error: Option<String>,
    /// The content of the ID token, as JSON text.
    pub(crate) id_token: String,
    /// The claims of userinfo, as JSON text.
    pub(crate) userinfo: String,
}

/// The name of a profile.
pub(crate) fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Synthesis2025 => "2025",
        Profile::Production2026 => "2026",
    }
}

fn algorithms(id_token: SigningAlg, userinfo: Option<SigningAlg>) -> String {
    let userinfo = userinfo.map_or("JSON", SigningAlg::as_str);
    format!("id_token {}, userinfo {userinfo}", id_token.as_str())
}
