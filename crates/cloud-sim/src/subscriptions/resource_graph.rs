//! Azure Resource Graph: queries of the table `resourcecontainers`.
//!
//! Sources: "Resources - Resources" (2024-04-01), "Paging results in Azure Resource Graph", "Guidance for throttled requests in Azure
//! Resource Graph" and "Azure Resource Graph table and resource type reference" (all 2026-11). Errors are those of reports: `RateLimiting`
//! (public log, 2023-02), `AccessDenied` (issue 410 of aztfexport, 2023-06), `InvalidQuery` (the tests of Azure PowerShell, 2021-03).

use std::cmp::Ordering;
use std::collections::HashSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::answer::fine_stamp;
use crate::directory::tenant::Tenant;
use crate::directory::throttle::Quota;
use crate::subscriptions::Call;
use crate::subscriptions::kusto;
use crate::subscriptions::kusto::Fault;
use crate::subscriptions::kusto::Projected;
use crate::subscriptions::kusto::Query;
use crate::subscriptions::kusto::Step;
use crate::subscriptions::modes::PagingFault;
use crate::subscriptions::modes::ResourceGraph;
use crate::subscriptions::permissions::Roles;
use crate::subscriptions::state::ManagementGroup;
use crate::subscriptions::state::Subscription;
use domain::ids::SubscriptionId;

/// Rows of one answer, at most and by default.
const MOST_ROWS: usize = 1000;

/// Subscriptions of one answer.
const MOST_SUBSCRIPTIONS: usize = 10_000;

/// The columns of the table, and whether each is a text. The others are dynamic.
const COLUMNS: [(&str, bool); 17] = [
    ("id", true),
    ("name", true),
    ("type", true),
    ("tenantId", true),
    ("kind", true),
    ("location", true),
    ("resourceGroup", true),
    ("subscriptionId", true),
    ("managedBy", true),
    ("sku", false),
    ("plan", false),
    ("properties", false),
    ("tags", false),
    ("identity", false),
    ("zones", false),
    ("extendedLocation", false),
    ("apiVersion", true),
];

/// A row of the table, by its index.
#[derive(Clone, Copy)]
enum Row {
    Subscription(usize),
    Group(usize),
}

/// What the body asks for besides the query.
struct Options {
    top: usize,
    skip: usize,
    is_table: bool,
}

pub(super) fn query(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let quota = match call
        .sim
        .throttle
        .spend_resource_graph(call.now, &call.caller)
    {
        Ok(quota) => quota,
        Err(quota) => {
            let message = "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.";
            let details = json!([{ "code": "RateLimiting", "message": message }]);
            let seconds = whole_seconds(quota.resets_after).to_string();
            let answer = failed(call, 429, "RateLimiting", &details);
            return Ok(with_quota(answer.header("Retry-After", seconds), quota));
        }
    };
    let answer = answer(call).unwrap_or_else(|answer| *answer);
    Ok(with_quota(answer, quota))
}

