//! Lists the subscriptions that the account can read, with the management groups above each.
//!
//! Azure Resource Graph lists a thousand with one request. Where the account may not use it, Azure Resource Manager lists fifty at a time, and
//! a second list has the management groups.

use serde_json::Value;

use crate::arm;
use crate::arm::wire::SubscriptionResource;
use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::net::Failure;
use crate::net::MalformedResponse;
use crate::net::Observer;
use crate::net::paging::Pages;
use crate::read::observed::Subscription;
use domain::ids::SubscriptionId;
use domain::known::Known;
use domain::problem::Problem;

/// `order by` makes the pages fit together ("Work with large Azure resource data sets", 2026).
const QUERY: &str = "resourcecontainers \
    | where type =~ 'microsoft.resources/subscriptions' \
    | project subscriptionId, displayName = name, tenantId, tags, state = tostring(properties.state), \
    groups = properties.managementGroupAncestorsChain \
    | order by subscriptionId asc";

/// More pages than Azure's largest directories need: 20,000 subscriptions, 50 on each page.
const MOST_PAGES: usize = 400;

/// A subscription of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedSubscription {
    /// The subscription itself.
    pub subscription: Subscription,
    /// Management groups above it, the nearest first.
    pub groups: Known<Vec<GroupName>>,
    /// Tags as name and value.
    pub tags: Vec<(String, String)>,
}

/// A management group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupName {
    /// ID of the group (`name` in Azure's answers).
    pub id: String,
    /// Display name of the group.
    pub display_name: String,
}

/// Which service gave the list.
#[derive(Clone, Debug, PartialEq)]
pub enum ListSource {
    /// Azure Resource Graph.
    ResourceGraph,
    /// Azure Resource Manager, because Azure Resource Graph did not answer.
    ResourceManager {
        /// Why Azure Resource Graph did not answer.
        why: Problem,
    },
}

/// What is known of a list that was read to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct ListSummary {
    /// Which service gave the list.
    pub source: ListSource,
    /// The service left out subscriptions because there are too many.
    pub is_cut: bool,
    /// Why the management groups could not be read.
    pub groups: Option<Problem>,
}

/// Reads the list. `found` gets each page when it arrives. It can get a subscription again, with more known about it.
///
/// # Errors
/// No service gave the whole list. What was found until then is valid.
pub async fn list(
    session: &Session,
    watch: &Observer,
    found: &dyn Fn(Vec<ListedSubscription>),
) -> Result<ListSummary, Failure> {
    match by_graph(session, watch, found).await {
        Ok(is_cut) => Ok(ListSummary {
            source: ListSource::ResourceGraph,
            is_cut,
            groups: None,
        }),
        Err(failure) if ends_everything(&failure) => Err(failure),
        Err(failure) => {
            let mut all = by_manager(session, watch, found).await?;
            let groups = add_groups(session, watch, &mut all).await;
            match &groups {
                Err(failure) if ends_everything(failure) => return Err(failure.clone()),
                Err(_) => {}
                Ok(()) => found(all),
            }
            Ok(ListSummary {
                source: ListSource::ResourceManager {
                    why: arm::errors::problem(&failure),
                },
                is_cut: false,
                groups: groups.err().map(|failure| arm::errors::problem(&failure)),
            })
        }
    }
}

/// Another request cannot succeed either.
pub(in crate::providers) fn ends_everything(failure: &Failure) -> bool {
    match failure {
        Failure::SignInNeeded { .. } | Failure::ForeignHost { .. } | Failure::Cancelled => true,
        Failure::Unknown { .. }
        | Failure::NotSent
        | Failure::NoToken
        | Failure::Throttled { .. }
        | Failure::Refused(_)
        | Failure::Server(_)
        | Failure::Unexpected { .. } => false,
    }
}

/// Returns whether the service left out subscriptions.
async fn by_graph(
    session: &Session,
    watch: &Observer,
    found: &dyn Fn(Vec<ListedSubscription>),
) -> Result<bool, Failure> {
    let mut tokens: Vec<String> = Vec::new();
    loop {
        let call = arm::resource_graph(session.cloud(), QUERY, tokens.last().map(String::as_str));
        let mut reply = session.call(Audience::Arm, call, watch).await?;
        let odd = |why| Failure::Unexpected {
            status: reply.status,
            why,
        };
        let Some(Value::Array(rows)) = reply.body.get_mut("data").map(Value::take) else {
            return Err(odd(MalformedResponse::Empty));
        };
        let rows: Option<Vec<_>> = rows.into_iter().map(row_of_graph).collect();
        found(rows.ok_or_else(|| odd(MalformedResponse::BadJson))?);
        let next = reply.body.get("$skipToken").and_then(Value::as_str);
        match next.filter(|token| !token.is_empty()) {
            // A full page that says that there is more, and not where.
            None => {
                let is_truncated = reply
                    .body
                    .get("resultTruncated")
                    .is_some_and(|it| it.as_str() == Some("true") || it.as_bool() == Some(true));
                return Ok(reply.is_cut || is_truncated);
            }
            Some(token) if tokens.len() >= MOST_PAGES || tokens.iter().any(|it| it == token) => {
                return Err(odd(MalformedResponse::EndlessPages));
            }
            Some(token) => tokens.push(token.to_owned()),
        }
    }
}

