//! A signed-in client, and its responses.

use cloud_sim::Sim;
use http::Request;
use http::Response;
use jiff::Timestamp;
use serde_json::Value;

pub(crate) const ADMIN: &str = "admin@fabrikam.com";
pub(crate) const PRODUCTION: &str = "5e97358c-d99c-4558-8000-000000010081";
pub(crate) const DEVELOPMENT: &str = "5e97358c-d99c-4558-8000-000000010082";
pub(crate) const PRODUCTION_NAME: &str = "Fabrikam Production";

const HOST: &str = "https://management.azure.com";

pub(crate) struct Client {
    pub(crate) sim: Sim,
    pub(crate) now: Timestamp,
    token: String,
}

pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) body: Value,
    response: Response<Vec<u8>>,
}

impl Told {
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    #[track_caller]
    pub(crate) fn items(&self) -> &Vec<Value> {
        self.body["value"].as_array().unwrap()
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> &str {
        let error = &self.body["error"];
        assert_eq!(
            (self.status, error["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        error["message"].as_str().unwrap()
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::of(ADMIN, |_| {})
    }

    pub(crate) fn of(sign_in_name: &str, arrange: impl FnOnce(&mut Sim)) -> Self {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let mut sim = Sim::new(7);
        arrange(&mut sim);
        let scopes = ["user_impersonation"];
        let token = sim.token_for(now, sign_in_name, &format!("{HOST}/"), &scopes);
        Self {
            sim,
            now,
            token: token.unwrap(),
        }
    }

    /// With this many subscriptions.
    pub(crate) fn with(count: usize) -> Self {
        Self::of(ADMIN, |sim| {
            assert_eq!(sim.fill_with_subscriptions(ADMIN, count, 1).len(), count);
        })
    }

    #[track_caller]
    pub(crate) fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Told {
        let request = Request::builder()
            .method(method)
            .uri(format!("{HOST}{path}"))
            .header("authorization", format!("Bearer {}", self.token))
            .body(body.map_or_else(Vec::new, |body| body.to_string().into_bytes()))
            .unwrap();
        let response = self.sim.handle(self.now, &request).answer.unwrap();
        Told {
            status: response.status().as_u16(),
            body: serde_json::from_slice(response.body()).unwrap_or(Value::Null),
            response,
        }
    }

    #[track_caller]
    pub(crate) fn get(&mut self, path: &str) -> Told {
        self.send("GET", path, None)
    }

    /// Every item of a list, and the number of its pages.
    #[track_caller]
    pub(crate) fn all(&mut self, method: &str, path: &str) -> (Vec<Value>, usize) {
        let (mut items, mut pages) = (Vec::new(), 0);
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let told = self.send(method, &path, None).is(200);
            items.extend(told.items().iter().cloned());
            pages += 1;
            let link = told.body["nextLink"].as_str();
            next = link.map(|link| link.strip_prefix(HOST).unwrap().to_owned());
            // Longer than any bucket needs.
            self.now += std::time::Duration::from_secs(1);
        }
        (items, pages)
    }

    #[track_caller]
    pub(crate) fn state(&mut self, subscription: &str, namespace: &str) -> String {
        let path =
            format!("/subscriptions/{subscription}/providers/{namespace}?api-version=2024-03-01");
        let told = self.get(&path).is(200);
        told.body["registrationState"].as_str().unwrap().to_owned()
    }

    pub(crate) fn register(&mut self, subscription: &str, namespace: &str) -> Told {
        let path = format!(
            "/subscriptions/{subscription}/providers/{namespace}/register?api-version=2024-03-01"
        );
        self.send("POST", &path, None)
    }
}