fn with_quota(answer: Answer, quota: Quota) -> Answer {
    let seconds = whole_seconds(quota.resets_after);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    answer
        .header("x-ms-user-quota-remaining", quota.remaining.to_string())
        .header("x-ms-user-quota-resets-after", clock)
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// An error in the format of this service, whose reason is among the details.
fn failed(call: &Call<'_>, status: u16, code: &str, details: &Value) -> Answer {
    let message = format!(
        "Please provide below info when asking for support: timestamp = {}, correlationId = {}.",
        fine_stamp(call.now),
        call.request_id
    );
    let error = json!({ "code": code, "message": message, "details": details });
    Answer::with_body(status, json!({ "error": error }))
}

fn denied(call: &Call<'_>) -> Box<Answer> {
    let message =
        "Access is denied to the requested resource. The user might not have enough permission.";
    let details = json!([{ "code": "AccessDenied", "message": message }]);
    Box::new(failed(call, 403, "AccessDenied", &details))
}

/// 400 for a query that the service does not understand.
fn invalid(call: &Call<'_>, reason: Value) -> Box<Answer> {
    let message = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";
    let details = json!([{ "code": "InvalidQuery", "message": message }, reason]);
    Box::new(failed(call, 400, "BadRequest", &details))
}

/// 400 for a body that has no meaning. The details are not documented.
fn bad_body(call: &Call<'_>, what: &str) -> Box<Answer> {
    let details = json!([{ "code": "InvalidRequestContent", "message": format!("The value of '{what}' is not valid.") }]);
    Box::new(failed(call, 400, "BadRequest", &details))
}

fn unparsed(call: &Call<'_>, fault: &Fault) -> Box<Answer> {
    let reason = match fault {
        Fault::Syntax {
            line,
            character,
            token,
        } => json!({
            "code": "ParserFailure",
            "message": "ParserFailure",
            "line": line,
            "characterPositionInLine": character,
            "token": token,
        }),
        Fault::Operator(word) => json!({
            "code": "InvalidQueryLanguage",
            "message": "InvalidQueryLanguage",
            "line": -1,
            "characterPositionInLine": -1,
            "token": word,
        }),
    };
    invalid(call, reason)
}

/// Error responses are boxed: they are as large as an answer.
fn answer(call: &Call<'_>) -> Result<Answer, Box<Answer>> {
    if call.sim.azure_modes.resource_graph == ResourceGraph::Refuses {
        return Err(denied(call));
    }
    let body = call.body.as_ref().unwrap_or(&Value::Null);
    let options = options(call, &body["options"])?;
    let text = body["query"]
        .as_str()
        .ok_or_else(|| bad_body(call, "query"))?;
    let query = kusto::parse(text).map_err(|fault| unparsed(call, &fault))?;
    if !query.table.eq_ignore_ascii_case("resourcecontainers") {
        let message = format!(
            "Table {} is invalid, unsupported or disallowed.",
            query.table
        );
        let reason = json!({ "code": "DisallowedLogicalTableName", "message": message });
        return Err(invalid(call, reason));
    }
    let (rows, is_cut) = rows(call, body)?;
    let table = Table {
        tenant: call.tenant(),
        rows,
        columns: COLUMNS
            .into_iter()
            .map(|(name, is_text)| Projected {
                name: name.to_owned(),
                path: vec![name.to_owned()],
                is_text,
            })
            .collect(),
    };
    let table = table
        .after(&query)
        .map_err(|message| invalid(call, json!({ "code": "Default", "message": message })))?;
    let answer = Answer::ok(table.page(call, &query, &options));
    Ok(if is_cut {
        answer.header("x-ms-tenant-subscription-limit-hit", "true")
    } else {
        answer
    })
}

fn options(call: &Call<'_>, given: &Value) -> Result<Options, Box<Answer>> {
    let number = |name: &str, least: usize, most: usize, other: usize| {
        let value = &given[name];
        if value.is_null() {
            return Ok(other);
        }
        let number = value.as_u64();
        number
            .and_then(|number| usize::try_from(number).ok())
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| bad_body(call, name))
    };
    let token = &given["$skipToken"];
    let skip = if token.is_null() {
        number("$skip", 0, usize::MAX, 0)?
    } else {
        let start = token.as_str().and_then(start_of);
        start.ok_or_else(|| bad_body(call, "$skipToken"))?
    };
    let is_table = match given["resultFormat"].as_str() {
        None if given["resultFormat"].is_null() => false,
        Some("objectArray") => false,
        Some("table") => true,
        _ => return Err(bad_body(call, "resultFormat")),
    };
    Ok(Options {
        top: number("$top", 1, MOST_ROWS, MOST_ROWS)?,
        skip,
        is_table,
    })
}

/// A token that looks like the service's own.
fn token(start: usize, top: usize) -> String {
    let content = json!({ "$id": "1", "MaxRows": top, "RowsToSkip": start });
    STANDARD.encode(content.to_string())
}

fn start_of(token: &str) -> Option<usize> {
    let content: Value = serde_json::from_slice(&STANDARD.decode(token).ok()?).ok()?;
    usize::try_from(content["RowsToSkip"].as_u64()?).ok()
}

/// The rows that the caller can read in the scope of the request, and whether there are too many subscriptions.
fn rows(call: &Call<'_>, body: &Value) -> Result<(Vec<Row>, bool), Box<Answer>> {
    let tenant = call.tenant();
    let azure = &tenant.azure;
    let roles = Roles::of(tenant, &call.caller);
    let named = |list: &str| -> Option<HashSet<String>> {
        let items = body[list].as_array()?.iter().filter_map(Value::as_str);
        Some(items.map(str::to_ascii_lowercase).collect())
    };
    let (subscriptions, groups) = (named("subscriptions"), named("managementGroups"));
    // The names of the groups above a scope, itself included. The root group is every scope's.
    let is_below = |names: &HashSet<String>, chain: &[&ManagementGroup]| {
        let mut above = chain.iter().map(|group| group.name.to_ascii_lowercase());
        names.contains(&tenant.id.to_string()) || above.any(|name| names.contains(&name))
    };
    let mut rows: Vec<Row> = roles.seen().map(Row::Subscription).collect();
    if let Some(ids) = &subscriptions {
        let ids: HashSet<SubscriptionId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        rows.retain(|row| matches!(row, Row::Subscription(place) if ids.contains(&azure.subscriptions[*place].id)));
        if rows.is_empty() {
            return Err(denied(call));
        }
    }
    if let Some(names) = &groups {
        let is_root = |name: &String| *name == tenant.id.to_string();
        let may = |name: &String| is_root(name) || !roles.in_group(name).is_empty();
        if !names.iter().all(may) {
            return Err(denied(call));
        }
        rows.retain(|row| match row {
            Row::Subscription(place) => {
                is_below(names, &azure.groups_above(&azure.subscriptions[*place]))
            }
            Row::Group(_) => true,
        });
    }
    let is_cut = rows.len() > MOST_SUBSCRIPTIONS;
    rows.truncate(MOST_SUBSCRIPTIONS);
    if subscriptions.is_none() {
        let seen = azure.groups.iter().enumerate().filter(|(_, group)| {
            let is_wanted = groups
                .as_ref()
                .is_none_or(|names| is_below(names, &azure.chain(&group.name)));
            is_wanted && !roles.in_group(&group.name).is_empty()
        });
        rows.extend(seen.map(|(place, _)| Row::Group(place)));
    }
    Ok((rows, is_cut))
}

