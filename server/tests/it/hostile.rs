//! A provider that is silent, slow, endless or somewhere else, and one whose certificate is wrong: each
//! ends in a page, in time, and costs others nothing.

use std::time::{Duration, Instant};

use rcgen::CertifiedKey;
use server::clock::ManualClock;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_util::sync::CancellationToken;

use crate::support::app::{build, folder};
use crate::support::browser::Browser;
use crate::support::hostile::Hostile;
use crate::support::provider::Signing;
use crate::support::{Answer, Fault, TestApp, in_the_middle_of_2026, log};

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);
const IMPATIENT: &[&str] = &["--outbound-timeout", "1s"];
/// Far more than the deadlines of one sign-in, far less than for ever.
const SOON: Duration = Duration::from_secs(8);

fn at(endpoint: &'static str, hostile: Hostile) -> Fault {
    Fault { hostile: Some((endpoint, hostile)), ..Fault::default() }
}

/// Starts a sign-in while the provider behaves, and finishes it once it does not.
async fn sign_in(app: &TestApp, fault: Fault) -> Answer {
    let mut browser = app.browser();
    app.provider.misbehave(Fault::default());
    let url = browser.start_sign_in("return_to=%2Fcompte").await;
    let query = app.provider.approve(&url);
    app.provider.misbehave(fault);
    let answer = browser.get(&format!("/auth/callback?{query}")).await;
    assert!(!browser.cookies.contains_key("app-session"), "no half session");
    assert_eq!(browser.session().await["state"], "anonymous");
    assert!(answer.body.contains("/auth/login?return_to=%2Fcompte"), "a way on");
    answer
}

/// Resident memory of this process, in kB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn d3_a_hostile_answer_ends_in_time_and_costs_others_nothing() {
    let app = TestApp::start_with(RS256, IMPATIENT).await;
    let before = resident();
    for endpoint in ["/token", "/userinfo"] {
        for hostile in
            [Hostile::Silence, Hostile::Drip, Hostile::Endless, Hostile::Bomb, Hostile::Headers]
        {
            let started = Instant::now();
            let other = app.address;
            let meanwhile = tokio::spawn(async move { Browser::new(other).get("/livez").await });
            let answer = sign_in(&app, at(endpoint, hostile)).await;

            assert!(started.elapsed() < SOON, "{endpoint} {hostile:?}: {:?}", started.elapsed());
            assert!([502, 503].contains(&answer.status), "{endpoint} {hostile:?}: {}", answer.body);
            assert_eq!(meanwhile.await.unwrap().status, 200, "others are served");
        }
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 10, "{grown} kB more than before");
    app.provider.misbehave(Fault::default());
    app.signed_in_browser().await;
}

#[tokio::test]
async fn d2_d3_a_hostile_start_is_no_provider_and_recovers() {
    let sorts = [
        Hostile::Silence,
        Hostile::Drip,
        Hostile::Endless,
        Hostile::Large,
        Hostile::Page,
        Hostile::Redirect,
        Hostile::Bomb,
    ];
    let mut apps = Vec::new();
    for endpoint in ["/openid-configuration", "/jwks"] {
        // The keys would redirect to themselves.
        let apart = |hostile: &Hostile| (endpoint, *hostile) != ("/jwks", Hostile::Redirect);
        for hostile in sorts.into_iter().filter(apart) {
            // One after the other: a start has the processor to itself, and others would wait too long for their stores.
            apps.push((TestApp::start_with(RS256, IMPATIENT).await, endpoint, hostile));
        }
    }
    let starts = apps
        .into_iter()
        .map(|(app, endpoint, hostile)| tokio::spawn(start(app, endpoint, hostile)));
    for finished in starts.collect::<Vec<_>>() {
        finished.await.unwrap();
    }
}

/// The first sign-in of a service whose provider does this.
async fn start(app: TestApp, endpoint: &'static str, hostile: Hostile) {
    app.provider.misbehave(at(endpoint, hostile));
    let mut browser = app.browser();
    let started = Instant::now();

    let answer = browser.get("/auth/login").await;

    assert_eq!((answer.status, answer.problem()), (503, "login.provider_unavailable"));
    assert!(started.elapsed() < SOON, "{endpoint} {hostile:?}: {:?}", started.elapsed());
    assert_eq!(answer.location(), "", "no redirect to nowhere");
    app.provider.misbehave(Fault::default());
    app.clock.advance(60);
    assert_eq!(browser.get("/auth/login").await.status, 303, "{endpoint} {hostile:?}");
}

