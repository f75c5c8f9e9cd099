//! Messages from the page to its parent page: each event once, with correct IDs, and without secret or personal data.

use cmg_entra_setup::ui::embedding::state::Embedding;
use std::time::Duration;

use cloud_sim::faults::FaultKind;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use http::Method;
use serde_json::Value;
use serde_json::json;

use crate::frame::framed;
use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::pair_check::found;
use crate::repairs::get;
use crate::unfinished::dies_after;
use crate::unfinished::opened;
use crate::views::html;

/// The messages since the last call.
fn told(page: &Page) -> Vec<Value> {
    let told = page.window.told_host.take();
    let told: Vec<Value> = told
        .iter()
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    for message in &told {
        assert_eq!(message["version"], 1, "{message}");
        let name = message["type"].as_str().unwrap();
        assert!(name.starts_with("cmg-entra-setup."), "{message}");
    }
    told
}

/// The message names without their common prefix.
fn names(told: &[Value]) -> Vec<&str> {
    told.iter()
        .map(|message| message["type"].as_str().unwrap())
        .map(|name| name.strip_prefix("cmg-entra-setup.").unwrap())
        .collect()
}

/// The only message with this name.
#[track_caller]
fn only<'a>(told: &'a [Value], name: &str) -> &'a Value {
    let place = names(told).iter().position(|it| *it == name);
    assert_eq!(
        names(told).iter().filter(|it| **it == name).count(),
        1,
        "{told:?}"
    );
    &told[place.unwrap()]
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn sign_in_messages_have_the_tenant_but_no_user_name() {
    let mut page = signed_in();
    let first = told(&page);
    assert_eq!(names(&first), ["ready", "signed-in"]);
    assert_eq!(
        first[0],
        json!({ "type": "cmg-entra-setup.ready", "version": 1, "toolVersion": env!("CARGO_PKG_VERSION") })
    );
    assert_eq!(
        first[1],
        json!({
            "type": "cmg-entra-setup.signed-in",
            "version": 1,
            "cloud": "public",
            "tenantId": FABRIKAM.to_string(),
            "mayWrite": true,
        })
    );
    page.types(FieldId::Description, "For the branch offices");
    page.goes(Route::CheckUri);
    assert!(told(&page).is_empty());
    page.does(Msg::SignedOut);
    assert_eq!(
        told(&page),
        [json!({ "type": "cmg-entra-setup.signed-out", "version": 1 })]
    );
    page.does(Msg::SignedOut);
    assert!(told(&page).is_empty(), "told twice");
}

#[test]
fn a_sign_in_that_expires_is_also_reported() {
    let mut page = signed_in();
    page.looks(31);
    assert_eq!(names(&told(&page)), ["ready", "signed-in", "signed-out"]);
    let mut other = signed_in();
    told(&other);
    let who = signed_in()
        .model
        .sign_in
        .access
        .user()
        .unwrap()
        .account
        .object_id
        .to_string();
    other.does(Msg::SignedOutElsewhere(who));
    assert_eq!(names(&told(&other)), ["signed-out"]);
    let (checking, _) = found(Scenario::Docs2026Complete);
    assert_eq!(only(&told(&checking), "signed-in")["mayWrite"], false);
}

