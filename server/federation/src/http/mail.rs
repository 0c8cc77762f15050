//! The mail sink's routes: pages for people, and JSON with Maildev's field names below `/email`,
//! so that test suites written for Maildev work unchanged.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};
use url::Url;

use super::admin::Guard;
use super::input::header as text_header;
use super::output::{page, see_other};
use super::{assets, stack};
use crate::mail::{Mail, Mailbox};
use crate::pages::{MailPage, MailRow, MailsPage, NoMailPage};
use crate::storage::StoreError;

/// All routes of the mail sink, which is at one address; the developer's home page is at another.
pub(crate) fn router(mailbox: Mailbox, address: &Url, home: &Url) -> Router {
    let home = home.to_string();
    let routes = Router::new()
        .route("/", get(async move |mailbox| show_all(mailbox, home).await))
        .route("/mails/{id}", get(show))
        .route("/mails/delete", post(delete_and_show))
        .route("/email", get(list))
        .route("/email/all", axum::routing::delete(delete_all))
        .route("/email/{id}", get(read).delete(delete))
        .with_state(mailbox)
        .merge(assets::routes())
        .fallback(async || (StatusCode::NOT_FOUND, "Not found"))
        .layer(middleware::from_fn_with_state(Guard::new(address), guard));
    stack::wrap(routes)
}

struct MailError(StoreError);

impl From<StoreError> for MailError {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl IntoResponse for MailError {
    fn into_response(self) -> Response {
        let error = &self.0 as &dyn std::error::Error;
        tracing::error!(error, "the mailbox cannot be read");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// No page of another site may change anything, nor read mails through a name pointed here.
async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text_header(headers, header::HOST).unwrap_or_default();
    let admitted =
        guard.is_own_host(host) && (request.method().is_safe() || is_own(headers, &guard, host));
    if admitted {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "Cross-site requests are refused").into_response()
    }
}

/// Whether a request comes from a page of the sink itself, or from no page at all.
fn is_own(headers: &HeaderMap, guard: &Guard, host: &str) -> bool {
    let site = text_header(headers, header::HeaderName::from_static("sec-fetch-site"));
    let origin = text_header(headers, header::ORIGIN);
    site.is_none_or(|site| site == "same-origin" || site == "none")
        && origin.is_none_or(|origin| guard.is_own_origin(origin, host))
}

async fn show_all(State(mailbox): State<Mailbox>, home: String) -> Result<Response, MailError> {
    let mails = mailbox.list().await?;
    let rows = mails.iter().map(|mail| MailRow { mail, date: date_for_people(mail) }).collect();
    Ok(page(StatusCode::OK, &MailsPage { mails: rows, home, delivers: mailbox.delivers() }))
}

async fn show(
    State(mailbox): State<Mailbox>,
    Path(id): Path<String>,
) -> Result<Response, MailError> {
    Ok(match mailbox.read(&id).await? {
        Some(mail) => page(StatusCode::OK, &MailPage { date: date_for_people(&mail), mail: &mail }),
        None => page(StatusCode::NOT_FOUND, &NoMailPage {}),
    })
}

async fn delete_and_show(State(mailbox): State<Mailbox>) -> Result<Response, MailError> {
    mailbox.clear().await?;
    Ok(see_other("/"))
}

/// `GET /email`
async fn list(State(mailbox): State<Mailbox>) -> Result<Json<Vec<Value>>, MailError> {
    // Maildev lists the oldest first.
    Ok(Json(mailbox.list().await?.iter().rev().map(maildev).collect()))
}

/// `GET /email/:id`
async fn read(
    State(mailbox): State<Mailbox>,
    Path(id): Path<String>,
) -> Result<Response, MailError> {
    let mail = mailbox.read(&id).await?;
    Ok(mail.map_or_else(not_found, |mail| Json(maildev(&mail)).into_response()))
}

/// `DELETE /email/:id`
async fn delete(
    State(mailbox): State<Mailbox>,
    Path(id): Path<String>,
) -> Result<Response, MailError> {
    let removed = mailbox.remove(&id).await?;
    Ok(if removed { Json(true).into_response() } else { not_found() })
}

/// `DELETE /email/all`
async fn delete_all(State(mailbox): State<Mailbox>) -> Result<Json<bool>, MailError> {
    mailbox.clear().await?;
    Ok(Json(true))
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": "Email was not found" }))).into_response()
}

/// A mail as Maildev 2 shows it.
fn maildev(mail: &Mail) -> Value {
    let date = DateTime::from_timestamp(mail.sent_at, 0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true);
    let message_id = format!("<{}@proconnect.local>", mail.id);
    let size = mail.text.len() + mail.html.len();
    json!({
        "id": mail.id,
        "messageId": message_id,
        "from": [{ "address": mail.from, "name": SENDER_NAME }],
        "to": [{ "address": mail.to, "name": "" }],
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "date": date,
        "time": date,
        "read": mail.read,
        "priority": "normal",
        "size": size,
        "sizeHuman": format!("{size} bytes"),
        "attachments": null,
        "calculatedBcc": [],
        "envelope": {
            "from": { "address": mail.from, "args": false },
            "to": [{ "address": mail.to, "args": false }],
            "host": "localhost",
            "remoteAddress": "127.0.0.1",
        },
        "headers": {
            "from": format!("{SENDER_NAME} <{}>", mail.from),
            "to": mail.to,
            "subject": mail.subject,
            "date": date,
            "message-id": message_id,
            "mime-version": "1.0",
            "content-type": "multipart/alternative",
        },
    })
}

/// The name beside the sender's address.
const SENDER_NAME: &str = "ProConnect";

fn date_for_people(mail: &Mail) -> String {
    let date = DateTime::from_timestamp(mail.sent_at, 0).unwrap_or_default();
    date.format("%d/%m/%Y à %H:%M:%S UTC").to_string()
}
