//! Resource providers: which exist, which are registered in a subscription, and registration.
//!
//! In the specification, registration is not a long-running operation: the POST returns at once, and the state changes later by itself.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::subscriptions::Call;
use crate::subscriptions::permissions;
use crate::subscriptions::state::Registration;

/// A provider: its namespace and one of its resource types.
const PROVIDERS: [(&str, &str); 10] = [
    ("Microsoft.Authorization", "roleAssignments"),
    ("Microsoft.Compute", "virtualMachineScaleSets"),
    ("Microsoft.Insights", "components"),
    ("Microsoft.KeyVault", "vaults"),
    ("Microsoft.ManagedIdentity", "userAssignedIdentities"),
    ("Microsoft.Management", "managementGroups"),
    ("Microsoft.Network", "publicIPAddresses"),
    ("Microsoft.Resources", "resourceGroups"),
    ("Microsoft.Storage", "storageAccounts"),
    ("Microsoft.Web", "sites"),
];

/// Providers that are always registered and cannot be unregistered.
const FREE: [&str; 2] = ["Microsoft.Authorization", "Microsoft.Resources"];

/// The namespace in the provider's own spelling, and its resource type. Case-insensitive.
fn spelled(namespace: &str) -> Option<(&'static str, &'static str)> {
    PROVIDERS
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(namespace))
}

fn unknown(namespace: &str) -> Refusal {
    Refusal::new(
        404,
        "InvalidResourceNamespace",
        format!("The resource namespace '{namespace}' is invalid."),
    )
}

fn resource_types(resource_type: &str) -> Value {
    json!([{
        "resourceType": resource_type,
        "locations": ["East US", "West Europe"],
        "apiVersions": ["2024-03-01"],
        "capabilities": "SupportsTags, SupportsLocation",
    }])
}

fn render(call: &Call<'_>, place: usize, (namespace, resource_type): (&str, &str)) -> Value {
    let subscription = &call.tenant().azure.subscriptions[place];
    let is_free = FREE.contains(&namespace);
    let state = if is_free {
        "Registered"
    } else {
        subscription.registration(namespace, call.now)
    };
    json!({
        "id": format!("/subscriptions/{}/providers/{namespace}", subscription.id),
        "namespace": namespace,
        "registrationState": state,
        "registrationPolicy": if is_free { "RegistrationFree" } else { "RegistrationRequired" },
        "resourceTypes": resource_types(resource_type),
    })
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Resources/subscriptions/providers/read")?;
    let wanted = selected(call);
    let items = PROVIDERS
        .into_iter()
        .map(|provider| {
            let mut item = render(call, place, provider);
            if let Some(members) = item.as_object_mut()
                && !wanted.is_empty()
            {
                members.retain(|name, _| wanted.contains(&name.to_ascii_lowercase()));
            }
            item
        })
        .collect();
    Ok(call.page(items, PROVIDERS.len()))
}

/// The properties that `$select` names, in lower case. Empty: all.
///
/// No specification has `$select` here; Microsoft's own scripts use it (public scripts, 2026-11). Names that do not exist are ignored.
fn selected(call: &Call<'_>) -> Vec<String> {
    let known = [
        "id",
        "namespace",
        "registrationstate",
        "registrationpolicy",
        "resourcetypes",
    ];
    let text = match call.option("$select") {
        Some(text) if !call.sim.azure_modes.ignores_select => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    text.split(',')
        .map(str::trim)
        .filter(|name| known.contains(name))
        .map(str::to_owned)
        .collect()
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Resources/subscriptions/providers/read")?;
    let provider = spelled(&call.keys[1]).ok_or_else(|| unknown(&call.keys[1]))?;
    Ok(Answer::ok(render(call, place, provider)))
}

/// What a provider's own application can do in the subscription.
pub(super) fn permissions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    call.subscription("Microsoft.Resources/subscriptions/providers/read")?;
    let namespace = &call.keys[1];
    let (namespace, _) = spelled(namespace).ok_or_else(|| unknown(namespace))?;
    Ok(Answer::ok(json!({ "value": [{
        "applicationId": "5e97358c-d99c-4558-8000-0000000b0001",
        "roleDefinition": {
            "id": "5e97358cd99c455880000000000b0002",
            "name": format!("{namespace} service role"),
            "isServiceRole": true,
            "permissions": [{
                "actions": [format!("{namespace}/*")],
                "notActions": [],
                "dataActions": [],
                "notDataActions": [],
            }],
            "scopes": ["/"],
        },
        "providerAuthorizationConsentState": "Consented",
    }] })))
}

