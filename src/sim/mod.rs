//! World two: clouds made of memory, as Microsoft documents them, refusals and delays included.
//!
//! Serves the demo, the native tests, and (behind real sockets) independent clients such as Azure CLI. It speaks JSON and never imports
//! `graph/wire.rs` or `arm/wire.rs`: its reading of Microsoft's pages must be able to contradict the client's.

pub mod directory;
pub mod entra;
pub mod faults;
pub mod odata;
pub mod seed;
pub mod subscriptions;
pub mod world;

mod answer;
mod draws;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::domain::cloud::Cloud;
use crate::domain::ids::AppId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;
use crate::sim::directory::Tenant;
use crate::sim::draws::Draws;
use crate::sim::faults::Fault;
use crate::sim::faults::Faults;
use crate::world::NoAnswer;
use crate::world::Request;
use crate::world::Response;

/// Stands in every answer of a simulated cloud, and in no production bundle.
pub const MARKER: &str = "simulated cloud of CMG Entra Setup";

/// Every cloud and every tenant. Holds no clock: the caller says what time it is.
pub struct Sim {
    pub(in crate::sim) tenants: Vec<Tenant>,
    pub(in crate::sim) entra: entra::Entra,
    pub(in crate::sim) draws: Draws,
    faults: Faults,
    signer: Box<dyn Signer>,
    tokens: HashMap<String, Caller>,
    counts: BTreeMap<String, u64>,
    pace: Pace,
}

/// What one request came to.
#[derive(Debug)]
pub struct Outcome {
    /// The answer, or why there is none.
    pub answer: Result<Response, NoAnswer>,
    /// How long it takes to arrive.
    pub latency: Duration,
}

/// What a bearer token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The tenant that issued it.
    pub tenant: TenantId,
    /// The client that asked for it.
    pub app: AppId,
    /// The user, or the client's service principal when nobody is signed in.
    pub oid: ObjectId,
    /// Delegated permissions (`scp`). Empty for a token without a user.
    pub scopes: Vec<String>,
    /// Application permissions (`roles`). Empty for a token with a user.
    pub roles: Vec<String>,
    /// Whom it is for (`aud`), as asked: a URI or an application ID.
    pub audience: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// Makes the text of a token. Tokens are recognised by text, so a signature is only for clients that look inside.
pub trait Signer {
    /// A compact JWS of these two.
    fn sign(&self, header: &Value, claims: &Value) -> String;

    /// The `keys` array of the JWK set that verifies it.
    fn keys(&self) -> Value {
        json!([])
    }
}

/// Tokens that only this process believes (`alg: none`).
pub struct Unsigned;

impl Signer for Unsigned {
    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(header), part(claims))
    }
}

/// How long answers take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Every answer takes this long: what tests measure with.
    Even(Duration),
    /// Between the two, drawn from the seed.
    Varied(Duration, Duration),
}

impl Sim {
    /// The demo tenants (see `seed.rs`), replicating at once and answering after 100 ms.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut draws = Draws::new(seed);
        Self {
            tenants: seed::tenants(&mut draws),
            entra: entra::Entra::default(),
            draws,
            faults: Faults::default(),
            signer: Box::new(Unsigned),
            tokens: HashMap::new(),
            counts: BTreeMap::new(),
            pace: Pace::Even(Duration::from_millis(100)),
        }
    }

    /// Signs tokens with this from now on.
    #[must_use]
    pub fn with_signer(mut self, signer: Box<dyn Signer>) -> Self {
        self.signer = signer;
        self
    }

    /// Answers at this pace from now on.
    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Carries out one request at the given moment.
    pub fn handle(&mut self, now: Timestamp, request: &Request) -> Outcome {
        let latency = match self.pace {
            Pace::Even(latency) => latency,
            Pace::Varied(least, most) => self.draws.between(least, most),
        };
        let _ = (now, request);
        Outcome {
            answer: Err(NoAnswer::Lost),
            latency,
        }
    }

    /// Goes to a sign-in page and comes back: the fragment of the answer, without `#`.
    pub fn authorize(&mut self, now: Timestamp, url: &str) -> String {
        entra::authorize(self, now, url)
    }

    /// A token for this caller, signed and remembered.
    pub fn issue(&mut self, now: Timestamp, caller: Caller) -> String {
        let claims = self.claims(now, &caller);
        let token = self
            .signer
            .sign(&json!({ "typ": "JWT", "alg": "none" }), &claims);
        self.tokens.insert(token.clone(), caller);
        token
    }

    /// The state of every tenant in a fixed order, for comparing runs. Holds no secret text.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        Value::Null
    }

    /// How many requests of each kind came in, such as `POST graph /applications`.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    /// Makes a coming request go wrong.
    pub fn inject(&mut self, fault: Fault) {
        self.faults.add(fault);
    }

    pub(in crate::sim) fn signer(&self) -> &dyn Signer {
        self.signer.as_ref()
    }

    pub(in crate::sim) fn tenant(&self, id: TenantId) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }

    pub(in crate::sim) fn tenant_mut(&mut self, id: TenantId) -> Option<&mut Tenant> {
        self.tenants.iter_mut().find(|tenant| tenant.id == id)
    }

    fn claims(&mut self, now: Timestamp, caller: &Caller) -> Value {
        let cloud = self
            .tenant(caller.tenant)
            .map_or(Cloud::Public, |tenant| tenant.cloud);
        let unique = self.draws.guid();
        let mut claims = json!({
            "aud": caller.audience,
            "iss": format!("https://{}/{}/", issuer_host(cloud), caller.tenant),
            "iat": now.as_second(),
            "nbf": now.as_second(),
            "exp": caller.expires.as_second(),
            "appid": caller.app.to_string(),
            "oid": caller.oid.to_string(),
            "tid": caller.tenant.to_string(),
            "uti": unique.simple().to_string(),
            "ver": "1.0",
        });
        if caller.roles.is_empty() {
            claims["scp"] = json!(caller.scopes.join(" "));
        } else {
            claims["roles"] = json!(caller.roles);
        }
        claims
    }
}

/// Version 1 tokens name this host as their issuer.
fn issuer_host(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "sts.windows.net",
        Cloud::UsGov | Cloud::UsGovDod => "sts.windows.net",
    }
}
