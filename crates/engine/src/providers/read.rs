//! Reads of one subscription: what is registered, and what the account may register.

use litemap::LiteMap;
use serde_json::Value;

use crate::arm;
use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::desired::providers::RegistrationState;
use crate::net::Failure;
use crate::net::MalformedResponse;
use crate::net::Observer;
use crate::read::tenant::permission_entries;
use crate::read::tenant::state_of;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::known::Known;
use domain::roles::PermissionEntry;

/// The state of each provider. `Unknown` for a provider that the answer lacks, or a state that is not one of Azure's four.
pub type ProviderStates = LiteMap<ProviderNamespace, Known<RegistrationState>>;

/// Reads the registration states of all providers of this product, with one request.
///
/// # Errors
/// Azure refused, or no answer arrived.
pub async fn states(
    session: &Session,
    subscription: SubscriptionId,
    watch: &Observer,
) -> Result<ProviderStates, Failure> {
    let call = arm::provider_states(session.cloud(), subscription);
    let values = session.call_pages(Audience::Arm, call, watch).await?;
    let state = |wanted: ProviderNamespace| {
        let is_wanted = |value: &&Value| {
            let namespace = value.get("namespace").and_then(Value::as_str);
            namespace.is_some_and(|it| it.eq_ignore_ascii_case(wanted.name()))
        };
        values.iter().find(is_wanted).and_then(state_of).into()
    };
    Ok(ProviderNamespace::ALL
        .into_iter()
        .map(|namespace| (namespace, state(namespace)))
        .collect())
}

/// Reads the account's permissions. Only a hint: the answer has no deny assignments and no locks.
///
/// # Errors
/// Azure refused, or no answer arrived.
pub async fn permissions(
    session: &Session,
    subscription: SubscriptionId,
    watch: &Observer,
) -> Result<Vec<PermissionEntry>, Failure> {
    let call = arm::permissions(session.cloud(), subscription);
    let values = session.call_pages(Audience::Arm, call, watch).await?;
    permission_entries(values).ok_or(Failure::Unexpected {
        status: 200,
        why: MalformedResponse::BadJson,
    })
}
