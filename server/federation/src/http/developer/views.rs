//! What the pages show: the state of the federation at the moment of the request.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::clock::Clock as _;
use crate::config::{Config, Service};
use crate::http::hub::{ErrorPage, HubState};
use crate::http::output::page;
use crate::hub::HubError;
use crate::pages::developer::{
    ArmedScenario, EventRow, EventsPage, Frame, HomePage, OpenSession, ProviderView, ProvidersPage,
    ReportView, RequestsPage, ScenarioView, ScenariosPage, ServiceOption, ServicePage, ServiceView,
    ServicesPage, SettingsPage, Tab, clock_time, iso, profile_name, snippets,
};
use crate::{test_accounts, trial};

/// How many requests the home page shows.
const LATEST: usize = 5;
/// How many events are shown.
const EVENTS: usize = 200;

/// How far the clock can be moved on, in seconds.
const STEPS: &[(i64, &str)] =
    &[(60, "1 minute"), (3600, "1 heure"), (12 * 3600, "12 heures"), (90 * 24 * 3600, "90 jours")];

/// What an action says on the page that it leads back to.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The name of a notice.
    fait: Option<String>,
    /// The service that is preselected.
    service: Option<String>,
}

impl Asked {
    fn notice(&self) -> Option<&'static str> {
        Some(match self.fait.as_deref()? {
            "arme" => "Scénario armé pour la prochaine connexion.",
            "accepte" => "Demande acceptée.",
            "refuse" => "Demande refusée.",
            "annule" => "Scénario annulé.",
            "profil" => "Profil enregistré.",
            "horloge" => "Horloge réglée.",
            "remise-a-zero" => "Tout est remis à zéro.",
            _ => return None,
        })
    }
}

impl HubState {
    pub(super) fn frame(&self, tab: Tab, asked: &Asked) -> Frame {
        let controls = self.controls.directory.current().admin.enabled;
        Frame::new(tab, self.addresses.mail.as_str(), controls, asked.notice())
    }

    fn service_views(&self, config: &Config) -> Vec<ServiceView> {
        let view = |service: &Service| {
            let armed = self.controls.scenarios.armed(&service.client_id);
            ServiceView::new(service, config.profile, armed)
        };
        config.services.iter().map(view).collect()
    }

    fn reports(&self, config: &Config) -> Vec<ReportView> {
        let reports = self.controls.trail.reports();
        reports.iter().map(|report| ReportView::new(report, |id| name(config, id))).collect()
    }

    /// The sign-in that this browser has at the hub.
    async fn open_session(
        &self,
        headers: &HeaderMap,
        config: &Config,
    ) -> Result<Option<OpenSession>, ErrorPage> {
        let session = self.session(headers).await.map_err(|error| self.error(error))?;
        Ok(session.and_then(|session| session.data.login).map(|login| OpenSession {
            provider: config
                .identity_providers
                .iter()
                .find(|provider| provider.uid == login.provider_uid)
                .map_or(login.provider_uid, |provider| provider.title.clone()),
            email: login.email,
            acr: login.acr.as_str(),
        }))
    }
}

fn name(config: &Config, client_id: &str) -> Option<String> {
    let service = config.services.iter().find(|service| service.client_id == client_id);
    service.map(|service| service.name.clone())
}

/// `GET /`
pub(super) async fn home(
    State(state): State<HubState>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let config = state.controls.directory.current();
    let addresses = &state.addresses;
    let mut reports = state.reports(&config);
    reports.truncate(LATEST);
    let mut registered = state.service_views(&config);
    registered.retain(|service| service.client_id != trial::CLIENT_ID);
    Ok(page(
        StatusCode::OK,
        &HomePage {
            frame: state.frame(Tab::Home, &asked),
            issuer: addresses.issuer.to_string(),
            identite: addresses.identite.to_string(),
            demo: addresses.demo.to_string(),
            profile: profile_name(config.profile),
            session: state.open_session(&headers, &config).await?,
            services: registered,
            accounts: test_accounts::list(&config),
            now: state.hub.clock.unix(),
            reports,
        },
    ))
}

/// `GET /services`
pub(super) async fn services(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Response {
    let config = state.controls.directory.current();
    let services = state.service_views(&config);
    page(StatusCode::OK, &ServicesPage { frame: state.frame(Tab::Services, &asked), services })
}

/// `GET /services/{client_id}`
pub(super) async fn service(
    State(state): State<HubState>,
    Path(client_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let config = state.controls.directory.current();
    let found = config.services.iter().find(|service| service.client_id == client_id);
    let Some(service) = found else {
        let path = format!("/services/{client_id}");
        return Err(state.error(HubError::NotFound { method: "GET".to_owned(), path }));
    };
    let armed = state.controls.scenarios.armed(&client_id);
    Ok(page(
        StatusCode::OK,
        &ServicePage {
            frame: state.frame(Tab::Services, &asked),
            service: ServiceView::new(service, config.profile, armed),
            snippets: snippets(state.addresses.issuer.as_str(), service),
        },
    ))
}

/// `GET /fournisseurs`
pub(super) async fn providers(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Response {
    let config = state.controls.directory.current();
    let providers = config.identity_providers.iter().map(ProviderView::new).collect();
    page(StatusCode::OK, &ProvidersPage { frame: state.frame(Tab::Providers, &asked), providers })
}

/// `GET /demandes`
pub(super) async fn requests(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Response {
    let reports = state.reports(&state.controls.directory.current());
    page(StatusCode::OK, &RequestsPage { frame: state.frame(Tab::Requests, &asked), reports })
}

/// `GET /evenements`
pub(super) async fn events(State(state): State<HubState>, Query(asked): Query<Asked>) -> Response {
    let config = state.controls.directory.current();
    let events = state.controls.trail.events_since(DateTime::<Utc>::MIN_UTC);
    let rows = events.iter().rev().take(EVENTS);
    let events = rows.map(|event| EventRow::new(event, |id| name(&config, id))).collect();
    page(StatusCode::OK, &EventsPage { frame: state.frame(Tab::Events, &asked), events })
}

/// `GET /scenarios`
pub(super) async fn scenarios(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Response {
    let config = state.controls.directory.current();
    let armed = config.services.iter().filter_map(|service| {
        let scenario = state.controls.scenarios.armed(&service.client_id)?;
        Some(ArmedScenario {
            client_id: service.client_id.clone(),
            service: service.name.clone(),
            scenario: scenario.texts().title,
        })
    });
    let services = config.services.iter().map(|service| ServiceOption {
        client_id: service.client_id.clone(),
        name: service.name.clone(),
        selected: asked.service.as_ref() == Some(&service.client_id),
    });
    page(
        StatusCode::OK,
        &ScenariosPage {
            frame: state.frame(Tab::Scenarios, &asked),
            armed: armed.collect(),
            services: services.collect(),
            scenarios: ScenarioView::all(),
        },
    )
}

/// `GET /reglages`
pub(super) async fn settings(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Response {
    let now = state.controls.clock.now();
    page(
        StatusCode::OK,
        &SettingsPage {
            frame: state.frame(Tab::Settings, &asked),
            profile: profile_name(state.controls.directory.current().profile),
            now: format!("{} {}", now.format("%d/%m/%Y"), clock_time(now)),
            now_iso: iso(now),
            offset: state.controls.clock.offset(),
            steps: STEPS,
        },
    )
}