/// Rows, and the columns that a query has made of those of the table.
struct Table<'a> {
    tenant: &'a Tenant,
    rows: Vec<Row>,
    /// Each with its path in the table, and whether it is a text.
    columns: Vec<Projected>,
}

impl Table<'_> {
    /// The table after the steps of the query. The error is a message.
    fn after(mut self, query: &Query) -> Result<Self, String> {
        for step in &query.steps {
            match step {
                Step::Where {
                    column,
                    text,
                    ignores_case,
                } => {
                    let column = self.column("where", column)?.clone();
                    let fits = |row: &Row| {
                        let cell = self.cell(*row, &column);
                        let cell = cell.as_str().unwrap_or_default();
                        cell == text || (*ignores_case && cell.eq_ignore_ascii_case(text))
                    };
                    self.rows = self.rows.iter().copied().filter(fits).collect();
                }
                Step::Project(columns) => {
                    let found: Result<Vec<Projected>, String> =
                        columns.iter().map(|one| self.projected(one)).collect();
                    self.columns = found?;
                }
                Step::Order(by) => self.order(by)?,
                Step::Limit(most) => self.rows.truncate(*most),
            }
        }
        Ok(self)
    }

    fn column(&self, operator: &str, name: &str) -> Result<&Projected, String> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.name == name).ok_or_else(|| {
            format!("'{operator}' operator: Failed to resolve column or scalar expression named '{name}'")
        })
    }

    /// The column in terms of those of the table.
    fn projected(&self, wanted: &Projected) -> Result<Projected, String> {
        let within = self.column("project", &wanted.path[0])?;
        let inside = &wanted.path[1..];
        if within.is_text && !inside.is_empty() {
            return Err(format!(
                "'project' operator: The path expression on '{}' needs a value of the type dynamic",
                within.name
            ));
        }
        Ok(Projected {
            name: wanted.name.clone(),
            path: within.path.iter().chain(inside).cloned().collect(),
            is_text: within.is_text || wanted.is_text,
        })
    }

    fn order(&mut self, by: &[(String, bool)]) -> Result<(), String> {
        let mut columns = Vec::new();
        for (name, is_ascending) in by {
            let column = self.column("order", name)?;
            if !column.is_text {
                return Err(format!(
                    "order operator: key '{name}' is of a 'dynamic' type. Please use an explicit cast"
                ));
            }
            columns.push((column.clone(), *is_ascending));
        }
        let mut keyed: Vec<(Vec<String>, Row)> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let keys = columns.iter().map(|(column, _)| {
                let cell = self.cell(*row, column);
                cell.as_str().unwrap_or_default().to_owned()
            });
            keyed.push((keys.collect(), *row));
        }
        keyed.sort_by(|(one, _), (other, _)| {
            let mut all = one.iter().zip(other).zip(&columns);
            let compared = all.find_map(|((one, other), (_, is_ascending))| {
                let order = match is_ascending {
                    true => one.cmp(other),
                    false => other.cmp(one),
                };
                Some(order).filter(|order| *order != Ordering::Equal)
            });
            compared.unwrap_or(Ordering::Equal)
        });
        self.rows = keyed.into_iter().map(|(_, row)| row).collect();
        Ok(())
    }

    fn cell(&self, row: Row, column: &Projected) -> Value {
        let mut cell = match row {
            Row::Subscription(place) => {
                let subscription = &self.tenant.azure.subscriptions[place];
                of_subscription(self.tenant, subscription, &column.path[0])
            }
            Row::Group(place) => of_group(
                self.tenant,
                &self.tenant.azure.groups[place],
                &column.path[0],
            ),
        };
        for name in &column.path[1..] {
            cell = cell.get_mut(name).map_or(Value::Null, Value::take);
        }
        if !column.is_text || cell.is_string() {
            cell
        } else if cell.is_null() {
            json!("")
        } else {
            json!(cell.to_string())
        }
    }

    /// The requested rows, as a response.
    ///
    /// "Paging results": with `limit`, or without a column that is not dynamic, there is no token, and the result counts as truncated.
    /// "Working with large Azure resource data sets": `limit` makes the service ignore `$skip`.
    fn page(&self, call: &Call<'_>, query: &Query, options: &Options) -> Value {
        let is_limited = query
            .steps
            .iter()
            .any(|step| matches!(step, Step::Limit(_)));
        let has_pages = !is_limited && self.columns.iter().any(|column| column.is_text);
        let start = if is_limited { 0 } else { options.skip };
        let rows: Vec<Row> = self
            .rows
            .iter()
            .copied()
            .skip(start)
            .take(options.top)
            .collect();
        let next = start + rows.len();
        let has_more = next < self.rows.len();
        let data = if options.is_table {
            self.as_table(&rows)
        } else {
            self.as_objects(&rows)
        };
        let mut body = json!({
            "totalRecords": self.rows.len(),
            "count": rows.len(),
            "data": data,
            "facets": [],
            "resultTruncated": if has_more && !has_pages { "true" } else { "false" },
        });
        let next = match call.sim.azure_modes.paging {
            PagingFault::Loop => Some(start),
            PagingFault::None | PagingFault::OtherHost => Some(next).filter(|_| has_more),
        };
        if let Some(next) = next.filter(|_| has_pages) {
            body["$skipToken"] = json!(token(next, options.top));
        }
        body
    }

    fn as_objects(&self, rows: &[Row]) -> Value {
        let object = |row: &Row| -> Value {
            let cells = self.columns.iter();
            let cells = cells.map(|column| (column.name.clone(), self.cell(*row, column)));
            Value::Object(cells.collect())
        };
        rows.iter().map(object).collect()
    }

    fn as_table(&self, rows: &[Row]) -> Value {
        let columns = self.columns.iter().map(|column| {
            let kind = if column.is_text { "string" } else { "object" };
            json!({ "name": column.name, "type": kind })
        });
        let cells = |row: &Row| -> Value {
            let cells = self.columns.iter();
            cells.map(|column| self.cell(*row, column)).collect()
        };
        json!({
            "columns": columns.collect::<Value>(),
            "rows": rows.iter().map(cells).collect::<Value>(),
        })
    }
}

