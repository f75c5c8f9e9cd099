//! The tenants of the account by name, without a permission of Microsoft Graph.

use serde_json::Value;

use crate::arm;
use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::net::Failure;
use crate::net::Observer;
use domain::ids::TenantId;

/// A tenant in which the account is a member or a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTenant {
    /// ID of the tenant.
    pub id: TenantId,
    /// Display name, which may be empty.
    pub name: String,
    /// Default domain. Azure leaves it out for some tenants.
    pub domain: Option<String>,
}

/// Reads the tenants of the account, by name.
///
/// # Errors
/// Azure refused, or no answer arrived.
pub async fn tenants(session: &Session, watch: &Observer) -> Result<Vec<AccountTenant>, Failure> {
    let call = arm::tenants(session.cloud());
    let values = session.call_pages(Audience::Arm, call, watch).await?;
    let mut tenants: Vec<AccountTenant> = values.iter().filter_map(tenant).collect();
    tenants.sort_by_cached_key(|it| (it.name.to_lowercase(), it.id));
    Ok(tenants)
}

fn tenant(value: &Value) -> Option<AccountTenant> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    Some(AccountTenant {
        id: text("tenantId")?.parse().ok()?,
        name: text("displayName").unwrap_or_default().to_owned(),
        domain: text("defaultDomain").map(str::to_owned),
    })
}
