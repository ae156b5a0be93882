//! The HTTP server: the only place that is asynchronous.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::Scope;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HOST, IF_NONE_MATCH};
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::base::{Error, Result};

use super::Options;
use super::answer::{Answer, Asked, answer};
use super::site::Publication;

/// How many ports after a taken one are tried.
const FURTHER_PORTS: u16 = 20;

/// A server that listens.
pub(super) struct Server {
    listener: TcpListener,
    address: SocketAddr,
    runtime: Runtime,
    publications: watch::Sender<Arc<Publication>>,
}

/// What a request needs.
#[derive(Clone)]
struct Shared {
    publications: watch::Receiver<Arc<Publication>>,
    /// Whether only this machine is served.
    is_loopback: bool,
}

impl Server {
    /// Begins to listen. Browsers that come before [`Server::start`] wait.
    pub(super) fn bind(options: &Options) -> Result<Self> {
        let listener = listen(options.address)?;
        let failed = |error| Error::io("listen on", Path::new(&options.address.to_string()), error);
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let publications = watch::Sender::new(Arc::new(Publication::empty(&options.base)));
        Ok(Self { listener, address, runtime, publications })
    }

    /// Returns the address of the home page.
    pub(super) fn url(&self) -> String {
        let mut shown = self.address;
        if shown.ip().is_unspecified() {
            shown.set_ip(IpAddr::from([127, 0, 0, 1]));
        }
        format!("http://{shown}{}", self.publications.borrow().base)
    }

    /// Shows another site from now on, and tells open pages.
    pub(super) fn publish(&self, publication: Publication) {
        self.publications.send_replace(Arc::new(publication));
    }

    /// Answers requests on a thread of its own until the returned value is dropped.
    pub(super) fn start<'s>(&'s self, scope: &'s Scope<'s, '_>) -> oneshot::Sender<Infallible> {
        let (stop, stopped) = oneshot::channel();
        let publications = self.publications.subscribe();
        let shared = Shared { publications, is_loopback: self.address.ip().is_loopback() };
        scope.spawn(|| self.runtime.block_on(self.answer_all(shared, stopped)));
        stop
    }

    async fn answer_all(&self, shared: Shared, stopped: oneshot::Receiver<Infallible>) {
        let listener = self.listener.try_clone().and_then(tokio::net::TcpListener::from_std);
        let listener =
            listener.expect("a listening socket can be used by the runtime of this thread");
        let router = Router::new().fallback(handle).with_state(shared);
        tokio::select! {
            _ = axum::serve(listener, router) => {}
            // Open pages hold their connection for ever: no waiting for them.
            _ = stopped => {}
        }
    }
}

/// Listens on an address, or on the same with one of the next ports.
fn listen(address: SocketAddr) -> Result<TcpListener> {
    let last = address.port().saturating_add(if address.port() == 0 { 0 } else { FURTHER_PORTS });
    for port in address.port()..=last {
        let address = SocketAddr::new(address.ip(), port);
        match TcpListener::bind(address) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => {
                let failed = |e| Error::io("listen on", Path::new(&address.to_string()), e);
                return bound.map_err(failed);
            }
        }
    }
    Err(Error::refused(
        format!("the ports {} to {last} of {} are all taken", address.port(), address.ip()),
        "choose another port",
    ))
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    if shared.is_loopback && !is_local_host(request.headers()) {
        let why = "this server answers to `localhost` only";
        return into_response(Answer::text(403, why));
    }
    if request.uri().path() == "/_polder/events" && request.method() == "GET" {
        return events(shared.publications).into_response();
    }
    let publication = Arc::clone(&shared.publications.borrow());
    // Attachments are read from disk here; open pages need not wait for a large one.
    let answered = tokio::task::spawn_blocking(move || {
        let if_none_match = request.headers().get(IF_NONE_MATCH);
        let asked = Asked {
            method: request.method().as_str(),
            path: request.uri().path(),
            query: request.uri().query(),
            if_none_match: if_none_match.and_then(|value| value.to_str().ok()),
        };
        answer(&publication, asked)
    });
    into_response(answered.await.unwrap_or_else(|error| Answer::text(500, &error.to_string())))
}

/// Returns whether a request names this machine as its host. A page of another site can make a browser send requests
/// here under a name of its own that it has pointed to this machine (DNS rebinding), and would see the answers.
fn is_local_host(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|ip| ip.is_loopback())
}

/// Tells an open page what is published now, and what is published later.
fn events(publications: watch::Receiver<Arc<Publication>>) -> impl IntoResponse {
    let messages = WatchStream::new(publications)
        .map(|publication| Ok::<_, Infallible>(sse::Event::default().data(publication.to_json())));
    let headers = [(CACHE_CONTROL, "no-store")];
    (headers, Sse::new(messages).keep_alive(KeepAlive::default()))
}

fn into_response(answer: Answer) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).expect("names and values of headers are plain ASCII")
}
