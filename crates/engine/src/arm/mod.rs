//! Builds the Azure Resource Manager requests that this product needs.
//!
//! Sources: Azure REST API specifications resources 2024-03-01, subscriptions 2022-12-01, authorization 2022-04-01, read 2026-11-23;
//! management groups 2020-05-01 and Azure Resource Graph 2022-10-01, read 2026-11-30.

use http::Method;
use serde_json::json;

use crate::net::ApiRequest;
use crate::net::Body;
use crate::net::RetryPolicy;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;

pub mod errors;
pub mod wire;

fn call(cloud: Cloud, method: Method, path: &str, version: &str) -> ApiRequest {
    // Registering is idempotent.
    ApiRequest::new(
        method,
        format!("https://{}{path}?api-version={version}", cloud.arm_host()),
        Body::Empty,
        RetryPolicy::Harmless,
    )
}

/// Lists the subscriptions that the account can see in the token's tenant.
#[must_use]
pub fn subscriptions(cloud: Cloud) -> ApiRequest {
    call(cloud, Method::GET, "/subscriptions", "2022-12-01")
}

/// Lists the tenants of the account, with their names.
#[must_use]
pub fn tenants(cloud: Cloud) -> ApiRequest {
    call(cloud, Method::GET, "/tenants", "2022-12-01")
}

/// Reads one subscription, with its state and tenant.
#[must_use]
pub fn subscription(cloud: Cloud, subscription: SubscriptionId) -> ApiRequest {
    call(
        cloud,
        Method::GET,
        &format!("/subscriptions/{subscription}"),
        "2022-12-01",
    )
}

/// Reads the account's permissions in a subscription. Only a hint: the response omits deny assignments and locks.
#[must_use]
pub fn permissions(cloud: Cloud, subscription: SubscriptionId) -> ApiRequest {
    call(
        cloud,
        Method::GET,
        &format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions"),
        "2022-04-01",
    )
}

/// Reads the registration state of a resource provider.
#[must_use]
pub fn provider(
    cloud: Cloud,
    subscription: SubscriptionId,
    namespace: ProviderNamespace,
) -> ApiRequest {
    call(
        cloud,
        Method::GET,
        &format!(
            "/subscriptions/{subscription}/providers/{}",
            namespace.name()
        ),
        "2024-03-01",
    )
}

/// Reads the registration states of all resource providers with one small answer. `$select` is not in the specification, but Microsoft's own
/// scripts use it. Where Azure ignores it, the answer is the whole list.
#[must_use]
pub fn provider_states(cloud: Cloud, subscription: SubscriptionId) -> ApiRequest {
    let mut request = call(
        cloud,
        Method::GET,
        &format!("/subscriptions/{subscription}/providers"),
        "2024-03-01",
    );
    request.url.push_str("&$select=namespace,registrationState");
    request
}

/// Lists the management groups and subscriptions that the account can see, with the groups above each. A POST that only reads.
#[must_use]
pub fn entities(cloud: Cloud) -> ApiRequest {
    call(
        cloud,
        Method::POST,
        "/providers/Microsoft.Management/getEntities",
        "2020-05-01",
    )
}

/// Asks Azure Resource Graph. A POST that only reads. Without a list of subscriptions, it searches all that the account can read.
#[must_use]
pub fn resource_graph(cloud: Cloud, query: &str, skip_token: Option<&str>) -> ApiRequest {
    let mut request = call(
        cloud,
        Method::POST,
        "/providers/Microsoft.ResourceGraph/resources",
        "2022-10-01",
    );
    let mut options = json!({ "resultFormat": "objectArray", "$top": GRAPH_PAGE });
    if let Some(token) = skip_token {
        options["$skipToken"] = json!(token);
    }
    request.body = Body::Json(json!({ "query": query, "options": options }));
    request
}

/// Most rows of one answer of Azure Resource Graph ("Work with large Azure resource data sets", 2026).
const GRAPH_PAGE: u32 = 1000;

/// Registers one resource provider. Idempotent.
#[must_use]
pub fn register(
    cloud: Cloud,
    subscription: SubscriptionId,
    namespace: ProviderNamespace,
) -> ApiRequest {
    call(
        cloud,
        Method::POST,
        &format!(
            "/subscriptions/{subscription}/providers/{}/register",
            namespace.name()
        ),
        "2024-03-01",
    )
}
