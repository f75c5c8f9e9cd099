//! In-memory implementation of the platform: simulated Microsoft clouds that follow Microsoft's documentation, including error responses
//! and delays.
//!
//! Serves the demo, the native tests, and (behind real sockets) independent clients such as Azure CLI. It handles JSON itself and never
//! imports `graph/wire.rs` or `arm/wire.rs`, so its reading of Microsoft's pages is independent and can contradict the client's.

pub mod arrange;
pub mod directory;
pub mod entra;
pub mod faults;
pub mod odata;
pub mod platform;
pub mod recording;
pub mod seed;
pub mod subscriptions;
pub mod tab;

pub mod scenarios;

mod answer;
mod past;
mod rng;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::arrange::RoleSight;
use crate::directory::snapshot;
use crate::directory::store::Record;
use crate::directory::store::Replication;
use crate::directory::tenant::Tenant;
use crate::directory::throttle::Throttle;
use crate::faults::Crash;
use crate::faults::Fault;
use crate::faults::FaultKind;
use crate::faults::Faults;
use crate::recording::Recording;
use crate::rng::Rng;
use crate::subscriptions::changes::SubscriptionChange;
use crate::subscriptions::changes::When;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::NoAnswer;

/// Included in every response of a simulated cloud and in no production bundle, so a test can detect the simulation in a build.
pub const MARKER: &str = "simulated cloud of CMG Entra Setup";

/// Every cloud and every tenant. Has no clock: the caller passes the current time. A clone is independent of the original.
#[derive(Clone)]
pub struct Sim {
    pub(crate) tenants: Vec<Tenant>,
    pub(crate) entra: entra::state::Entra,
    pub(crate) rng: Rng,
    pub(crate) throttle: Throttle,
    pub(crate) faults: Faults,
    signer: Rc<dyn Signer>,
    tokens: HashMap<String, Caller>,
    counts: BTreeMap<String, u64>,
    pace: Pace,
    pub(crate) role_sight: RoleSight,
    pub(crate) azure_modes: subscriptions::modes::Modes,
    /// Changes of subscriptions that are still to come.
    pub(crate) upcoming: Vec<(When, SubscriptionChange)>,
    has_seed_data: bool,
    /// The changes so far, if they are recorded.
    recording: Option<Recording>,
}

/// Result of one request.
#[derive(Debug)]
pub struct Outcome {
    pub answer: Result<HttpResponse, NoAnswer>,
    /// Delay before the response arrives.
    pub latency: Duration,
    /// When the page that sent the request crashes, if it does: at once, or when the response arrives. Set only by an injected fault.
    pub crash: Option<Crash>,
}

/// Identity and permissions that a bearer token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The tenant that issued the token.
    pub tenant: TenantId,
    /// The client that requested the token.
    pub app: AppId,
    /// The user, or the client's service principal when no user is signed in.
    pub oid: ObjectId,
    /// Delegated permissions (`scp`). Empty for a token without a user.
    pub scopes: Vec<String>,
    /// Application permissions (`roles`). Empty for a token with a user.
    pub roles: Vec<String>,
    /// `aud`, as requested: a URI or an application ID.
    pub audience: String,
    pub expires: Timestamp,
}

/// Signs tokens. The simulated services recognize tokens by their text, so a valid signature matters only to clients that verify it.
pub trait Signer {
    /// Returns a compact JWS.
    fn sign(&self, header: &Value, claims: &Value) -> String;

    /// The `keys` array of the JWK set that verifies the signatures.
    fn keys(&self) -> Value {
        json!([])
    }

    /// Whether the key of this certificate (DER) made this signature with this JWS algorithm. Always `false` for a signer without
    /// cryptography.
    fn verifies(
        &self,
        _certificate: &[u8],
        _algorithm: &str,
        _signed: &[u8],
        _signature: &[u8],
    ) -> bool {
        false
    }
}

/// Signs nothing: the tokens look like tokens from Microsoft Entra ID, with a fixed text as the signature. Only this process accepts them.
pub struct Unsigned;

impl Signer for Unsigned {
    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!(
            "{}.{}.{}",
            part(header),
            part(claims),
            URL_SAFE_NO_PAD.encode(MARKER)
        )
    }
}

impl Caller {
    /// Whether the token has one of these permissions. `Directory.AccessAsUser.All` in a user's token counts as every permission.
    pub(crate) fn has_one_of(&self, permissions: &[&str]) -> bool {
        let own = if self.roles.is_empty() {
            &self.scopes
        } else {
            &self.roles
        };
        own.iter().any(|one| {
            permissions.contains(&one.as_str())
                || (self.roles.is_empty() && one == "Directory.AccessAsUser.All")
        })
    }
}