pub(super) fn register(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let provider = change(call, "register")?;
    let (place, namespace) = (provider.0, provider.1.0);
    let modes = &call.sim.azure_modes;
    let flap = modes.flap;
    let done = call
        .now
        .saturating_add(call.tenant().azure.registering)
        .ok()
        .filter(|_| !modes.hangs(namespace));
    let now = call.now;
    let subscription = &mut call.sim.tenants[call.place].azure.subscriptions[place];
    let state = subscription.registration(namespace, now);
    if state == "NotRegistered" || state == "Unregistering" {
        subscription.providers.insert(
            namespace.to_owned(),
            Registration::Registering { done, flap },
        );
    }
    Ok(Answer::ok(render(call, place, provider.1)))
}

pub(super) fn unregister(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (place, provider) = change(call, "unregister")?;
    let done = call
        .now
        .saturating_add(call.tenant().azure.registering)
        .unwrap_or(call.now);
    let subscription = &mut call.sim.tenants[call.place].azure.subscriptions[place];
    if subscription.providers.contains_key(provider.0) {
        subscription
            .providers
            .insert(provider.0.to_owned(), Registration::Unregistering { done });
    }
    Ok(Answer::ok(render(call, place, provider)))
}

/// The subscription and the provider. Error if the caller lacks permission for the action.
fn change(call: &Call<'_>, verb: &str) -> Result<(usize, (&'static str, &'static str)), Refusal> {
    let namespace = &call.keys[1];
    let provider = spelled(namespace);
    let name = provider.map_or(namespace.as_str(), |(name, _)| name);
    let place = call.subscription(&format!("{name}/{verb}/action"))?;
    let provider = provider.ok_or_else(|| unknown(namespace))?;
    Ok((place, provider))
}

pub(super) fn list_for_tenant(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let items = PROVIDERS
        .into_iter()
        .map(|(namespace, resource_type)| {
            json!({ "namespace": namespace, "resourceTypes": resource_types(resource_type) })
        })
        .collect();
    Ok(call.page(items, PROVIDERS.len()))
}

pub(super) fn get_for_tenant(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let namespace = &call.keys[0];
    let (namespace, resource_type) = spelled(namespace).ok_or_else(|| unknown(namespace))?;
    Ok(Answer::ok(
        json!({ "namespace": namespace, "resourceTypes": resource_types(resource_type) }),
    ))
}

/// Registers only at the management group. Its subscriptions do not change.
pub(super) fn register_for_group(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (group, namespace) = (call.keys[0].clone(), call.keys[1].clone());
    let (namespace, _) = spelled(&namespace).ok_or_else(|| unknown(&namespace))?;
    let action = format!("{namespace}/register/action");
    let tenant = call.tenant();
    let place = tenant.azure.groups.iter().position(|one| {
        one.name.eq_ignore_ascii_case(&group)
            && permissions::held(&one.roles, tenant, &call.caller)
                .into_iter()
                .any(|role| permissions::role_allows(role, &action))
    });
    let Some(place) = place else {
        return Err(call.forbidden(
            &action,
            &format!("/providers/Microsoft.Management/managementGroups/{group}"),
        ));
    };
    call.sim.tenants[call.place].azure.groups[place]
        .registered
        .insert(namespace.to_owned());
    Ok(Answer {
        status: 200,
        headers: Vec::new(),
        body: None,
    })
}
