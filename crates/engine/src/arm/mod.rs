//! Builds the Azure Resource Manager requests that this product needs.
//!
//! Sources: Azure REST API specifications resources 2024-03-01, subscriptions 2022-12-01, authorization 2022-04-01, read 2026-11-23.

use http::Method;

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
