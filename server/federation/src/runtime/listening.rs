//! Owns the binding of ports and the addresses that follow from them.

use std::io::ErrorKind;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use url::Url;

use super::{Addresses, StartError, internal};
use crate::config::Config;

/// Ports that are bound, and how the world calls them.
pub(super) struct Bound {
    /// Hub, ProConnect Identité, demo administrations, mail sink.
    pub(super) listeners: [TcpListener; 4],
    pub(super) addresses: Addresses,
}

/// Binds all ports.
pub(super) async fn bind(config: &Config) -> Result<Bound, StartError> {
    let (hub, hub_url) = bind_one("hub", config.hub.listen, config.hub.public_url.as_ref()).await?;
    let (identite, identite_url) =
        bind_one("identite", config.identite.listen, config.identite.public_url.as_ref()).await?;
    let (demo, demo_url) =
        bind_one("demo", config.demo.listen, config.demo.public_url.as_ref()).await?;
    let (mail, mail_url) =
        bind_one("mail", config.mail.listen, config.mail.public_url.as_ref()).await?;
    let issuer = hub_url
        .join("/api/v2")
        .map_err(|error| internal("building the issuer from [hub] public_url", error))?;
    let addresses =
        Addresses { issuer, hub: hub_url, identite: identite_url, demo: demo_url, mail: mail_url };
    Ok(Bound { listeners: [hub, identite, demo, mail], addresses })
}

async fn bind_one(
    server: &'static str,
    address: SocketAddr,
    public_url: Option<&Url>,
) -> Result<(TcpListener, Url), StartError> {
    let refused = |error: std::io::Error| StartError::Listen {
        server,
        address,
        reason: if error.kind() == ErrorKind::AddrInUse {
            "the port is already in use".to_owned()
        } else {
            error.to_string()
        },
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let port = listener.local_addr().map_err(refused)?.port();
    let url = match public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://localhost:{port}"))
            .map_err(|error| internal("building the address of a server", error))?,
    };
    Ok((listener, url))
}

/// An origin without the slash that [`Url`] puts after it.
pub(super) fn origin(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}
