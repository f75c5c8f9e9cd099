//! What a sign-in still needs: an account, consent, an administrator, or nothing.

use std::collections::BTreeSet;

use crate::Sim;
use crate::entra::account;
use crate::entra::account::Account;
use crate::entra::client;
use crate::entra::client::Client;
use crate::entra::consent;
use crate::entra::flow::Flow;
use crate::entra::flow::Prompt;
use crate::entra::flow::Want;
use crate::entra::modes::Policy;
use crate::entra::refusal::Refusal;
use crate::entra::resource;
use crate::entra::resource::Resource;
use crate::entra::scope::Asked;

/// The next step of a flow.
pub(super) enum Next {
    /// The user must sign in. Includes the error message of the previous attempt, if it failed.
    Accounts(Option<String>),
    /// The user must consent to these permissions.
    Consent(Vec<Wanted>),
    /// An administrator must consent.
    Approval,
    /// Nothing: the response goes to this account.
    Done(Account),
    /// The flow ends with an error.
    Refused(Refusal),
}

/// Requested permissions of one resource.
pub(super) struct Wanted {
    pub(super) resource: Resource,
    pub(super) permissions: BTreeSet<String>,
}

pub(super) fn next(sim: &Sim, flow: &Flow) -> Next {
    let Some((tenant, user)) = flow.account else {
        return if flow.prompt == Some(Prompt::None) {
            Next::Refused(Refusal::no_session())
        } else {
            Next::Accounts(None)
        };
    };
    let (Some(account), Some(client)) = (
        account::find(sim, tenant, user),
        client::find(sim, Some(tenant), flow.client),
    ) else {
        return Next::Refused(Refusal::client_unknown(
            &flow.client.to_string(),
            &tenant.to_string(),
        ));
    };
    if !account.is_enabled {
        return Next::Accounts(Some(Refusal::user_disabled().text));
    }
    if sim.entra.modes.policy == Policy::Blocked {
        return Next::Refused(Refusal::blocked_by_policy());
    }
    let wanted = match wanted(sim, &client, &account, &flow.asked) {
        Ok(wanted) => wanted,
        Err(refusal) => return Next::Refused(refusal),
    };
    let is_admin_consent = matches!(flow.want, Want::AdminConsent { .. });
    if !is_admin_consent && let Some(refusal) = unassigned(sim, &client, &account, &wanted) {
        return Next::Refused(refusal);
    }
    if flow.consented {
        return Next::Done(account);
    }
    let lacks: Vec<&Wanted> = wanted
        .iter()
        .filter(|one| !granted_all(sim, &client, &account, one))
        .collect();
    let asks_anew = flow.prompt == Some(Prompt::Consent) && !client.is_first_party;
    if lacks.is_empty() && !asks_anew && !is_admin_consent {
        return Next::Done(account);
    }
    if flow.prompt == Some(Prompt::None) || client.is_first_party {
        return Next::Refused(Refusal::consent_needed(
            &client.id.to_string(),
            &client.name,
        ));
    }
    let needs_admin = is_admin_consent
        || (sim.entra.modes.no_user_consent && !lacks.is_empty())
        || lacks.iter().any(|one| {
            let given = consent::granted(sim, tenant, &client, one.resource.app, Some(user));
            one.permissions
                .iter()
                .filter(|value| !given.contains(*value))
                .any(|value| one.resource.needs_admin(value))
        });
    if needs_admin && !account::may_consent(sim, tenant, user) {
        return Next::Approval;
    }
    Next::Consent(wanted)
}

/// The error if the client or a resource requires user assignment. No user is ever assigned here, so every user gets the error,
/// administrators included.
pub(super) fn unassigned(
    sim: &Sim,
    client: &Client,
    account: &Account,
    wanted: &[Wanted],
) -> Option<Refusal> {
    let directory = &sim.tenant(account.tenant)?.directory;
    let own = (client.id.to_string(), client.name.as_str());
    let resources = (wanted.iter()).map(|one| (one.resource.app.to_string(), &*one.resource.name));
    let (id, name) = std::iter::once(own).chain(resources).find(|(id, _)| {
        let principal = directory.service_principal_of(id);
        principal.is_some_and(|record| {
            record.properties.get("appRoleAssignmentRequired") == Some(&true.into())
        })
    })?;
    Some(Refusal::not_assigned(&account.user, &id, name))
}

fn granted_all(sim: &Sim, client: &Client, account: &Account, wanted: &Wanted) -> bool {
    let given = consent::granted(
        sim,
        account.tenant,
        client,
        wanted.resource.app,
        Some(account.id),
    );
    wanted.permissions.iter().all(|value| given.contains(value))
}

/// Requested permissions for each resource, with `.default` resolved. OpenID Connect scopes count as permissions of Microsoft Graph.
pub(super) fn wanted(
    sim: &Sim,
    client: &Client,
    account: &Account,
    asked: &Asked,
) -> Result<Vec<Wanted>, Refusal> {
    let mut list: Vec<Wanted> = Vec::new();
    let words: BTreeSet<String> = asked.openid_words().map(ToOwned::to_owned).collect();
    if !words.is_empty() {
        list.push(Wanted {
            resource: resource::find(sim, account.tenant, None)?,
            permissions: words,
        });
    }
    for one in &asked.resources {
        let resource = resource::find(sim, account.tenant, one.uri.as_deref())?;
        let permissions = if one.is_default() {
            default_of(sim, client, account, &resource)?
        } else {
            for value in &one.permissions {
                if !resource.has_scope(value) {
                    return Err(Refusal::scope_unknown(&client.name, value, &resource.name));
                }
            }
            one.permissions.iter().cloned().collect()
        };
        match list
            .iter_mut()
            .find(|there| there.resource.app == resource.app)
        {
            Some(there) => there.permissions.extend(permissions),
            None => list.push(Wanted {
                resource,
                permissions,
            }),
        }
    }
    Ok(list)
}

/// `.default`: the granted permissions if there are any, else those in the registration. This is the documented trap: if the user once
/// consented to one permission, `.default` requests nothing more.
fn default_of(
    sim: &Sim,
    client: &Client,
    account: &Account,
    resource: &Resource,
) -> Result<BTreeSet<String>, Refusal> {
    let mut given = consent::granted(sim, account.tenant, client, resource.app, Some(account.id));
    given.retain(|value| !resource::is_openid_word(value));
    if !given.is_empty() {
        return Ok(given);
    }
    let listed = client.configured_for(resource.app);
    if listed.is_empty() {
        return Err(Refusal::resource_not_listed(
            &client.id.to_string(),
            &resource.name,
        ));
    }
    Ok(listed)
}