/// The groups from the nearest up to the root group, which every chain ends with.
fn chain(tenant: &Tenant, groups: &[&ManagementGroup]) -> Value {
    let root = json!({ "name": tenant.id.to_string(), "displayName": "Tenant Root Group" });
    let groups = groups.iter();
    groups
        .map(|group| json!({ "name": group.name, "displayName": group.display_name }))
        .chain([root])
        .collect()
}

fn of_subscription(tenant: &Tenant, one: &Subscription, column: &str) -> Value {
    let home = one.home.unwrap_or(tenant.id);
    match column {
        "id" => json!(format!("/subscriptions/{}", one.id)),
        "name" => json!(one.display_name),
        "type" => json!("microsoft.resources/subscriptions"),
        "tenantId" => json!(home.to_string()),
        "subscriptionId" => json!(one.id.to_string()),
        "tags" if one.tags.is_empty() => Value::Null,
        "tags" => json!(one.tags),
        "properties" => {
            let managers: Value = (one.home.iter())
                .map(|_| json!({ "tenantId": tenant.id.to_string() }))
                .collect();
            let mut properties = json!({
                "authorizationSource": "RoleBased",
                "managedByTenants": managers,
                "state": one.state.word(),
                "subscriptionPolicies": {
                    "locationPlacementId": "Public_2014-09-01",
                    "quotaId": one.offer.quota_id(),
                    "spendingLimit": one.offer.spending_limit(),
                },
            });
            // The groups of another home tenant are not this tenant's to read.
            if one.home.is_none() {
                let above = tenant.azure.groups_above(one);
                properties["managementGroupAncestorsChain"] = chain(tenant, &above);
            }
            properties
        }
        _ => Value::Null,
    }
}

fn of_group(tenant: &Tenant, group: &ManagementGroup, column: &str) -> Value {
    match column {
        "id" => json!(format!(
            "/providers/Microsoft.Management/managementGroups/{}",
            group.name
        )),
        "name" => json!(group.name),
        "type" => json!("microsoft.management/managementgroups"),
        "tenantId" => json!(tenant.id.to_string()),
        "properties" => {
            let groups = tenant.azure.chain(&group.name);
            let above = chain(tenant, groups.get(1..).unwrap_or_default());
            json!({
                "tenantId": tenant.id.to_string(),
                "displayName": group.display_name,
                "details": {
                    "version": 1,
                    "parent": above[0],
                    "managementGroupAncestorsChain": above,
                },
            })
        }
        _ => Value::Null,
    }
}