#[test]
fn a_complete_run_is_reported_with_the_ids_in_the_tenant() {
    let mut page = signed_in();
    page.types(FieldId::ServerName, "A name nobody else has");
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    told(&page);
    page.goes(Route::Review);
    let before = told(&page);
    let planned = only(&before, "planned");
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert_eq!(planned["plan"], review.plan.hash());
    assert_eq!(planned["writes"], review.plan.writes());
    let steps = planned["kept"].as_u64().unwrap() + planned["writes"].as_u64().unwrap();
    assert_eq!(steps, u64::try_from(review.plan.steps.len()).unwrap());
    assert_eq!(planned["blocked"], 0);
    assert_eq!(
        keys(planned),
        ["blocked", "kept", "plan", "type", "version", "writes"]
    );

    page.does(Msg::Run(RunMsg::Approved));
    let after = told(&page);
    assert_eq!(names(&after), ["finished"]);
    let finished = only(&after, "finished");
    assert_eq!(finished["outcome"], "complete");
    assert_eq!(finished["cloud"], "public");
    assert_eq!(finished["tenantId"], FABRIKAM.to_string());
    assert_eq!(finished["subscriptionId"], subscription);
    let handoff = page
        .model
        .runs
        .run
        .as_ref()
        .unwrap()
        .handoff
        .as_ref()
        .unwrap();
    assert_eq!(
        finished["server"],
        json!({
            "appId": handoff.server.app_id.to_string(),
            "objectId": handoff.server.object_id.to_string(),
            "servicePrincipalId": handoff.server.service_principal.to_string(),
            "appIdUri": handoff.server.app_id_uri.as_str(),
        })
    );
    assert_eq!(
        finished["client"],
        json!({
            "appId": handoff.client.app_id.to_string(),
            "objectId": handoff.client.object_id.to_string(),
            "servicePrincipalId": handoff.client.service_principal.to_string(),
        })
    );
    let secret = page.model.runs.secret.clone().unwrap();
    assert_eq!(
        finished["secret"],
        json!({ "keyId": secret.key_id.to_string(), "expires": secret.end.to_string() })
    );
    for app in ["server", "client"] {
        let app = &finished[app];
        let id = app["appId"].as_str().unwrap();
        for (collection, object) in [
            ("applications", "objectId"),
            ("servicePrincipals", "servicePrincipalId"),
        ] {
            let there = get(&page.world, &format!("{collection}(appId='{id}')"));
            assert_eq!(there["id"], app[object], "{collection}");
        }
    }
    assert_eq!(
        finished["resourceProviders"][0],
        json!({ "namespace": "Microsoft.KeyVault", "registrationState": "Registered" })
    );

    let all = format!("{before:?}{after:?}");
    for hidden in [
        secret.text.expose(),
        "A name nobody else has",
        "admin@",
        "eyJ",
        "Fabrikam",
    ] {
        assert!(!all.contains(hidden), "{hidden} was told");
    }
}

#[test]
fn an_incomplete_run_is_reported_with_the_existing_objects() {
    let mut page = signed_in();
    page.goes_wrong(
        Method::POST,
        "/v1.0/oauth2PermissionGrants",
        FaultKind::Denied,
    );
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    let all = told(&page);
    let finished = only(&all, "finished");
    assert_eq!(finished["outcome"], "incomplete");
    assert!(finished["server"]["appId"].is_string());
    assert_eq!(finished["subscriptionId"], Value::Null);
    assert_eq!(finished["resourceProviders"], json!([]));

    let mut page = signed_in();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::Run(RunMsg::StopAsked));
    let all = told(&page);
    let finished = only(&all, "finished");
    assert_eq!(finished["outcome"], "stopped");
    assert_eq!(finished["secret"], Value::Null);

    let mut page = signed_in();
    // The App ID URI, and in the same wave the settings of the client app.
    for _ in 0..2 {
        page.goes_wrong(Method::PATCH, "/v1.0/applications/", FaultKind::Denied);
    }
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    let all = told(&page);
    let server = &only(&all, "finished")["server"];
    assert!(server["appId"].is_string());
    assert_eq!(server["appIdUri"], Value::Null, "it does not stand");
}

#[test]
fn a_changed_tenant_gets_a_new_plan_and_no_finished_message() {
    let mut page = signed_in();
    page.goes(Route::Review);
    let first = only(&told(&page), "planned").clone();
    let mut other = Page::open(
        page.world.another_page(false),
        crate::page::start(&page.world),
    );
    other.types(FieldId::Tenant, "fabrikam.com");
    other.does(Msg::SignInAsked);
    other.goes(Route::Review);
    other.does(Msg::Run(RunMsg::Approved));
    other.saves_secret();
    page.does(Msg::Run(RunMsg::Approved));
    let after = told(&page);
    assert_eq!(names(&after), ["planned"], "{:?}", page.model.runs.stop);
    assert_ne!(after[0]["plan"], first["plan"]);
    assert_eq!(after[0]["writes"], 0);
}

