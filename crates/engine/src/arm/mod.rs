//! Azure Resource Manager's verbs, as far as this product needs them: each builds one `Call`.
//!
//! Sources: Azure REST API specifications resources 2024-03-01, subscriptions 2022-12-01, authorization 2022-04-01, read 2026-11-23.

use http::Method;

use crate::net::Body;
use crate::net::Call;
use crate::net::Repeat;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;

pub mod errors;
pub mod wire;

fn call(cloud: Cloud, method: Method, path: &str, version: &str) -> Call {
    // Registering is a statement of intent: saying it twice registers once.
    Call::new(
        method,
        format!("https://{}{path}?api-version={version}", cloud.arm_host()),
        Body::Empty,
        Repeat::Harmless,
    )
}

/// Subscriptions the account can see in the token's tenant.
#[must_use]
pub fn subscriptions(cloud: Cloud) -> Call {
    call(cloud, Method::GET, "/subscriptions", "2022-12-01")
}

/// One subscription, with its state and the tenant it belongs to.
#[must_use]
pub fn subscription(cloud: Cloud, subscription: SubscriptionId) -> Call {
    call(
        cloud,
        Method::GET,
        &format!("/subscriptions/{subscription}"),
        "2022-12-01",
    )
}

/// What the account may do in a subscription. A hint: deny assignments and locks are not in the answer.
#[must_use]
pub fn permissions(cloud: Cloud, subscription: SubscriptionId) -> Call {
    call(
        cloud,
        Method::GET,
        &format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions"),
        "2022-04-01",
    )
}

/// One resource provider's state.
#[must_use]
pub fn provider(cloud: Cloud, subscription: SubscriptionId, namespace: ProviderNamespace) -> Call {
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

/// Registers one resource provider.
#[must_use]
pub fn register(cloud: Cloud, subscription: SubscriptionId, namespace: ProviderNamespace) -> Call {
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
