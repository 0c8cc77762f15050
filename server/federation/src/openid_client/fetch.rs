//! Owns the HTTP client towards providers: bounded in time and size, following no
//! redirects, so that a provider can neither hold a sign-in up nor send us elsewhere.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use url::Url;

use crate::config::Outbound;

/// The largest answer that is read.
const MAX_BYTES: usize = 1 << 20;

/// The client.
#[derive(Clone, Debug)]
pub(crate) struct Fetcher(Client);

/// Why an answer could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetcherError {
    #[error("the certificate authorities cannot be read")]
    CaFile(#[source] std::io::Error),
    #[error("the request failed")]
    Http(#[source] reqwest::Error),
    #[error("the answer has status {0}")]
    Status(StatusCode),
    #[error("the answer is too large")]
    TooLarge,
    #[error("the answer cannot be read")]
    Json(#[source] serde_json::Error),
    #[error("the answer is no text")]
    Text,
}

/// Errors of reqwest name the address, which may hold a code: it is left out.
impl From<reqwest::Error> for FetcherError {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error.without_url())
    }
}

/// A complete answer with status 200.
pub(crate) struct Answer {
    content_type: String,
    body: Vec<u8>,
}

impl Answer {
    /// Whether it has this media type, whatever its parameters.
    pub(crate) fn is(&self, media_type: &str) -> bool {
        let actual = self.content_type.split(';').next().unwrap_or_default();
        actual.trim().eq_ignore_ascii_case(media_type)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, FetcherError> {
        serde_json::from_slice(&self.body).map_err(FetcherError::Json)
    }

    pub(crate) fn text(self) -> Result<String, FetcherError> {
        String::from_utf8(self.body).map_err(|_| FetcherError::Text)
    }
}

impl Fetcher {
    pub(crate) fn new(outbound: &Outbound) -> Result<Self, FetcherError> {
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(10));
        if let Some(path) = &outbound.ca_file {
            let pem = std::fs::read(path).map_err(FetcherError::CaFile)?;
            builder = builder.tls_certs_merge(reqwest::Certificate::from_pem_bundle(&pem)?);
        }
        for (host, address) in &outbound.resolve {
            builder = builder.resolve(host, *address);
        }
        Ok(Self(builder.build()?))
    }

    /// Fetches a JSON document.
    pub(crate) async fn json<T: DeserializeOwned>(&self, url: Url) -> Result<T, FetcherError> {
        read(self.0.get(url)).await?.json()
    }

    /// Posts a form and reads the JSON answer.
    pub(crate) async fn post_form<T: DeserializeOwned>(
        &self,
        url: Url,
        form: &[(&str, &str)],
    ) -> Result<T, FetcherError> {
        read(self.0.post(url).form(form)).await?.json()
    }

    /// Fetches with an access token.
    pub(crate) async fn get_with_bearer(
        &self,
        url: Url,
        token: &str,
    ) -> Result<Answer, FetcherError> {
        read(self.0.get(url).bearer_auth(token)).await
    }
}

async fn read(request: RequestBuilder) -> Result<Answer, FetcherError> {
    let mut response: Response = request.send().await?;
    if response.status() != StatusCode::OK {
        return Err(FetcherError::Status(response.status()));
    }
    let content_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(FetcherError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { content_type, body })
}
