//! The HTTPS server: accepts connections, selects the service by host name, and responds.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use cloud_sim::Pace;
use cloud_sim::Signer;
use cloud_sim::Sim;
use domain::cloud::Cloud;
use domain::platform::NoAnswer;
use http::HeaderMap;
use http::Request;
use http::Response;
use http::StatusCode;
use http::Uri;
use http_body_util::BodyExt as _;
use http_body_util::Either;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::body::Frame;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::control;
use crate::cors;
use crate::cors::Cors;
use crate::cors::Service;
use crate::keys::Rs256;
use crate::proxy::Refused;
use crate::record;
use crate::record::Entry;
use crate::record::Needles;
use crate::site::Site;

/// The simulated clouds and the state of the server.
pub(crate) struct Server {
    pub(crate) sim: RefCell<Sim>,
    pub(crate) switches: RefCell<Switches>,
    pub(crate) log: RefCell<Vec<Entry>>,
    pub(crate) needles: RefCell<Needles>,
    pub(crate) refused: Refused,
    signer: Rc<Rs256>,
    seed: u64,
    sites: Vec<Site>,
}

/// Faults that the emulator itself adds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switches {
    pub(crate) clock_offset_seconds: i64,
    pub(crate) arm_exposes: Vec<String>,
    pub(crate) cors: Cors,
    /// Starts of paths whose responses, preflights included, have no CORS headers.
    pub(crate) without_cors: Vec<String>,
    pub(crate) delay: Duration,
}

/// The signing key. It is shared, because `reset` replaces the simulated clouds and keeps the key.
struct Shared(Rc<Rs256>);

impl Signer for Shared {
    fn sign(&self, header: &Value, claims: &Value) -> String {
        self.0.sign(header, claims)
    }

    fn keys(&self) -> Value {
        self.0.keys()
    }

    fn verifies(
        &self,
        certificate: &[u8],
        algorithm: &str,
        signed: &[u8],
        signature: &[u8],
    ) -> bool {
        self.0.verifies(certificate, algorithm, signed, signature)
    }
}

/// A complete body, or one that ends early.
type Answer = Response<Either<Full<Bytes>, Cut>>;

/// A body that announces more bytes than it sends.
pub(crate) struct Cut(bool);

impl hyper::body::Body for Cut {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let first = !std::mem::replace(&mut self.0, true);
        std::task::Poll::Ready(first.then(|| Ok(Frame::data(Bytes::from_static(b"{\"")))))
    }
}

impl Server {
    pub(crate) fn new(seed: u64, signer: Rs256, sites: Vec<Site>, refused: Refused) -> Self {
        let signer = Rc::new(signer);
        Self {
            sim: RefCell::new(fresh(seed, &signer)),
            switches: RefCell::default(),
            log: RefCell::default(),
            needles: RefCell::default(),
            refused,
            signer,
            seed,
            sites,
        }
    }

