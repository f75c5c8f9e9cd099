//! The emulator: the simulated clouds behind real sockets, under Microsoft's host names, reachable only on this machine.
//!
//! The crate `cloud-sim` decides what the services do. This crate adds TLS, host names, CORS, lost responses, and the control API.

pub mod control;
pub mod cors;
pub mod site;

mod certificates;
mod keys;
mod proxy;
mod record;
mod server;

use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use crate::keys::Rs256;
use crate::proxy::Refused;
use crate::server::Server;
use crate::site::Site;

/// What to serve and on which ports. Port 0 selects any free port.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Port of the HTTPS listener.
    pub port: u16,
    /// Port of the CONNECT proxy.
    pub proxy: u16,
    /// Seed of the simulated clouds.
    pub seed: u64,
    /// Built pages to serve.
    pub sites: Vec<Site>,
}

/// An emulator that runs in its own thread until it is dropped.
pub struct Emulator {
    /// Address of the HTTPS listener for all host names.
    pub https: SocketAddr,
    /// Address of the CONNECT proxy.
    pub proxy: SocketAddr,
    /// Certificate that clients must trust, in PEM.
    pub authority: String,
    /// The served host names.
    pub names: Vec<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Reason why the emulator did not start.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

impl Emulator {
    /// Starts the emulator and returns when both ports are open.
    ///
    /// # Errors
    /// A port is taken, or the machine has no randomness for keys.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let mut names = server::microsoft_hosts();
        names.push(control::HOST.to_owned());
        names.extend(options.sites.iter().map(|site| site.host.clone()));
        let (ready, is_ready) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = {
            let names = names.clone();
            std::thread::spawn(move || run(&options, names, &ready, stopped))
        };
        let (https, proxy, authority) = is_ready
            .recv()
            .map_err(|_| "the emulator's thread ended")??;
        Ok(Self {
            https,
            proxy,
            authority,
            names,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread can have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Ready = Result<(SocketAddr, SocketAddr, String), StartError>;

fn run(
    options: &Options,
    names: Vec<String>,
    ready: &mpsc::Sender<Ready>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = ready.send(Err(error.into()));
            return;
        }
    };
    let local = LocalSet::new();
    local.block_on(&runtime, async {
        match open(options, names).await {
            Ok(told) => {
                let _ = ready.send(Ok(told));
                // Dropping the emulator drops the sender, which ends this wait.
                let _ = stopped.await;
            }
            Err(error) => {
                let _ = ready.send(Err(error));
            }
        }
    });
}

async fn open(
    options: &Options,
    names: Vec<String>,
) -> Result<(SocketAddr, SocketAddr, String), StartError> {
    let (authority, tls) =
        certificates::make(&names).map_err(|error| -> StartError { error.to_string().into() })?;
    let signer = Rs256::generate().map_err(|_| "no randomness for a key")?;
    let https = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let proxy = TcpListener::bind((Ipv4Addr::LOCALHOST, options.proxy)).await?;
    let (https_at, proxy_at) = (https.local_addr()?, proxy.local_addr()?);
    let refused = Refused::default();
    let server = Rc::new(Server::new(
        options.seed,
        signer,
        options.sites.clone(),
        Rc::clone(&refused),
    ));
    tokio::task::spawn_local(server::serve(https, tls, server));
    tokio::task::spawn_local(proxy::serve(proxy, Rc::new(names), https_at, refused));
    Ok((https_at, proxy_at, authority))
}