#[test]
fn an_undone_run_is_reported_without_ids() {
    let mut page = opened(&dies_after(6));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::UndoApproved));
    let all = told(&page);
    let finished = only(&all, "finished");
    assert_eq!(finished["outcome"], "undone");
    assert_eq!(finished["tenantId"], FABRIKAM.to_string());
    for nothing in ["server", "client", "secret", "subscriptionId"] {
        assert_eq!(finished[nothing], Value::Null, "{nothing}");
    }

    let mut page = opened(&dies_after(6));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::SignInAsked);
    page.goes_wrong(Method::DELETE, "/v1.0/applications", FaultKind::Denied);
    page.does(Msg::Run(RunMsg::UndoApproved));
    assert_eq!(only(&told(&page), "finished")["outcome"], "incomplete");
}

#[test]
fn a_retired_pair_is_reported_without_ids() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    page.goes(Route::Retire);
    for part in [AppRole::Server, AppRole::Client] {
        let entry = FieldId::Repair(Repair::Delete(part));
        page.does(Msg::Typed(entry, "on".to_owned()));
    }
    page.does(Msg::Pair(PairMsg::RetireAsked));
    page.does(Msg::SignInAsked);
    page.types(FieldId::SiteDisconnected, "on");
    page.does(Msg::Run(RunMsg::Approved));
    let all = told(&page);
    let finished = only(&all, "finished");
    assert_eq!(finished["outcome"], "complete");
    for nothing in ["server", "client", "secret"] {
        assert_eq!(finished[nothing], Value::Null, "{nothing}");
    }
}

/// The old secret has a later expiry date than the new one.
#[test]
fn a_removed_secret_is_not_reported_as_the_current_one() {
    let (mut page, pair) = found(Scenario::Docs2023);
    page.does(Msg::PairChosen(pair));
    let old = page.model.pair.report().unwrap().secrets[0].key;
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    let all = told(&page);
    let new = only(&all, "finished")["secret"].clone();
    assert_ne!(new["keyId"], old.to_string());
    page.saves_secret();
    page.passes(Duration::from_secs(60));
    page.goes(Route::Report);
    page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
    let entry = FieldId::Repair(Repair::OldSecret(old));
    page.does(Msg::Typed(entry, "on".to_owned()));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    page.does(Msg::Run(RunMsg::Approved));
    let all = told(&page);
    assert_eq!(only(&all, "finished")["secret"], new);
    let run = page.model.runs.run.as_ref().unwrap();
    let handed_over = run.handoff.as_ref().unwrap().server.secret.id;
    assert_eq!(new["keyId"], handed_over.to_string());
}

#[test]
fn a_framed_page_hides_its_header_and_shows_the_tenant() {
    let mut page = framed();
    let shown = html(&page.model);
    assert!(!shown.contains("class=\"brand\""), "{shown}");
    assert!(shown.contains("way-home"));
    assert!(!shown.contains("class=\"badges\""));
    page.does(Msg::SignInAsked);
    let shown = html(&page.model);
    assert!(shown.contains("class=\"badges\"") && shown.contains("admin@fabrikam.com"));
    assert!(shown.contains("class=\"frame-foot\""), "its buttons stay");
    page.goes(Route::Start);
    assert!(!html(&page.model).contains("way-home"));
    page.model.embedding = Embedding::Standalone;
    assert!(html(&page.model).contains("class=\"brand\""));
}

#[test]
fn an_embedded_page_has_no_links_to_routes_and_no_main_landmark() {
    let mut page = framed();
    page.model.embedding = Embedding::Module {
        parent_signs_in: false,
    };
    page.does(Msg::SignInAsked);
    let steps = WizardStep::ALL.map(Route::Step);
    let beside = [
        Route::Start,
        Route::CheckUri,
        Route::Register,
        Route::Evidence,
        Route::CheckPair,
        Route::Unfinished,
        Route::Review,
    ];
    for place in steps.into_iter().chain(beside) {
        page.goes(place);
        let shown = html(&page.model);
        assert!(!shown.contains("href=\"#"), "{place:?}");
        assert!(!shown.contains("<main"), "{place:?}");
        assert!(shown.contains("<section aria-label=\"CMG Entra Setup\""));
    }
    page.model.embedding = Embedding::Frame;
    assert!(html(&page.model).contains("<main"), "a frame has its own");
}
