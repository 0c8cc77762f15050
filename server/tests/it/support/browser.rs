//! A browser as far as these tests need one: cookies, `Sec-Fetch-Site`, no automatic redirects.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use openidconnect::http::HeaderMap;
use reqwest::Method;
use serde_json::Value;
use url::Url;

/// See the module.
#[derive(Clone)]
pub(crate) struct Browser {
    address: SocketAddr,
    client: reqwest::Client,
    /// What it says of itself.
    pub(crate) user_agent: &'static str,
    /// The cookies that it sends.
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where it redirects to.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The stable code that an error page shows.
    pub(crate) fn problem(&self) -> &str {
        let marker = "data-testid=\"problem-code\">";
        let start = self.body.find(marker).map(|at| at + marker.len());
        start
            .and_then(|start| self.body[start..].split('<').next())
            .unwrap_or_else(|| panic!("no problem page: {} {}", self.status, self.body))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
    }
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address, client, user_agent: "", cookies: BTreeMap::new() }
    }

    /// Follows a link or types an address.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[]).await
    }

    /// Sends any request.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let url = format!("http://{}{path}", self.address);
        self.dispatch(self.client.request(method, url), headers).await
    }

    async fn dispatch(
        &mut self,
        mut request: reqwest::RequestBuilder,
        headers: &[(&str, &str)],
    ) -> Answer {
        if !self.cookies.is_empty() {
            let pairs: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", pairs.join("; "));
        }
        if !self.user_agent.is_empty() {
            request = request.header("user-agent", self.user_agent);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        };
        self.take_cookies(&answer);
        answer
    }

    /// Starts a sign-in: the address of the authorization request.
    pub(crate) async fn start_sign_in(&mut self, query: &str) -> Url {
        let answer = self.get(&format!("/auth/login?{query}")).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.location().parse().unwrap()
    }

    /// The session, as the interface asks for it. That of a browser whose session is over is anonymous.
    pub(crate) async fn session(&mut self) -> Value {
        let answer = self.get("/api/session").await;
        match answer.status {
            200 => answer.json(),
            401 => serde_json::json!({ "state": "anonymous", "why": answer.json() }),
            status => panic!("{status}: {}", answer.body),
        }
    }

    /// Posts any body with any headers.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: impl Into<String>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let url = format!("http://{}{path}", self.address);
        self.dispatch(self.client.post(url).body(body.into()), headers).await
    }

    /// Calls a server function as the interface does.
    pub(crate) async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let own = [("sec-fetch-site", "same-origin")];
        let url = format!("http://{}/api/{function}", self.address);
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .client
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        self.dispatch(request, &own).await
    }

    /// The same browser in front of another instance.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// Signs out as the interface does.
    pub(crate) async fn sign_out(&mut self) -> Answer {
        let own = [("sec-fetch-site", "same-origin"), ("accept", "application/json")];
        self.send(Method::POST, "/auth/logout", &own).await
    }

    fn take_cookies(&mut self, answer: &Answer) {
        for line in answer.set_cookies() {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
