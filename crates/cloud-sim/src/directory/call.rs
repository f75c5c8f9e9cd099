//! One request to the directory, and the refusals that every resource shares.

use crate::Caller;
use crate::Sim;
use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::list;
use crate::directory::request::Query;
use crate::directory::request::Segment;
use crate::directory::tenant::Tenant;
use domain::cloud::Cloud;
use http::HeaderMap;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

/// An authenticated request with its tenant and query.
pub(in crate::directory) struct Call<'a> {
    pub(in crate::directory) sim: &'a mut Sim,
    /// Index of the tenant in `sim`.
    pub(in crate::directory) place: usize,
    pub(in crate::directory) caller: Caller,
    pub(in crate::directory) now: Timestamp,
    pub(in crate::directory) cloud: Cloud,
    pub(in crate::directory) headers: &'a HeaderMap,
    pub(in crate::directory) query: Query,
    pub(in crate::directory) keys: Vec<Segment>,
    /// Whether the client requests only the number of items in a list.
    pub(in crate::directory) is_count: bool,
    pub(in crate::directory) body: Option<Value>,
    /// The path without the host, for the link to the next page.
    pub(in crate::directory) path: String,
    pub(in crate::directory) request_id: String,
}

pub(in crate::directory) enum Body<'a> {
    Bytes(&'a [u8]),
    Json(Option<Value>),
}

impl Call<'_> {
    pub(in crate::directory) fn tenant(&self) -> &Tenant {
        &self.sim.tenants[self.place]
    }

    pub(in crate::directory) fn tenant_mut(&mut self) -> &mut Tenant {
        &mut self.sim.tenants[self.place]
    }

    /// The body. Error if it is not a JSON object.
    pub(in crate::directory) fn object(&self) -> Result<Object, Refusal> {
        match &self.body {
            Some(Value::Object(object)) => Ok(object.clone()),
            None => Err(Refusal::new(
                400,
                "BadRequest",
                "Empty Payload. JSON content expected.",
            )),
            Some(_) => Err(Refusal::new(
                400,
                "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
            )),
        }
    }

    /// Text of key number `nth`, for objects that have an ID and no other key.
    pub(in crate::directory) fn id(&self, nth: usize) -> &str {
        match self.keys.get(nth) {
            Some(Segment::Name(id) | Segment::Key { value: id, .. }) => id,
            None => "",
        }
    }

    /// Whether the request is an upsert: `Prefer: create-if-missing`.
    pub(in crate::directory) fn may_create(&self) -> bool {
        self.headers.get_all("prefer").iter().any(|value| {
            value.to_str().is_ok_and(|value| {
                value
                    .split(',')
                    .any(|preference| preference.trim().eq_ignore_ascii_case("create-if-missing"))
            })
        })
    }

    pub(in crate::directory) fn is_eventual(&self) -> bool {
        self.headers
            .get("consistencylevel")
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"eventual"))
    }

    /// The URL `https://…/v1.0/$metadata#` followed by `what`, with the version of the request.
    pub(in crate::directory) fn context(&self, what: &str) -> String {
        let version = match self.path.split('/').nth(1) {
            Some("beta") => "beta",
            Some(_) | None => "v1.0",
        };
        format!(
            "https://{}/{version}/$metadata#{what}",
            self.cloud.graph_host()
        )
    }

    /// One entity, with its context and only the requested properties.
    pub(in crate::directory) fn entity(
        &self,
        set: &str,
        mut object: Object,
    ) -> Result<Answer, Refusal> {
        if self.is_count {
            let message = "Resource not found for the segment '$count'.";
            return Err(Refusal::new(400, "BadRequest", message));
        }
        let context = match &self.query.select {
            None => self.context(&format!("{set}/$entity")),
            Some(names) => {
                list::select(&mut object, &self.shown(names));
                self.context(&format!("{set}({})/$entity", names.join(",")))
            }
        };
        object.insert("@odata.context".to_owned(), json!(context));
        Ok(Answer::ok(Value::Object(object)))
    }
}

/// 404 for a key that does not exist, or has not replicated yet.
pub(in crate::directory) fn missing(key: &str) -> Refusal {
    Refusal::new(
        404,
        "Request_ResourceNotFound",
        format!(
            "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
        ),
    )
}

/// 403 for a missing permission or role. Microsoft Graph does not say which.
pub(in crate::directory) fn denied() -> Refusal {
    Refusal::new(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )
}

/// 400 for an invalid property value.
pub(in crate::directory) fn invalid(property: &str, resource: &str) -> Refusal {
    Refusal::new(
        400,
        "Request_BadRequest",
        format!("Invalid value specified for property '{property}' of resource '{resource}'."),
    )
    .detail("InvalidValue", property)
}

/// 400 if the object ID is not a GUID.
pub(in crate::directory) fn check_object_id(id: &str) -> Result<(), Refusal> {
    if uuid::Uuid::try_parse(id).is_ok() && id.len() == 36 {
        return Ok(());
    }
    Err(Refusal::new(
        400,
        "Request_BadRequest",
        format!("Invalid object identifier '{id}'."),
    ))
}

/// 400 for a query that cannot be parsed.
pub(in crate::directory) fn bad_query(message: String) -> Refusal {
    Refusal::new(400, "BadRequest", message)
}
