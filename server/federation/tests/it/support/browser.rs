//! A browser without JavaScript: keeps cookies, follows redirects within the federation, fills
//! forms. It stops where the federation sends it to a service, because none is listening.

use std::cell::RefCell;
use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, RequestBuilder, StatusCode};
use url::Url;

use super::{Fields, client};

/// A browser. Cookies ignore ports, so one jar serves all servers on localhost.
pub(crate) struct Browser {
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What a request ended with: a page, or a redirect out of the federation.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self { cookies: RefCell::default() }
    }

    /// Asks without following redirects.
    pub(crate) async fn ask(&self, method: Method, url: &str, body: Option<String>) -> Page {
        let mut request = client().request(method, url);
        if let Some(body) = body {
            request =
                request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        self.send(request).await
    }

    /// Opens an address and follows redirects.
    pub(crate) async fn open(&self, url: &str) -> Page {
        let page = self.ask(Method::GET, url, None).await;
        self.follow(page).await
    }

    /// Fills the page's form and submits it; the other fields keep their values.
    pub(crate) async fn submit(&self, page: &Page, fields: Fields<'_>) -> Page {
        self.send_form(page, page.form(""), fields).await
    }

    /// The same with the form that leads to this address.
    pub(crate) async fn submit_to(&self, page: &Page, action: &str, fields: Fields<'_>) -> Page {
        self.send_form(page, page.form(action), fields).await
    }

    async fn send_form(&self, page: &Page, form: Form, fields: Fields<'_>) -> Page {
        let mut values = form.values;
        for (name, value) in fields {
            values.insert((*name).to_owned(), (*value).to_owned());
        }
        let action = page.url.join(&form.action).expect("an address");
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        let next = self.ask(Method::POST, action.as_str(), Some(body)).await;
        self.follow(next).await
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn forget_cookie(&self, name: &str) {
        self.cookies.borrow_mut().remove(name);
    }

    async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..20 {
            match page.location() {
                Some(next) if !is_service(&next) => {
                    page = self.ask(Method::GET, next.as_str(), None).await;
                }
                _ => return page,
            }
        }
        panic!("too many redirects at {}", page.url)
    }

    async fn send(&self, request: RequestBuilder) -> Page {
        let jar: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if jar.is_empty() { request } else { request.header(COOKIE, jar.join("; ")) };
        let response = request.send().await.expect("the server answers");
        let (url, status) = (response.url().clone(), response.status());
        let headers = response.headers().clone();
        for line in headers.get_all(SET_COOKIE) {
            self.take_cookie(line.to_str().expect("text"));
        }
        Page { url, status, headers, body: response.text().await.expect("text") }
    }

    fn take_cookie(&self, line: &str) {
        let (name, rest) = line.split_once('=').expect("a cookie");
        let value = rest.split(';').next().unwrap_or_default();
        if value.is_empty() || rest.contains("Max-Age=0") {
            self.forget_cookie(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}

/// Services have host names that nobody listens on; the federation is on localhost.
fn is_service(url: &Url) -> bool {
    url.host_str() != Some("localhost")
}

/// A form as it stands on the page.
struct Form {
    action: String,
    values: BTreeMap<String, String>,
}

impl Page {
    /// Where the page redirects to.
    pub(crate) fn location(&self) -> Option<Url> {
        let location = self.headers.get(LOCATION)?.to_str().expect("text");
        Some(self.url.join(location).expect("an address"))
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The text of the element with this test hook.
    pub(crate) fn hook(&self, name: &str) -> String {
        let start = self.body.find(&format!("data-testid=\"{name}\"")).unwrap_or_else(|| {
            panic!("no {name} on the page {} ({}):\n{}", self.url, self.status, self.body)
        });
        let rest = &self.body[start..];
        let text = &rest[rest.find('>').expect("an element") + 1..];
        unescape(text[..text.find('<').expect("an end")].trim())
    }

    /// The link whose text this is.
    pub(crate) fn link(&self, text: &str) -> String {
        let end = self
            .body
            .find(&format!(">{text}</a>"))
            .unwrap_or_else(|| panic!("no link {text} on {}:\n{}", self.url, self.body));
        let tag = &self.body[self.body[..end].rfind("<a ").expect("a link")..end];
        let href = unescape(&attribute(tag, "href").expect("an address"));
        self.url.join(&href).expect("an address").into()
    }

    /// The first form, or the first one whose tag holds this text.
    fn form(&self, action: &str) -> Form {
        let mut forms = self.body.match_indices("<form");
        let leads_there = |(start, _): &(usize, &str)| {
            let tag = &self.body[*start..];
            tag[..tag.find('>').expect("the tag's end")].contains(action)
        };
        let (start, _) = forms.find(leads_there).unwrap_or_else(|| {
            panic!("no form on the page {} ({}):\n{}", self.url, self.status, self.body)
        });
        let end = start + self.body[start..].find("</form>").expect("the form's end");
        let form = &self.body[start..end];
        let opening = &form[..=form.find('>').expect("the tag's end")];
        let action = attribute(opening, "action").unwrap_or_else(|| self.url.to_string());
        let mut values = BTreeMap::new();
        for tag in form.split("<input").skip(1) {
            let tag = &tag[..=tag.find('>').expect("the tag's end")];
            let kind = attribute(tag, "type").unwrap_or_default();
            let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
            if let Some(name) = attribute(tag, "name").filter(|_| chosen) {
                let value = attribute(tag, "value").unwrap_or_default();
                values.insert(unescape(&name), unescape(&value));
            }
        }
        Form { action: unescape(&action), values }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[start..].find('"')?;
    Some(tag[start..start + length].to_owned())
}

fn unescape(text: &str) -> String {
    [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}
