//! Start, stop and restart.

use std::sync::Arc;

use federation::{Federation, Parts, StartError, SystemClock};
use reqwest::{Method, StatusCode};

use crate::support::{Browser, Callback, Folder, Stack, client, config};

#[tokio::test]
async fn a_restart_keeps_keys_sessions_and_tokens() {
    let folder = Folder::new();
    let first = Stack::build(config(|_| {}), Some(folder.path())).await;
    let ports = [
        first.federation.addresses().hub.port(),
        first.federation.addresses().identite.port(),
        first.federation.addresses().demo.port(),
    ];
    let (service, browser) = (first.service(), Browser::new());
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let keys = browser.open(&first.hub("/api/v2/jwks")).await.body;
    first.federation.stop().await;

    let same_ports = config(|config| {
        let listens =
            [&mut config.hub.listen, &mut config.identite.listen, &mut config.demo.listen];
        for (listen, port) in listens.into_iter().zip(ports) {
            listen.set_port(port.expect("a port"));
        }
    });
    let second = Stack::build(same_ports, Some(folder.path())).await;

    assert_eq!(browser.open(&second.hub("/api/v2/jwks")).await.body, keys);
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(userinfo.status(), StatusCode::OK);
    let page = browser.open(&service.authorize_url(&[("prompt", "none")])).await;
    assert!(!Callback::of(&page).code().is_empty(), "the hub's session lives");
    browser.forget_cookie("pc_session_id");
    let page = browser.open(&service.authorize_url(&[])).await;
    let page = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    assert!(!Callback::of(&page).code().is_empty(), "the provider's session lives");
    second.federation.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_folder_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();

    let stack = Stack::build(config(|_| {}), Some(folder.path())).await;

    let mode = std::fs::metadata(folder.path()).expect("the folder is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    stack.federation.stop().await;
}

#[tokio::test]
async fn without_a_folder_everything_is_in_memory() {
    let stack = Stack::build(config(|_| {}), None).await;
    let service = stack.service();

    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;

    service.tokens(&Callback::of(&page)).await;
    stack.federation.stop().await;
}

#[tokio::test]
async fn a_busy_port_is_named_with_its_server() {
    let stack = Stack::start().await;
    let port = stack.federation.addresses().identite.port().expect("a port");
    let busy = config(|config| config.identite.listen.set_port(port));

    let parts = Parts { clock: Arc::new(SystemClock), data_dir: None, events: None };
    let error = Federation::start(busy, parts).await.expect_err("the port is busy");

    assert!(matches!(error, StartError::Listen { server: "identite", .. }));
    assert_eq!(
        error.to_string(),
        format!(
            "the local ProConnect's server \"identite\" cannot listen on 127.0.0.1:{port}: \
             the port is already in use"
        )
    );
}

#[tokio::test]
async fn a_stopped_federation_answers_no_more() {
    let stack = Stack::start().await;
    let url = stack.hub("/livez");
    assert_eq!(Browser::new().ask(Method::GET, &url, None).await.status, StatusCode::OK);

    stack.federation.stop().await;

    assert!(client().get(url).send().await.is_err());
}

#[tokio::test]
async fn the_test_accounts_cover_every_way_in() {
    let stack = Stack::start().await;

    let emails: Vec<String> =
        stack.federation.test_accounts().into_iter().map(|account| account.email).collect();

    for expected in ["test@fia1.fr", "test@fia2.fr", "test@polyfi.fr", "user@yopmail.com"] {
        assert!(emails.iter().any(|email| email == expected), "{expected}: {emails:?}");
    }
}
