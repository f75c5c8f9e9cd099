//! What session storage keeps of the resource provider page across a sign-in and a reload: what was typed, and the selection in each tenant. Names and IDs of subscriptions are no secret; they go with the tab, or with Sign out.

use litemap::LiteMap;
use serde_json::Value;
use serde_json::json;

use crate::ui::providers::state::ProviderAnswers;
use crate::ui::providers::state::TenantSelection;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::json;

const VERSION: u64 = 1;

/// Longest text read back, in bytes: 10,000 subscriptions with long names.
const LONGEST: usize = 2 * 1024 * 1024;

/// The text to keep.
#[must_use]
pub fn write(answers: &ProviderAnswers, selections: &[TenantSelection]) -> String {
    let tenants: Vec<Value> = selections
        .iter()
        .map(|it| {
            let one = |(id, name): (&SubscriptionId, &String)| json!([id.to_string(), name]);
            let subscriptions: Vec<Value> = it.subscriptions.iter().map(one).collect();
            json!({
                "cloud": it.cloud.key(),
                "tenant": it.tenant.to_string(),
                "subscriptions": subscriptions,
            })
        })
        .collect();
    let wanted: Vec<&str> = answers.wanted.iter().map(|it| it.name()).collect();
    json!({
        "version": VERSION,
        "wanted": wanted,
        "ids": answers.ids,
        "search": answers.search,
        "tenants": tenants,
    })
    .to_string()
}

/// Reads the text of `write`. `None` if any part of it is not what this version writes: another page of this origin may have written it.
#[must_use]
pub fn read(text: &str) -> Option<(ProviderAnswers, Vec<TenantSelection>)> {
    if text.len() > LONGEST {
        return None;
    }
    let value = json::parse(text.as_bytes()).ok()?;
    let wanted = value.get("wanted")?.as_array()?;
    let wanted: Option<Vec<ProviderNamespace>> = wanted
        .iter()
        .map(|it| ProviderNamespace::find(it.as_str()?))
        .collect();
    let tenants = value.get("tenants")?.as_array()?;
    let selections: Option<Vec<TenantSelection>> = tenants.iter().map(selection).collect();
    let answers = ProviderAnswers {
        wanted: wanted?,
        ids: value.get("ids")?.as_str()?.to_owned(),
        search: value.get("search")?.as_str()?.to_owned(),
        ..ProviderAnswers::default()
    };
    let selections = selections?;
    (write(&answers, &selections) == text).then_some((answers, selections))
}

fn selection(value: &Value) -> Option<TenantSelection> {
    let text = |name: &str| value.get(name)?.as_str();
    let rows = value.get("subscriptions")?.as_array()?;
    let row = |row: &Value| -> Option<(SubscriptionId, String)> {
        let id = row.get(0)?.as_str()?.parse().ok()?;
        Some((id, row.get(1)?.as_str()?.to_owned()))
    };
    let subscriptions: Option<LiteMap<SubscriptionId, String>> = rows.iter().map(row).collect();
    Some(TenantSelection {
        cloud: Cloud::find(text("cloud")?)?,
        tenant: text("tenant")?.parse().ok()?,
        subscriptions: subscriptions?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_is_read_back_and_foreign_text_is_not() {
        let subscriptions = [
            (
                "5e97358c-d99c-4558-af0c-de7774091dda",
                "Prod \"1\"\n\u{202e}",
            ),
            ("2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72", ""),
        ];
        let selections = vec![TenantSelection {
            cloud: Cloud::UsGov,
            tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47".parse().unwrap(),
            subscriptions: subscriptions
                .into_iter()
                .map(|(id, name)| (id.parse().unwrap(), name.to_owned()))
                .collect(),
        }];
        let answers = ProviderAnswers {
            wanted: vec![ProviderNamespace::Storage],
            ids: "a\n\"b\"".to_owned(),
            search: "Süd".to_owned(),
            ..ProviderAnswers::default()
        };
        let text = write(&answers, &selections);
        assert_eq!(read(&text), Some((answers, selections)));
        for bad in [
            String::new(),
            "{}".to_owned(),
            text.replace("\"version\":1", "\"version\":2"),
            text.replace("usgov", "moon"),
            text.replace("5e97358c", "zz97358c"),
            format!("{text} "),
            text.replace("Microsoft.Storage", "Microsoft.Sql"),
        ] {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
