//! The tenants and subscriptions that a caller can list.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::directory::tenant::Tenant;
use crate::subscriptions::Call;
use crate::subscriptions::permissions::Roles;
use crate::subscriptions::state::Subscription;

/// The tenants of the caller: that of the token, and those in which the same person is a guest.
pub(super) fn tenants(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let own = call.tenant();
    let person = own.users.iter().find(|user| user.id == call.caller.oid);
    let name = person.map(|user| user.user_principal_name.as_str());
    let is_of_caller = |tenant: &&Tenant| {
        let mut names = tenant.users.iter().map(|user| &user.user_principal_name);
        tenant.id == own.id
            || tenant.cloud == own.cloud
                && name.is_some_and(|name| names.any(|it| it.eq_ignore_ascii_case(name)))
    };
    let items: Vec<Value> = call
        .sim
        .tenants
        .iter()
        .filter(is_of_caller)
        .map(describe)
        .collect();
    let count = items.len();
    Ok(call.page(items, count))
}

fn describe(tenant: &Tenant) -> Value {
    let domains: Vec<&str> = tenant
        .domains
        .iter()
        .filter(|domain| domain.is_verified)
        .map(|domain| domain.name.as_str())
        .collect();
    let default = tenant
        .domains
        .iter()
        .find(|domain| domain.is_default)
        .map(|domain| domain.name.as_str());
    json!({
        "id": format!("/tenants/{}", tenant.id),
        "tenantId": tenant.id.to_string(),
        "countryCode": "US",
        "displayName": tenant.display_name,
        "domains": domains,
        "tenantCategory": "Home",
        "defaultDomain": default,
        "tenantType": tenant.tenant_type,
    })
}

fn render(call: &Call<'_>, subscription: &Subscription) -> Value {
    let own = call.tenant().id;
    // The home tenant delegated the subscription, so this tenant manages it.
    let managers: Vec<Value> = (subscription.home.iter())
        .map(|_| json!({ "tenantId": own.to_string() }))
        .collect();
    let mut item = json!({
        "id": format!("/subscriptions/{}", subscription.id),
        "authorizationSource": "RoleBased",
        "managedByTenants": managers,
        "subscriptionId": subscription.id.to_string(),
        "tenantId": subscription.home.unwrap_or(own).to_string(),
        "displayName": subscription.display_name,
        "state": subscription.state.word(),
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": subscription.offer.quota_id(),
            "spendingLimit": subscription.offer.spending_limit(),
        },
    });
    if !subscription.tags.is_empty() {
        item["tags"] = json!(subscription.tags);
    }
    item
}

/// Only subscriptions in which the caller has a role.
///
/// A page starts at an index among all subscriptions, so a page costs the same wherever it is in the list.
pub(super) fn subscriptions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let azure = &tenant.azure;
    let roles = Roles::of(tenant, &call.caller);
    let start = call.start_of_page();
    let rest = azure.subscriptions.iter().enumerate().skip(start);
    let mut seen = rest.filter(|(_, one)| roles.sees(one));
    let page: Vec<Value> = seen
        .by_ref()
        .take(azure.page)
        .map(|(_, one)| render(call, one))
        .collect();
    let next = seen.next().map(|(place, _)| place);
    Ok(Answer::ok(call.linked(
        json!({ "value": page }),
        start,
        next,
    )))
}

pub(super) fn subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Resources/subscriptions/read")?;
    let subscription = &call.tenant().azure.subscriptions[place];
    Ok(Answer::ok(render(call, subscription)))
}

/// The regions of the simulated cloud, of which there are two.
pub(super) fn locations(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Resources/subscriptions/locations/read")?;
    let id = call.tenant().azure.subscriptions[place].id;
    let items: Vec<Value> = [("eastus", "East US"), ("westeurope", "West Europe")]
        .into_iter()
        .map(|(name, display_name)| {
            json!({
                "id": format!("/subscriptions/{id}/locations/{name}"),
                "name": name,
                "type": "Region",
                "displayName": display_name,
                "regionalDisplayName": display_name,
                "metadata": { "regionType": "Physical", "regionCategory": "Recommended" },
            })
        })
        .collect();
    Ok(Answer::ok(json!({ "value": items })))
}