    /// Returns everything except the key to the state after the start.
    pub(crate) fn reset(&self) {
        *self.sim.borrow_mut() = fresh(self.seed, &self.signer);
        *self.switches.borrow_mut() = Switches::default();
        self.log.borrow_mut().clear();
        self.needles.borrow_mut().clear();
        self.refused.borrow_mut().clear();
    }

    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or_default()
            + self.switches.borrow().clock_offset_seconds;
        let nanoseconds = i32::try_from(since.subsec_nanos()).unwrap_or_default();
        Timestamp::new(seconds, nanoseconds).unwrap_or_default()
    }

    /// Responds, or closes the connection.
    async fn answer(&self, request: Request<Vec<u8>>) -> Result<Answer, Dropped> {
        let host = host(&request);
        if host == control::HOST {
            return Ok(whole(control::answer(self, &request)));
        }
        if let Some(site) = self.sites.iter().find(|site| site.host == host) {
            return Ok(whole(site.answer(request.method(), request.uri().path())));
        }
        let now = self.now();
        let mut entry = record::entry(
            now.to_string(),
            &host,
            &request,
            &mut self.needles.borrow_mut(),
        );
        let without = cors::lacks(&self.switches.borrow().without_cors, request.uri().path());
        let service = service(&host).filter(|_| !without);
        let (outcome, latency) = match service.and_then(|_| cors::preflight(&request)) {
            Some(response) => (Ok(response), Duration::ZERO),
            None => {
                let outcome = self.sim.borrow_mut().handle(now, &request);
                (outcome.answer, outcome.latency)
            }
        };
        entry.outcome = match &outcome {
            Ok(response) => response.status().as_u16().to_string(),
            Err(why) => format!("{why:?}"),
        };
        self.log.borrow_mut().push(entry);
        let latency = latency + self.switches.borrow().delay;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        match outcome {
            Ok(mut response) => {
                record::learn(
                    response.headers(),
                    response.body(),
                    &mut self.needles.borrow_mut(),
                );
                let status = response.status();
                self.allow(service, request.headers(), status, response.headers_mut());
                Ok(whole(response))
            }
            Err(NoAnswer::Lost | NoAnswer::NotSent) => Err(Dropped),
            Err(NoAnswer::TimedOut) => {
                // Longer than the timeout of any client. Ends with the connection.
                tokio::time::sleep(Duration::from_secs(600)).await;
                Err(Dropped)
            }
            Err(NoAnswer::Cut { status }) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
                let mut response = Response::new(Either::Right(Cut(false)));
                *response.status_mut() = status;
                let headers = response.headers_mut();
                self.allow(service, request.headers(), status, headers);
                headers.insert(
                    "content-type",
                    http::HeaderValue::from_static("application/json"),
                );
                headers.insert("content-length", http::HeaderValue::from_static("512"));
                Ok(response)
            }
        }
    }

    fn allow(
        &self,
        service: Option<Service>,
        request: &HeaderMap,
        status: StatusCode,
        out: &mut HeaderMap,
    ) {
        let switches = self.switches.borrow();
        if let Some(service) = service {
            cors::allow(
                switches.cors,
                service,
                &switches.arm_exposes,
                request,
                status,
                out,
            );
        }
    }
}

fn fresh(seed: u64, signer: &Rc<Rs256>) -> Sim {
    Sim::new(seed)
        .with_signer(Box::new(Shared(Rc::clone(signer))))
        .with_pace(Pace::Even(Duration::ZERO))
}

/// The connection closes without a response.
#[derive(Debug)]
pub(crate) struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the answer is lost, as was asked for")
    }
}

impl std::error::Error for Dropped {}

/// All served Microsoft hosts.
pub(crate) fn microsoft_hosts() -> Vec<String> {
    let mut hosts: Vec<String> = Cloud::ALL
        .iter()
        .flat_map(|cloud| [cloud.login_host(), cloud.graph_host(), cloud.arm_host()])
        .map(ToOwned::to_owned)
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

fn service(host: &str) -> Option<Service> {
    if Cloud::ALL.iter().any(|cloud| cloud.graph_host() == host) {
        Some(Service::Graph)
    } else if Cloud::ALL.iter().any(|cloud| cloud.arm_host() == host) {
        Some(Service::Arm)
    } else {
        None
    }
}

fn host(request: &Request<Vec<u8>>) -> String {
    request
        .uri()
        .host()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn whole(response: Response<Vec<u8>>) -> Answer {
    response.map(|bytes| Either::Left(Full::new(Bytes::from(bytes))))
}

/// Serves until the task is dropped.
pub(crate) async fn serve(listener: TcpListener, tls: TlsAcceptor, server: Rc<Server>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (tls, server) = (tls.clone(), Rc::clone(&server));
        tokio::task::spawn_local(async move {
            let Ok(stream) = tls.accept(stream).await else {
                return;
            };
            let service = service_fn(move |request| respond(Rc::clone(&server), request));
            // A broken connection concerns only its client.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn respond(server: Rc<Server>, request: Request<Incoming>) -> Result<Answer, Dropped> {
    let (mut head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Dropped)?.to_bytes();
    let authority = head
        .headers
        .get(http::header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    // The port belongs to the emulator, not to the host name.
    let name = authority.split(':').next().unwrap_or_default();
    let path = head
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    head.uri = Uri::builder()
        .scheme("https")
        .authority(name)
        .path_and_query(path)
        .build()
        .map_err(|_| Dropped)?;
    server
        .answer(Request::from_parts(head, body.to_vec()))
        .await
}
