//! Connections: so many at once, each with a deadline for its headers, all ended in order.
//!
//! `axum::serve` has neither a limit nor a deadline, so this is its loop on `hyper` itself. HTTP/1.1
//! only: TLS and HTTP/2 are the reverse proxy's.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::metrics::Metrics;

/// Largest head of a request, in bytes; beyond it, hyper answers 431.
const MAX_HEAD: usize = 64 * 1024;
/// After a connection that could not be accepted (no more files, mostly), before the next try.
const PAUSE: Duration = Duration::from_millis(100);

/// The address at the other end of a connection, in the extensions of its requests.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// What a listener grants.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; others wait in the system's queue.
    pub connections: usize,
    /// From the first byte of a request, or the end of the last one, to the end of its headers.
    pub headers_within: Duration,
    /// Requests in flight have this long to finish when the server stops.
    pub drain: Duration,
}

/// Serves until `stop` is cancelled, then ends idle connections at once and others after their
/// request. Says whether all of them ended in time.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
) -> bool {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.headers_within).max_buf_size(MAX_HEAD);
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    while let Some((stream, peer)) = next(&listener, &places, &stop).await {
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        // The end of a long answer shall not wait for the receipt of its beginning.
        let _unchanged = stream.set_nodelay(true);
        let service = answers(router.clone(), peer.ip());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            metrics.connected();
            // A connection that breaks is the browser's affair.
            let _broken = connection.await;
            metrics.disconnected();
            drop(place);
        });
    }
    drop(listener);
    tokio::time::timeout(limits.drain, connections.shutdown()).await.is_ok()
}

/// The next connection, once there is a place for it; `None` when the server stops.
async fn next(
    listener: &TcpListener,
    places: &Semaphore,
    stop: &CancellationToken,
) -> Option<(TcpStream, SocketAddr)> {
    let accepted = async {
        loop {
            let Ok(_place) = places.acquire().await else { continue };
            match listener.accept().await {
                Ok(accepted) => return accepted,
                Err(error) => {
                    tracing::warn!(kind = ?error.kind(), "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        accepted = accepted => Some(accepted),
        () = stop.cancelled() => None,
    }
}

fn answers(
    router: Router,
    peer: IpAddr,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future: Send,
> {
    service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request.map(Body::new))
    })
}
