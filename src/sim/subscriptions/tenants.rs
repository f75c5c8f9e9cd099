//! What a caller sees at the top: tenants, subscriptions, management groups.

use serde_json::Value;
use serde_json::json;

use crate::sim::answer::Answer;
use crate::sim::answer::Refusal;
use crate::sim::subscriptions::Call;
use crate::sim::subscriptions::permissions;
use crate::sim::subscriptions::state::Subscription;

pub(super) fn tenants(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
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
    let item = json!({
        "id": format!("/tenants/{}", tenant.id),
        "tenantId": tenant.id.to_string(),
        "countryCode": "US",
        "displayName": tenant.display_name,
        "domains": domains,
        "tenantCategory": "Home",
        "defaultDomain": default,
        "tenantType": tenant.tenant_type,
    });
    Ok(call.page(vec![item], 1))
}

fn render(call: &Call<'_>, subscription: &Subscription) -> Value {
    let own = call.tenant().id;
    // Delegated by its home tenant: this one manages it.
    let managers: Vec<Value> = (subscription.home.iter())
        .map(|_| json!({ "tenantId": own.to_string() }))
        .collect();
    json!({
        "id": format!("/subscriptions/{}", subscription.id),
        "authorizationSource": "RoleBased",
        "managedByTenants": managers,
        "subscriptionId": subscription.id.to_string(),
        "tenantId": subscription.home.unwrap_or(own).to_string(),
        "displayName": subscription.display_name,
        "state": subscription.state.word(),
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    })
}

/// Only those the caller has any role in.
pub(super) fn subscriptions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let items = tenant
        .azure
        .subscriptions
        .iter()
        .filter(|one| !permissions::roles_in(one, tenant, &call.caller).is_empty())
        .map(|one| render(call, one))
        .collect();
    Ok(call.page(items, tenant.azure.page))
}

pub(super) fn subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Resources/subscriptions/read")?;
    let subscription = &call.tenant().azure.subscriptions[place];
    Ok(Answer::ok(render(call, subscription)))
}

pub(super) fn management_groups(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let items: Vec<Value> = tenant
        .azure
        .groups
        .iter()
        .filter(|group| !permissions::held(&group.roles, tenant, &call.caller).is_empty())
        .map(|group| {
            json!({
                "id": format!("/providers/Microsoft.Management/managementGroups/{}", group.name),
                "type": "Microsoft.Management/managementGroups",
                "name": group.name,
                "properties": {
                    "tenantId": tenant.id.to_string(),
                    "displayName": group.display_name,
                },
            })
        })
        .collect();
    // This service alone spells the link with an `@`.
    Ok(Answer::ok(json!({ "value": items, "@nextLink": null })))
}

pub(super) fn subscriptions_of_group(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let name = &call.keys[0];
    let tenant = call.tenant();
    let group = tenant.azure.groups.iter().find(|group| {
        group.name.eq_ignore_ascii_case(name)
            && !permissions::held(&group.roles, tenant, &call.caller).is_empty()
    });
    let Some(group) = group else {
        return Err(call.forbidden(
            "Microsoft.Management/managementGroups/subscriptions/read",
            &format!("/providers/Microsoft.Management/managementGroups/{name}"),
        ));
    };
    let scope = format!(
        "/providers/Microsoft.Management/managementGroups/{}",
        group.name
    );
    let items: Vec<Value> = tenant
        .azure
        .subscriptions
        .iter()
        .filter(|one| group.subscriptions.contains(&one.id))
        .map(|one| {
            json!({
                "name": one.id.to_string(),
                "id": format!("{scope}/subscriptions/{}", one.id),
                "type": "Microsoft.Management/managementGroups/subscriptions",
                "properties": {
                    "displayName": one.display_name,
                    "parent": { "id": scope },
                    "state": "Active",
                    "tenant": tenant.id.to_string(),
                },
            })
        })
        .collect();
    Ok(Answer::ok(json!({ "value": items, "nextLink": null })))
}
