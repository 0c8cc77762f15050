//! Where the application listens and what it is called from outside.

use std::net::SocketAddr;
use std::path::PathBuf;

use url::Url;

use super::{ConfigError, is_loopback};
use crate::http::dist::Dist;

/// Addresses and files.
#[derive(Debug, clap::Args)]
pub struct HttpOptions {
    /// What people type to reach the application; every URL we give out starts with it.
    #[arg(
        long,
        env = "APP_PUBLIC_URL",
        default_value = "http://localhost:3000",
        value_name = "URL"
    )]
    pub app_public_url: Url,
    /// Where to listen.
    #[arg(long, env = "APP_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    pub app_listen: SocketAddr,
    /// The folder that Trunk built; unset: what the binary holds if it holds it, else target/dist.
    #[arg(long, env = "APP_DIST", value_name = "FOLDER")]
    pub app_dist: Option<PathBuf>,
    /// Show every state of every page at /galerie; unset: on this machine only.
    #[arg(long, env = "APP_GALLERY", value_name = "BOOLEAN")]
    pub app_gallery: Option<bool>,
    /// The folder for what must survive a restart.
    #[arg(long, env = "APP_DATA_DIR", default_value = ".data", value_name = "FOLDER")]
    pub app_data_dir: PathBuf,
}

impl HttpOptions {
    /// Where the interface comes from.
    pub fn dist(&self) -> Dist {
        match &self.app_dist {
            Some(folder) => Dist::Folder(folder.clone()),
            #[cfg(feature = "embedded")]
            None => Dist::Embedded,
            #[cfg(not(feature = "embedded"))]
            None => Dist::Folder("target/dist".into()),
        }
    }

    /// Whether designers' gallery is there.
    pub fn gallery(&self, public_url: &PublicUrl) -> bool {
        self.app_gallery.unwrap_or_else(|| public_url.is_loopback())
    }

    /// The checked public URL: an origin, with TLS except on this machine.
    pub fn public_url(&self) -> Result<PublicUrl, ConfigError> {
        let url = &self.app_public_url;
        let is_origin = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !is_origin {
            return Err(ConfigError::PublicUrl);
        }
        if url.scheme() == "http" && !is_loopback(url) {
            return Err(ConfigError::Insecure("APP_PUBLIC_URL"));
        }
        Ok(PublicUrl(url.clone()))
    }
}

/// The origin of the application, as browsers see it.
#[derive(Debug, Clone)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// The value of `Origin` in requests of our own pages.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The URL of one of our paths, which starts with `/`.
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }

    /// Whether the application is reached over TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the application is reached on this machine only.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(url: &str) -> Result<String, String> {
        let options = HttpOptions {
            app_public_url: url.parse().expect(url),
            app_listen: ([127, 0, 0, 1], 0).into(),
            app_dist: None,
            app_data_dir: PathBuf::new(),
            app_gallery: None,
        };
        options.public_url().map(|url| url.origin()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_public_url_is_an_origin_with_tls_outside_of_this_machine() {
        for good in ["https://app.example.fr", "http://localhost:3000", "http://127.0.0.1:1"] {
            assert_eq!(checked(good), Ok(good.to_owned()));
        }
        for bad in [
            "http://app.example.fr",
            "https://app.example.fr/app",
            "https://u:p@app.example.fr",
            "ftp://localhost",
            "https://app.example.fr/?x",
            "http://localhost.example.fr",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