/// Time after which the browser gives up on a request.
const DEADLINE: Duration = Duration::from_secs(30);

/// Response times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Every response takes this long. Tests use it to measure.
    Even(Duration),
    /// Random between the two, drawn from the seed.
    Varied(Duration, Duration),
}

impl Sim {
    /// The demo tenants (see `seed.rs`) with immediate replication and responses after 100 ms. Their content is created at the first
    /// request and dated before it.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            tenants: seed::tenants(),
            entra: entra::state::Entra::default(),
            rng: Rng::new(seed),
            throttle: Throttle::default(),
            faults: Faults::default(),
            signer: Rc::new(Unsigned),
            tokens: HashMap::new(),
            counts: BTreeMap::new(),
            pace: Pace::Even(Duration::from_millis(100)),
            role_sight: RoleSight::Nameless,
            azure_modes: subscriptions::modes::Modes::default(),
            upcoming: Vec::new(),
            has_seed_data: false,
            recording: None,
        }
    }

    #[must_use]
    pub fn with_signer(mut self, signer: Box<dyn Signer>) -> Self {
        self.signer = Rc::from(signer);
        self
    }

    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Self {
        self.set_pace(pace);
        self
    }

    pub fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Applies this replication delay to every tenant.
    #[must_use]
    pub fn with_replication(mut self, replication: Replication) -> Self {
        self.replicate(replication);
        self
    }

    /// Applies this replication delay to every tenant.
    pub fn replicate(&mut self, replication: Replication) {
        for tenant in &mut self.tenants {
            tenant.directory.replication = replication;
        }
    }

    /// Sets how long provider registration takes. A very long time simulates a registration that hangs.
    #[must_use]
    pub fn with_registering(mut self, registering: Duration) -> Self {
        for tenant in &mut self.tenants {
            tenant.azure.registering = registering;
        }
        self
    }

    /// Replaces the user's directory roles (template IDs), for example to simulate a role that is activated or expires during a run.
    /// `false` if the user does not exist.
    pub fn set_directory_roles(&mut self, sign_in_name: &str, templates: &[Uuid]) -> bool {
        let users = self
            .tenants
            .iter_mut()
            .flat_map(|tenant| tenant.users.iter_mut());
        for user in users {
            if user.user_principal_name.eq_ignore_ascii_case(sign_in_name) {
                user.roles = templates.to_vec();
                return true;
            }
        }
        false
    }

    /// Changes the display name of every tenant, user, and subscription with this display name. `false` if there is none.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let mut is_renamed = false;
        for tenant in &mut self.tenants {
            let people = tenant.users.iter_mut().map(|it| &mut it.display_name);
            let subscriptions = tenant.azure.subscriptions.iter_mut();
            let names = std::iter::once(&mut tenant.display_name)
                .chain(people)
                .chain(subscriptions.map(|it| &mut it.display_name));
            for name in names.filter(|name| *name == from) {
                to.clone_into(name);
                is_renamed = true;
            }
        }
        is_renamed
    }

    /// Replaces the policy at `/policies/defaultAppManagementPolicy`, in the format of Microsoft Graph. `false` if the tenant does not
    /// exist.
    pub fn set_app_management_policy(&mut self, tenant: TenantId, policy: Value) -> bool {
        match self.tenant_mut(tenant) {
            Some(tenant) => {
                tenant.app_management = policy;
                true
            }
            None => false,
        }
    }

    /// Sets the policies at `/identity/conditionalAccess/policies`, in the format of Microsoft Graph. They are only listed: sign-ins ignore
    /// them. `false` if the tenant does not exist.
    pub fn set_conditional_access(&mut self, tenant: TenantId, policies: Vec<Value>) -> bool {
        match self.tenant_mut(tenant) {
            Some(tenant) => {
                tenant.conditional_access = policies;
                true
            }
            None => false,
        }
    }

    /// Behaves like the real clouds on an ordinary day: varying response times, and replication delays of some seconds.
    #[must_use]
    pub fn lively(self) -> Self {
        self.with_pace(Pace::Varied(
            Duration::from_millis(120),
            Duration::from_millis(600),
        ))
        .with_replication(Replication::LIVELY)
    }

    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest) -> Outcome {
        self.add_seed_data(now);
        let mut latency = match self.pace {
            Pace::Even(latency) => latency,
            Pace::Varied(least, most) => self.rng.between(least, most),
        };
        let fault = self.faults.strike(request.method(), request.uri().path());
        let crash = fault.as_ref().and_then(FaultKind::crash);
        let answer = match fault {
            None => self.execute(now, request),
            Some(FaultKind::Slow(by)) => {
                latency += by;
                self.execute(now, request)
            }
            Some(FaultKind::LostBefore | FaultKind::CrashBefore) => Err(NoAnswer::Lost),
            Some(FaultKind::CrashAfter | FaultKind::CrashAnswered) => self.execute(now, request),
            // The first response is discarded.
            Some(FaultKind::Twice) => self
                .answer(now, request)
                .and_then(|_| self.execute(now, request)),
            Some(FaultKind::Failed(status)) => self
                .answer(now, request)
                .map(|_| answer::respond(now, status, &[], None)),
            Some(FaultKind::LostAfter) => self.execute(now, request).and(Err(NoAnswer::Lost)),
            Some(FaultKind::CutAfter) => self.execute(now, request).and_then(|answer| {
                Err(NoAnswer::Cut {
                    status: answer.status().as_u16(),
                })
            }),
            Some(FaultKind::HangBefore) => {
                latency = DEADLINE;
                Err(NoAnswer::TimedOut)
            }
            Some(FaultKind::HangAfter) => {
                latency = DEADLINE;
                self.execute(now, request).and(Err(NoAnswer::TimedOut))
            }
            Some(FaultKind::Instead(status, body)) => {
                let mut response = answer::respond(now, status, &[], None);
                *response.body_mut() = body.into_bytes();
                Ok(response)
            }
            Some(FaultKind::Redirected(to)) => {
                let location = [("Location", to)];
                Ok(answer::respond(now, 307, &location, None))
            }
            Some(FaultKind::Garbled(body)) => self.execute(now, request).map(|mut response| {
                *response.body_mut() = body.into_bytes();
                response
            }),
            Some(
                kind @ (FaultKind::Throttled(_)
                | FaultKind::Concurrency
                | FaultKind::Revoked(_)
                | FaultKind::Denied
                | FaultKind::ObjectFull
                | FaultKind::TenantQuota
                | FaultKind::PrincipalQuota),
            ) => Ok(self.refuse(now, request, &kind)),
        };
        Outcome {
            answer,
            latency,
            crash,
        }
    }

    /// Creates the tenants' initial content at the first request, because its dates are relative to that time.
    fn add_seed_data(&mut self, now: Timestamp) {
        if self.has_seed_data {
            return;
        }
        self.has_seed_data = true;
        self.record_first_use(now);
        let lags: Vec<Replication> = self
            .tenants
            .iter_mut()
            .map(|tenant| std::mem::take(&mut tenant.directory.replication))
            .collect();
        seed::add_seed_data(self, now);
        for (tenant, lag) in self.tenants.iter_mut().zip(lags) {
            tenant.directory.replication = lag;
        }
        self.counts.clear();
        self.tokens.clear();
        self.throttle = Throttle::default();
    }

    /// Executes a request of a client and records it.
    fn execute(&mut self, now: Timestamp, request: &HttpRequest) -> Result<HttpResponse, NoAnswer> {
        self.record_request(now, request);
        self.answer(now, request)
    }

    pub(crate) fn answer(
        &mut self,
        now: Timestamp,
        request: &HttpRequest,
    ) -> Result<HttpResponse, NoAnswer> {
        let host = request.uri().host().unwrap_or_default();
        let cloud_where = |find: fn(Cloud) -> &'static str| {
            Cloud::ALL.into_iter().find(|cloud| find(*cloud) == host)
        };
        if cloud_where(Cloud::login_host).is_some() {
            return Ok(entra::handle(self, now, request));
        }
        if let Some(cloud) = cloud_where(Cloud::graph_host) {
            return Ok(directory::handle(self, now, cloud, request));
        }
        if let Some(cloud) = cloud_where(Cloud::arm_host) {
            return Ok(subscriptions::handle(self, now, cloud, request));
        }
        Err(NoAnswer::Lost)
    }

    fn refuse(&mut self, now: Timestamp, request: &HttpRequest, kind: &FaultKind) -> HttpResponse {
        let is_graph = Cloud::ALL
            .iter()
            .any(|cloud| request.uri().host() == Some(cloud.graph_host()));
        let Some(refusal) = kind.refusal() else {
            return HttpResponse::default();
        };
        if is_graph {
            return directory::refuse(self, now, request, refusal);
        }
        let mut headers = refusal.headers.clone();
        headers.push(("Content-Type", "application/json; charset=utf-8".to_owned()));
        let body = json!({ "error": refusal.error() });
        answer::respond(now, refusal.status, &headers, Some(&body))
    }

    /// Opens a sign-in page and returns the fragment of the response, without `#`.
    pub fn authorize(&mut self, now: Timestamp, url: &str) -> String {
        self.add_seed_data(now);
        self.record_sign_in(now, url);
        entra::authorize(self, now, url)
    }

    /// Signs a token for this caller and stores it.
    pub fn issue(&mut self, now: Timestamp, caller: Caller) -> String {
        let claims = self.claims(now, &caller);
        let token = self
            .signer
            .sign(&json!({ "typ": "JWT", "alg": "none" }), &claims);
        self.remember(now, &token, caller);
        token
    }

    /// Every token passes through here, so the tenant's prepared app pair exists before the caller can read it.
    pub(crate) fn remember(&mut self, now: Timestamp, token: &str, caller: Caller) {
        seed::show_pair(self, caller.tenant, now);
        self.tokens.insert(token.to_owned(), caller);
    }

    /// Issues a token for the user with this sign-in name without any sign-in page, for tests of later steps. `None` if the user does not
    /// exist. The client is the Microsoft Graph command line tool.
    pub fn token_for(
        &mut self,
        now: Timestamp,
        sign_in_name: &str,
        audience: &str,
        scopes: &[&str],
    ) -> Option<String> {
        let (tenant, oid) = self.tenants.iter().find_map(|tenant| {
            let user = tenant.user_named(sign_in_name)?;
            Some((tenant.id, user.id))
        })?;
        let caller = Caller {
            tenant,
            app: AppId::new(Uuid::from_u128(0x14d82eec_204b_4c2f_b7e8_296a70dab67e)),
            oid,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            roles: Vec::new(),
            audience: audience.to_owned(),
            expires: now + Duration::from_hours(1),
        };
        self.add_seed_data(now);
        Some(self.issue(now, caller))
    }

    /// The state of every tenant in a fixed order, to compare runs. Contains no secret text.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        let mut tenants = serde_json::Map::new();
        for tenant in &self.tenants {
            tenants.insert(tenant.id.to_string(), snapshot::of(tenant));
        }
        Value::Object(tenants)
    }

    /// As `snapshot`, for one tenant. Null if the tenant does not exist.
    #[must_use]
    pub fn snapshot_of(&self, tenant: TenantId) -> Value {
        self.tenant(tenant).map_or(Value::Null, snapshot::of)
    }

    /// The largest number of client secrets with the same description that an application of the tenant ever had at once.
    #[must_use]
    pub fn most_secrets_at_once(&self, tenant: TenantId) -> usize {
        let tenant = self.tenant(tenant);
        let applications = tenant.into_iter().flat_map(|it| &it.directory.applications);
        let states = applications.flat_map(Record::states);
        states
            .filter_map(|state| state["passwordCredentials"].as_array())
            .flat_map(|all| {
                let same = |one: &Value| {
                    let name = &one["displayName"];
                    all.iter().filter(|it| it["displayName"] == *name).count()
                };
                all.iter().map(same).collect::<Vec<_>>()
            })
            .max()
            .unwrap_or_default()
    }

    /// True if every injected fault has occurred.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        self.faults.is_spent()
    }

    /// Number of requests of each kind, such as `POST graph applications/{}/addPassword`. Includes requests inside a batch.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    pub fn inject(&mut self, fault: Fault) {
        self.faults.add(fault);
    }

    /// Injects a fault into the next request that changes something, of any service and method.
    pub fn inject_into_next_change(&mut self, kind: FaultKind) {
        self.faults.add_to_next_change(kind);
    }

    pub fn clear_faults(&mut self) {
        self.faults = Faults::default();
    }

    pub(crate) fn count(&mut self, method: &Method, service: &str, path: &str) {
        *self
            .counts
            .entry(format!("{method} {service} {path}"))
            .or_default() += 1;
    }

    pub(crate) fn caller(&self, token: &str) -> Option<&Caller> {
        self.tokens.get(token)
    }

    pub(crate) fn signer(&self) -> &dyn Signer {
        self.signer.as_ref()
    }

    pub(crate) fn tenant(&self, id: TenantId) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }

    pub(crate) fn tenant_mut(&mut self, id: TenantId) -> Option<&mut Tenant> {
        self.tenants.iter_mut().find(|tenant| tenant.id == id)
    }

    fn claims(&mut self, now: Timestamp, caller: &Caller) -> Value {
        let cloud = self
            .tenant(caller.tenant)
            .map_or(Cloud::Public, |tenant| tenant.cloud);
        let unique = self.rng.guid();
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

/// Host name in the issuer of version 1 tokens.
fn issuer_host(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "sts.windows.net",
        Cloud::UsGov | Cloud::UsGovDod => "sts.windows.net",
    }
}
