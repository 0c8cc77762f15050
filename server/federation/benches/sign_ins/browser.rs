//! One complete sign-in: authorization, email page, the administration's form, callback, token,
//! userinfo.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use url::Url;

/// Different people who sign in; each has an account in the end.
const PEOPLE: usize = 500;

/// The service that people sign in for.
#[derive(Debug)]
pub(crate) struct Service {
    issuer: String,
    client_id: String,
    client_secret: String,
    redirect_uri: String,
}

/// How long the endpoints took in one sign-in.
#[derive(Debug)]
pub(crate) struct SignIn {
    pub(crate) authorize: Duration,
    pub(crate) token: Duration,
    pub(crate) userinfo: Duration,
}

/// A client that keeps connections open and follows nothing by itself.
pub(crate) fn client() -> anyhow::Result<Client> {
    Ok(Client::builder().redirect(redirect::Policy::none()).no_proxy().build()?)
}

impl Service {
    pub(crate) fn new(issuer: &str, registered: &federation::Service) -> anyhow::Result<Self> {
        Ok(Self {
            issuer: issuer.to_owned(),
            client_id: registered.client_id.clone(),
            client_secret: registered.client_secret.expose().to_owned(),
            redirect_uri: registered.redirect_uris.first().context("a redirect URI")?.clone(),
        })
    }

    /// Signs a person in, with a fresh browser.
    pub(crate) async fn sign_in(&self, client: &Client, person: usize) -> anyhow::Result<SignIn> {
        let person = person % PEOPLE;
        let email = format!("person{person}@fia1.fr");
        let mut browser = Browser { client, cookies: BTreeMap::new() };

        let started = Instant::now();
        let response = browser.get(&self.authorization_url()?).await?;
        let authorize = started.elapsed();
        let page = browser.follow(response, &self.redirect_uri).await?;
        let form = browser.submit(&page, &[("email", &email)]).await?;
        let form = browser.follow(form, &self.redirect_uri).await?;
        let sub = person.to_string();
        let back = browser.submit(&form, &[("email", &email), ("sub", &sub)]).await?;
        let back = browser.follow(back, &self.redirect_uri).await?;
        let code = back.url.query_pairs().find(|(name, _)| name == "code");
        let code = code.with_context(|| format!("no code but {}: {}", back.url, back.body))?.1;

        let started = Instant::now();
        let tokens = self.redeem(client, &code).await?;
        let token = started.elapsed();
        let started = Instant::now();
        let userinfo = client.get(format!("{}/userinfo", self.issuer)).bearer_auth(tokens);
        let claims = userinfo.send().await?.error_for_status()?.text().await?;
        ensure!(!claims.is_empty(), "userinfo is empty");
        Ok(SignIn { authorize, token, userinfo: started.elapsed() })
    }

    /// Signs a person in at ProConnect Identité by password, with a fresh browser; how long it
    /// took from the email page to the code.
    pub(crate) async fn sign_in_by_password(
        &self,
        client: &Client,
        (email, password): (&str, &str),
    ) -> anyhow::Result<Duration> {
        let mut browser = Browser { client, cookies: BTreeMap::new() };
        let response = browser.get(&self.authorization_url()?).await?;
        let page = browser.follow(response, &self.redirect_uri).await?;

        let started = Instant::now();
        let form = browser.submit(&page, &[("email", email)]).await?;
        let form = browser.follow(form, &self.redirect_uri).await?;
        let back = browser.submit(&form, &[("password", password)]).await?;
        let back = browser.follow(back, &self.redirect_uri).await?;
        let took = started.elapsed();
        ensure!(back.url.query_pairs().any(|(name, _)| name == "code"), "no code: {}", back.url);
        Ok(took)
    }

    fn authorization_url(&self) -> anyhow::Result<Url> {
        let params = [
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", &self.redirect_uri),
            ("response_type", "code"),
            ("scope", "openid given_name usual_name email uid siret idp_id roles"),
            ("state", "a-state-of-at-least-thirty-two-characters"),
            ("nonce", "a-nonce-of-at-least-thirty-two-characters"),
        ];
        Ok(Url::parse_with_params(&format!("{}/authorize", self.issuer), params)?)
    }

    /// The access token that a code gives.
    async fn redeem(&self, client: &Client, code: &str) -> anyhow::Result<String> {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.client_id),
            ("client_secret", &self.client_secret),
            ("redirect_uri", &self.redirect_uri),
            ("code", code),
        ];
        let request = client.post(format!("{}/token", self.issuer)).form(&form);
        let tokens: serde_json::Value = request.send().await?.error_for_status()?.json().await?;
        Ok(tokens["access_token"].as_str().context("an access token")?.to_owned())
    }
}

/// A browser without JavaScript.
struct Browser<'c> {
    client: &'c Client,
    cookies: BTreeMap<String, String>,
}

/// Where it is.
struct Page {
    url: Url,
    body: String,
}

impl Browser<'_> {
    async fn get(&mut self, url: &Url) -> anyhow::Result<Response> {
        self.send(self.client.get(url.clone())).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> anyhow::Result<Response> {
        let jar: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, jar.join("; ")).send().await?;
        for line in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = line.to_str()?.split_once('=').context("a cookie")?;
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(response)
    }

    /// Follows redirects, up to a page or to the service.
    async fn follow(&mut self, mut response: Response, service: &str) -> anyhow::Result<Page> {
        for _ in 0..10 {
            let Some(location) = response.headers().get(LOCATION) else {
                let url = response.url().clone();
                return Ok(Page { url, body: response.error_for_status()?.text().await? });
            };
            let url = response.url().join(location.to_str()?)?;
            if url.as_str().starts_with(service) {
                return Ok(Page { url, body: String::new() });
            }
            response = self.get(&url).await?;
        }
        bail!("too many redirects")
    }

    /// Submits the page's form with some fields filled in.
    async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> anyhow::Result<Response> {
        let start = page.body.find("<form").with_context(|| format!("a form at {}", page.url))?;
        let form = &page.body[start..];
        let form = &form[..form.find("</form>").context("the form's end")?];
        let action = attribute(&form[..form.find('>').context("the tag's end")?], "action");
        let mut values: BTreeMap<&str, &str> = form
            .split("<input")
            .skip(1)
            .filter(|tag| !tag.contains("type=\"checkbox\""))
            .filter_map(|tag| {
                Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
            })
            .collect();
        values.extend(fields.iter().copied());
        let url = action.map_or_else(|| Ok(page.url.clone()), |action| page.url.join(action))?;
        self.send(self.client.post(url).form(&values)).await
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = tag.split('>').next()?;
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}
