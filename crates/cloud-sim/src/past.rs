//! Sends dated requests as a client in the past, to create what a tenant contains at the first request.

use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::Caller;
use crate::Sim;
use crate::directory::roles;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::platform::HttpRequest;

pub(crate) const DAY: Duration = Duration::from_hours(24);
/// The scope's ID in the prepared pairs.
pub(crate) const SCOPE: Uuid = Uuid::from_u128(0x5e97_358c_d99c_4558_8000_0000_00ff_0001);

/// A client that works in a tenant at a time in the past. Its user is an administrator of the tenant.
pub(crate) struct Past<'a> {
    pub(crate) sim: &'a mut Sim,
    pub(crate) tenant: TenantId,
    pub(crate) admin: ObjectId,
    /// Time of the last request.
    pub(crate) moment: Timestamp,
    host: &'static str,
    token: String,
}

impl<'a> Past<'a> {
    pub(crate) fn new(sim: &'a mut Sim, tenant: TenantId, moment: Timestamp) -> Self {
        let place = sim.tenant(tenant);
        let users = place.into_iter().flat_map(|place| &place.users);
        let is_admin = |user: ObjectId| {
            let held = place.map(|place| place.roles_of(user)).unwrap_or_default();
            held.contains(&roles::GLOBAL_ADMINISTRATOR.template)
        };
        let admin = users.map(|user| user.id).find(|user| is_admin(*user));
        let host = place.map_or("", |place| place.cloud.graph_host());
        let admin = admin.unwrap_or(ObjectId::new(Uuid::nil()));
        let mut past = Self {
            sim,
            tenant,
            admin,
            moment,
            host,
            token: String::new(),
        };
        past.go_to(moment);
        past
    }

    /// Continues at another time, with a new token.
    pub(crate) fn go_to(&mut self, moment: Timestamp) {
        self.moment = moment;
        let caller = Caller {
            tenant: self.tenant,
            app: AppId::new(Uuid::from_u128(0x14d82eec_204b_4c2f_b7e8_296a70dab67e)),
            oid: self.admin,
            scopes: vec!["Directory.AccessAsUser.All".to_owned()],
            roles: Vec::new(),
            audience: format!("https://{}", self.host),
            expires: moment + DAY,
        };
        self.token = self.sim.issue(moment, caller);
    }

    /// Sends a request to Microsoft Graph. Null if the response has no body.
    pub(crate) fn ask(&mut self, method: Method, path: &str, prefer: &str, body: &Value) -> Value {
        let request = HttpRequest::new(body.to_string().into_bytes());
        let (mut parts, body) = request.into_parts();
        parts.method = method;
        parts.uri = format!("https://{}/v1.0/{path}", self.host)
            .parse()
            .unwrap_or_default();
        for (name, value) in [
            ("authorization", format!("Bearer {}", self.token)),
            ("content-type", "application/json".to_owned()),
            ("prefer", prefer.to_owned()),
        ] {
            if let Ok(value) = value.parse() {
                parts.headers.insert(name, value);
            }
        }
        self.moment += Duration::from_mins(1);
        let answer = self
            .sim
            .answer(self.moment, &HttpRequest::from_parts(parts, body));
        answer
            .ok()
            .and_then(|answer| serde_json::from_slice(answer.body()).ok())
            .unwrap_or(Value::Null)
    }

    pub(crate) fn get(&mut self, path: &str) -> Value {
        self.ask(Method::GET, path, "", &Value::Null)
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Value {
        self.ask(Method::POST, path, "", body)
    }

    pub(crate) fn patch(&mut self, path: &str, body: &Value) {
        self.ask(Method::PATCH, path, "", body);
    }

    pub(crate) fn delete(&mut self, path: &str) {
        self.ask(Method::DELETE, path, "", &Value::Null);
    }
}

pub(crate) fn text(object: &Value, name: &str) -> String {
    object[name].as_str().unwrap_or_default().to_owned()
}

/// The scope of the prepared pairs.
pub(crate) fn scope() -> Value {
    json!({
        "id": SCOPE.to_string(),
        "value": "user_impersonation",
        "type": "User",
        "isEnabled": true,
        "adminConsentDisplayName": "Access CMG-ServerApp",
        "adminConsentDescription": "Allow the application to access CMG-ServerApp on behalf of the signed-in user.",
    })
}