#[tokio::test]
async fn d4_redirects_are_not_followed() {
    let app = TestApp::start().await;
    app.signed_in_browser().await;
    let asked = app.provider.calls("jwks");
    for endpoint in ["/token", "/userinfo"] {
        let answer = sign_in(&app, at(endpoint, Hostile::Redirect)).await;
        assert_eq!((answer.status, answer.problem()), (502, "login.answer_invalid"), "{endpoint}");
    }
    assert_eq!(app.provider.calls("jwks"), asked);
}

#[tokio::test]
async fn b14_d5_a_code_is_never_sent_twice() {
    let app = TestApp::start_with(RS256, IMPATIENT).await;
    let sorts = [
        (Hostile::Later(500), 502, "login.answer_invalid"),
        (Hostile::Later(429), 502, "login.answer_invalid"),
        (Hostile::Later(503), 502, "login.answer_invalid"),
        (Hostile::Silence, 503, "login.provider_unavailable"),
    ];
    for (hostile, status, problem) in sorts {
        app.provider.misbehave(Fault::default());
        let mut browser = app.browser();
        let url = browser.start_sign_in("").await;
        let callback = format!("/auth/callback?{}", app.provider.approve(&url));
        let mut copy = browser.clone();
        app.provider.misbehave(at("/token", hostile));
        let before = app.provider.calls("/token");

        let answer = browser.get(&callback).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{hostile:?}");
        assert_eq!(app.provider.calls("/token"), before + 1, "{hostile:?}: not tried again");
        for browser in [&mut browser, &mut copy] {
            let again = browser.get(&callback).await;
            assert_eq!((again.status, again.problem()), (400, "login.state_unknown"));
        }
        assert_eq!(app.provider.calls("/token"), before + 1, "{hostile:?}: the attempt is burnt");
        assert_eq!(browser.session().await["state"], "anonymous");
    }
}

/// A server of HTTPS with a certificate of its own making: its issuer, and the certificate.
async fn with_own_certificate() -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("https://localhost:{}/api/v2", listener.local_addr().unwrap().port());
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(socket).await else { return };
                let mut request = [0; 1024];
                let _ = stream.read(&mut request).await;
                let _ =
                    stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
            });
        }
    });
    (issuer, cert.pem())
}

#[tokio::test]
async fn d6_a_certificate_that_nobody_vouches_for_is_refused() {
    log::capture();
    let (issuer, pem) = with_own_certificate().await;
    let folder = folder();
    let trusted = folder.path().join("ca.pem");
    std::fs::write(&trusted, pem).unwrap();
    let secret = "a-client-secret-of-more-than-32-characters";
    let known = [
        "--proconnect-issuer",
        &issuer,
        "--proconnect-client-id",
        "c",
        "--proconnect-client-secret",
        secret,
    ];
    let known: Vec<_> = known.iter().map(|text| (*text).to_owned()).collect();
    let trusting = ["--outbound-ca-file".to_owned(), trusted.to_str().unwrap().to_owned()];
    for (more, reason) in [(&[][..], "provider.unreachable"), (&trusting[..], "provider.discovery")]
    {
        let arguments: Vec<_> = known.iter().chain(more).cloned().collect();
        let clock = ManualClock::at(in_the_middle_of_2026());
        let application = build(&arguments, folder.path(), clock).await.unwrap();
        let mut browser = Browser::new(application.address().unwrap());
        let stop = CancellationToken::new();
        let running = tokio::spawn(application.run(stop.clone()));

        let answer = browser.get("/auth/login").await;

        assert_eq!((answer.status, answer.problem()), (503, "login.provider_unavailable"));
        assert_eq!(browser.get("/readyz").await.json()["checks"]["provider"], reason);
        stop.cancel();
        running.await.unwrap().unwrap();
    }
    let logged = log::text();
    assert!(logged.contains("sign-in failed"), "it is told to the operator");
    assert!(!logged.contains(secret));
}
