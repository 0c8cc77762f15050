//! A person's way through several servers: pages, links, forms, one cookie jar for all of localhost.

use std::collections::BTreeMap;

use reqwest::{Client, Method};
use url::Url;

/// A page that was reached.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// See the module. Cookies ignore ports, as browsers do.
pub(crate) struct Journey {
    client: Client,
    pub(crate) cookies: BTreeMap<String, String>,
    /// What the application is called from outside, and where it really listens.
    application: (Url, Url),
}

impl Page {
    /// Where the link with this text leads, if it is there.
    pub(crate) fn link(&self, text: &str) -> Option<String> {
        let before = &self.body[..self.body.find(&format!(">{text}</a>"))?];
        let href = attribute(&before[before.rfind("<a ")?..], "href")?;
        Some(self.url.join(&href).ok()?.into())
    }
}

impl Journey {
    pub(crate) fn new(public_url: &str, listens_at: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let application = (public_url.parse().unwrap(), listens_at.parse().unwrap());
        Self { client, cookies: BTreeMap::new(), application }
    }

    /// Opens an address and follows its redirects to a page.
    pub(crate) async fn open(&mut self, url: &str) -> Page {
        self.go(Method::GET, url).await.unwrap()
    }

    /// Sends a request to the application, and follows its redirects to a page; fails where nobody
    /// answers.
    pub(crate) async fn go(&mut self, method: Method, url: &str) -> reqwest::Result<Page> {
        let url = self.application.0.join(url).unwrap();
        self.travel(method, url, Vec::new()).await
    }

    /// Fills the form of a page, keeping its hidden fields, and sends it.
    pub(crate) async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        self.fill(page, fields).await.unwrap().expect("a form")
    }

    /// As [`Self::submit`]; `None` if the page has no form.
    pub(crate) async fn fill(
        &mut self,
        page: &Page,
        fields: &[(&str, &str)],
    ) -> reqwest::Result<Option<Page>> {
        let Some(form) = between(&page.body, "<form", "</form>") else { return Ok(None) };
        let action = attribute(&form[..form.find('>').unwrap()], "action").unwrap_or_default();
        let mut values: Vec<(String, String)> = form
            .split("<input")
            .skip(1)
            .map(|input| &input[..input.find('>').unwrap()])
            .filter(|input| {
                let kind = attribute(input, "type");
                matches!(kind.as_deref(), Some("hidden" | "text" | "email" | "password"))
            })
            .filter_map(|input| {
                let value = attribute(input, "value").unwrap_or_default();
                Some((attribute(input, "name")?, value))
            })
            .filter(|(name, _)| fields.iter().all(|(given, _)| given != name))
            .collect();
        values.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let url = page.url.join(&action).unwrap();
        self.travel(Method::POST, url, values).await.map(Some)
    }

    /// Who is signed in at the application.
    pub(crate) async fn session(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.open("/api/session").await.body).unwrap()
    }

    /// Signs out as one does without the program.
    pub(crate) async fn sign_out(&mut self) -> Page {
        self.go(Method::POST, "/auth/logout").await.unwrap();
        self.open("/auth/logout/continue").await
    }

    /// Loses a cookie.
    pub(crate) fn forget(&mut self, name: &str) {
        assert!(self.cookies.remove(name).is_some(), "no cookie {name}");
    }

    async fn travel(
        &mut self,
        mut method: Method,
        mut url: Url,
        mut form: Vec<(String, String)>,
    ) -> reqwest::Result<Page> {
        for _ in 0..20 {
            let response = self.send(method, &url, &form).await?;
            let location =
                response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
            let status = response.status().as_u16();
            match location {
                Some(location) if (300..400).contains(&status) => {
                    url = url.join(&location).unwrap();
                    (method, form) = (Method::GET, Vec::new());
                }
                _ => return Ok(Page { url, status, body: response.text().await? }),
            }
        }
        panic!("more than 20 redirects, at {url}");
    }

    async fn send(
        &mut self,
        method: Method,
        url: &Url,
        form: &[(String, String)],
    ) -> reqwest::Result<reqwest::Response> {
        let (public_url, listens_at) = &self.application;
        let mut target = url.clone();
        if url.origin() == public_url.origin() {
            target.set_port(listens_at.port()).unwrap();
        }
        let mut request = self.client.request(method.clone(), target);
        if method == Method::POST {
            let body =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", url.origin().ascii_serialization())
                .body(body);
        }
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header("cookie", cookies.join("; ")).send().await?;
        for line in response.headers().get_all("set-cookie") {
            let (pair, attributes) =
                line.to_str().unwrap().split_once(';').expect("cookies have attributes");
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") || value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(response)
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let from = text.find(start)?;
    let length = text[from..].find(end)?;
    Some(&text[from..from + length])
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(value.split('"').next()?.replace("&amp;", "&").replace("&#38;", "&"))
}