async fn by_manager(
    session: &Session,
    watch: &Observer,
    found: &dyn Fn(Vec<ListedSubscription>),
) -> Result<Vec<ListedSubscription>, Failure> {
    let mut call = arm::subscriptions(session.cloud());
    let mut pages = pages(session, &call.url);
    let mut all = Vec::new();
    loop {
        let reply = session.call(Audience::Arm, call.clone(), watch).await?;
        let status = reply.status;
        let next = pages.take(status, reply.body)?;
        let page: Option<Vec<_>> = pages.drain().into_iter().map(row_of_manager).collect();
        let page = page.ok_or(Failure::Unexpected {
            status,
            why: MalformedResponse::BadJson,
        })?;
        all.extend_from_slice(&page);
        found(page);
        match next {
            Some(next) => call.url = next,
            None => return Ok(all),
        }
    }
}

fn pages(session: &Session, first: &str) -> Pages {
    Pages::with_limit(
        first.to_owned(),
        Audience::Arm.host(session.cloud()),
        MOST_PAGES,
    )
}

async fn add_groups(
    session: &Session,
    watch: &Observer,
    all: &mut [ListedSubscription],
) -> Result<(), Failure> {
    let mut call = arm::entities(session.cloud());
    let mut pages = pages(session, &call.url);
    loop {
        let reply = session.call(Audience::Arm, call.clone(), watch).await?;
        match pages.take(reply.status, reply.body)? {
            Some(next) => call.url = next,
            None => break,
        }
    }
    let entities = pages.into_values();
    let mut chains: Vec<_> = entities.iter().filter_map(chain_of_entity).collect();
    chains.sort_by_key(|(id, _)| *id);
    for listed in all {
        let place = chains.binary_search_by_key(&listed.subscription.id, |(id, _)| *id);
        // An account can read a subscription without the groups above it.
        listed.groups = place
            .ok()
            .map(|place| std::mem::take(&mut chains[place].1))
            .into();
    }
    Ok(())
}

fn text(value: &Value, path: &str) -> Option<String> {
    value.pointer(path)?.as_str().map(str::to_owned)
}

fn is_type(entity: &Value, name: &str) -> bool {
    let kind = entity.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| kind.trim_start_matches('/').eq_ignore_ascii_case(name))
}

/// The groups above a subscription. Azure names them even if the account cannot read them.
fn chain_of_entity(entity: &Value) -> Option<(SubscriptionId, Vec<GroupName>)> {
    if !is_type(entity, "subscriptions") {
        return None;
    }
    let id = entity.get("name")?.as_str()?.parse().ok()?;
    let chain = |name: &str| {
        let chain = entity.get("properties")?.get(name)?.as_array();
        chain.map(|it| it.iter().map(|it| it.as_str().unwrap_or_default()))
    };
    // From the root down.
    let ids: Vec<&str> = chain("parentNameChain")?.collect();
    let names: Vec<&str> = chain("parentDisplayNameChain")
        .into_iter()
        .flatten()
        .collect();
    let group = |(place, id): (usize, &&str)| GroupName {
        id: (*id).to_owned(),
        display_name: (*names.get(place).unwrap_or(id)).to_owned(),
    };
    let mut groups: Vec<GroupName> = ids.iter().enumerate().map(group).collect();
    groups.reverse();
    Some((id, groups))
}

fn row_of_manager(value: Value) -> Option<ListedSubscription> {
    let it: SubscriptionResource = serde_json::from_value(value).ok()?;
    Some(listed(it, Known::Unknown))
}

fn row_of_graph(mut value: Value) -> Option<ListedSubscription> {
    let groups = value.get_mut("groups").map(Value::take);
    let groups = groups.as_ref().and_then(Value::as_array).map(|chain| {
        let group = |it: &Value| {
            let id = text(it, "/name")?;
            let display_name = text(it, "/displayName").unwrap_or_else(|| id.clone());
            Some(GroupName { id, display_name })
        };
        chain.iter().filter_map(group).collect()
    });
    let it: SubscriptionResource = serde_json::from_value(value).ok()?;
    Some(listed(it, groups.into()))
}

fn listed(it: SubscriptionResource, groups: Known<Vec<GroupName>>) -> ListedSubscription {
    let tags = it.tags.into_iter();
    let tags = tags.filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())));
    ListedSubscription {
        groups,
        tags: tags.collect(),
        subscription: Subscription {
            id: it.subscription_id,
            name: it.display_name.unwrap_or_default(),
            state: it.state.unwrap_or_default(),
            home: it.tenant_id.into(),
        },
    }
}
