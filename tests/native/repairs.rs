//! A repair removes only what the admin selected, for any selection and any pair. A check whose data could not be read never passes.

use std::collections::BTreeSet;

use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cloud_sim::scenarios;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::runs::journals::Undo;
use domain::platform::Platform as _;
use engine::audit::State;
use engine::audit::check::CheckId;
use engine::desired::repair::Repair;
use engine::read::discover::Pair;
use proptest::prelude::*;
use serde_json::Value;

use crate::page;
use crate::page::Page;

/// A tenant with a pair of this scenario that is already checked. The admin is signed in with write permissions.
fn checked(shape: Scenario) -> (Page, Pair) {
    let world = page::world();
    let now = world.now();
    let made = world.with_sim(|sim| scenarios::make(sim, FABRIKAM, shape, now));
    let mut page = Page::open(world.clone(), page::start(&world));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.goes(Route::Step(
        cmg_entra_setup::ui::route::WizardStep::AzureService,
    ));
    page.does(Msg::SignInAsked);
    let pair = Pair {
        server: made.server,
        client: made.client,
        is_linked: true,
    };
    page.does(Msg::PairChosen(pair.clone()));
    (page, pair)
}

/// All data of the tenant's apps that a repair could lose, each as one descriptive line.
fn everything(world: &SimPlatform) -> BTreeSet<String> {
    let now = world.now();
    world.with_sim(|sim| {
        let all = ["Directory.AccessAsUser.All"];
        let graph = "https://graph.microsoft.com";
        let token = sim
            .token_for(now, "admin@fabrikam.com", graph, &all)
            .unwrap();
        let mut get = |path: &str| -> Vec<Value> {
            let request = http::Request::get(format!("{graph}/v1.0/{path}"))
                .header("authorization", format!("Bearer {token}"))
                .body(Vec::new())
                .unwrap();
            let answer = sim.handle(now, &request).answer.unwrap();
            let body: Value = serde_json::from_slice(answer.body()).unwrap();
            body["value"].as_array().cloned().unwrap_or_default()
        };
        let mut lines = BTreeSet::new();
        for app in get("applications?$top=999") {
            let id = app["appId"].as_str().unwrap().to_owned();
            lines.insert(format!("{id} app"));
            let mut add = |what: &str, list: &Value| {
                for it in list.as_array().into_iter().flatten() {
                    let it = it.as_str().map_or_else(|| it.to_string(), str::to_owned);
                    lines.insert(format!("{id} {what} {it}"));
                }
            };
            add("web", &app["web"]["redirectUris"]);
            add("desktop", &app["publicClient"]["redirectUris"]);
            add("spa", &app["spa"]["redirectUris"]);
            add("uri", &app["identifierUris"]);
            add("tag", &app["tags"]);
            for scope in app["api"]["oauth2PermissionScopes"].as_array().unwrap() {
                lines.insert(format!("{id} scope {} {}", scope["id"], scope["value"]));
            }
            for secret in app["passwordCredentials"].as_array().unwrap() {
                lines.insert(format!("{id} secret {}", secret["keyId"].as_str().unwrap()));
            }
            for resource in app["requiredResourceAccess"].as_array().unwrap() {
                for access in resource["resourceAccess"].as_array().unwrap() {
                    lines.insert(format!(
                        "{id} asks {} {} {}",
                        resource["resourceAppId"].as_str().unwrap(),
                        access["id"].as_str().unwrap(),
                        access["type"].as_str().unwrap(),
                    ));
                }
            }
            for owner in get(&format!("applications(appId='{id}')/owners")) {
                lines.insert(format!("{id} owner {}", owner["id"]));
            }
            for grant in get(&format!(
                "servicePrincipals(appId='{id}')/oauth2PermissionGrants"
            )) {
                for scope in grant["scope"].as_str().unwrap().split_whitespace() {
                    lines.insert(format!("{id} grant {} {scope}", grant["resourceId"]));
                }
            }
            for role in get(&format!(
                "servicePrincipals(appId='{id}')/appRoleAssignments"
            )) {
                lines.insert(format!("{id} role {}", role["appRoleId"].as_str().unwrap()));
            }
        }
        lines
    })
}

/// Adds entries of another owner to every list of both apps.
fn dress(world: &SimPlatform, pair: &Pair) {
    let now = world.now();
    // The server app and the client app can be the same app.
    let apps: BTreeSet<_> = [pair.server, pair.client].into_iter().flatten().collect();
    for app in apps {
        world.with_sim(|sim| {
            let all = ["Directory.AccessAsUser.All"];
            let graph = "https://graph.microsoft.com";
            let token = sim.token_for(now, "admin@fabrikam.com", graph, &all).unwrap();
            let url = format!("{graph}/v1.0/applications(appId='{app}')");
            let request = http::Request::get(&url)
                .header("authorization", format!("Bearer {token}"))
                .body(Vec::new())
                .unwrap();
            let answer = sim.handle(now, &request).answer.unwrap();
            if answer.status() != 200 {
                return;
            }
            let mut now_is: Value = serde_json::from_slice(answer.body()).unwrap();
            let mut body = serde_json::json!({});
            for (platform, uri) in [("web", "https://example.com/x"), ("publicClient", "https://example.com/y")] {
                let uris = now_is[platform]["redirectUris"].as_array_mut().unwrap();
                uris.push(uri.into());
                body[platform] = serde_json::json!({ "redirectUris": uris });
            }
            let asked = now_is["requiredResourceAccess"].as_array_mut().unwrap();
            let other = serde_json::json!({ "id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca", "type": "Scope" });
            match asked.iter_mut().find(|it| it["resourceAppId"] == GRAPH) {
                Some(graph) => graph["resourceAccess"].as_array_mut().unwrap().push(other),
                None => asked.push(serde_json::json!({ "resourceAppId": GRAPH, "resourceAccess": [other] })),
            }
            body["requiredResourceAccess"] = asked.clone().into();
            body["tags"] = serde_json::json!(["theirs"]);
            let request = http::Request::patch(&url)
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(body.to_string().into_bytes())
                .unwrap();
            let answer = sim.handle(now, &request).answer.unwrap();
            assert_eq!(answer.status(), 204, "{:?}", std::str::from_utf8(answer.body()));
        });
    }
}

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const DELEGATED: &str = "06da0dbc-49e2-44d2-8312-53f166ab848a";
const DIRECTORY_READ_ALL: &str = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";

/// True if a selected repair states that it removes this line.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a new repair removes nothing unless it is listed here"
)]
fn is_named(line: &str, chosen: &[Repair]) -> bool {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let has = |what: &str| parts.get(1) == Some(&what);
    let of = |text: &str| parts.get(2) == Some(&text);
    chosen.iter().any(|repair| match repair {
        Repair::SecondLocalhost => has("desktop") && of("http://localhost"),
        Repair::BrokerOnServer => (has("web") || has("desktop")) && line.contains("BrokerPlugin"),
        Repair::ForeignBroker => has("desktop") && line.to_lowercase().contains("brokerplugin"),
        Repair::AzureAdGraph(_) => has("asks") && line.contains("00000002-0000-0000-c000"),
        Repair::OwnApi(_) => has("asks") && of(parts[0]),
        Repair::DelegatedDirectory => has("asks") && line.contains(DELEGATED),
        Repair::GoneScope => has("asks") && !of(GRAPH) && line.ends_with("Scope"),
        Repair::DirectoryOff => {
            has("asks") && line.contains(DIRECTORY_READ_ALL)
                || has("role") && of(DIRECTORY_READ_ALL)
        }
        Repair::OldSecret(key) => has("secret") && of(&key.to_string()),
        _ => false,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_repair_removes_only_what_it_names(
        place in 0..Scenario::ALL.len(),
        picks in proptest::collection::vec(any::<bool>(), 24),
        other in any::<bool>(),
    ) {
        let shape = Scenario::ALL[place];
        let (mut page, pair) = checked(shape);
        dress(&page.world, &pair);
        page.does(Msg::PairChosen(pair));
        page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
        let mut offered = page.model.pair.report().unwrap().repairs();
        // Repairs that the page offers outside the findings.
        offered.push(if other { Repair::DirectoryOn } else { Repair::DirectoryOff });
        offered.push(Repair::Secret);
        let chosen: Vec<Repair> = offered
            .into_iter()
            .zip(picks)
            .filter_map(|(repair, is_picked)| is_picked.then_some(repair))
            .collect();
        let before = everything(&page.world);
        for repair in &chosen {
            page.does(Msg::Typed(FieldId::Repair(*repair), "on".to_owned()));
        }
        let chosen = page.model.pair.chosen.clone();
        page.does(Msg::Pair(PairMsg::RepairsAsked));
        if matches!(page.model.review.state, Review::Faulty { .. }) {
            page.does(Msg::SignInAsked);
        }
        page.does(Msg::Run(RunMsg::Approved));
        let after = everything(&page.world);
        let lost: Vec<&String> = before
            .difference(&after)
            .filter(|line| !is_named(line, &chosen))
            .collect();
        prop_assert!(lost.is_empty(), "{}: {chosen:?} took {lost:#?}", shape.key());
    }
}

/// Reads that fail, each with the checks that then have the state cannot tell and never OK.
#[test]
fn a_failed_read_is_never_reported_as_ok() {
    use CheckId as Id;
    let rows: [(&str, &[Id]); 6] = [
        ("/v1.0/identity/conditionalAccess", &[Id::ConditionalAccess]),
        (
            "/v1.0/policies/defaultAppManagementPolicy",
            &[Id::SecretPolicy],
        ),
        (
            "/v1.0/servicePrincipals",
            &[
                Id::ServerPrincipal,
                Id::ServerAssignment,
                Id::DirectoryConsent,
                Id::ClientPrincipal,
                Id::ClientAssignment,
                Id::ServerConsent,
                Id::GraphConsent,
            ],
        ),
        ("/v1.0/applications", &[Id::ServerApp, Id::ClientApp]),
        ("/v1.0/organization", &[]),
        ("/v1.0/directory/deletedItems", &[]),
    ];
    for (path, checks) in rows {
        let (mut page, pair) = checked(Scenario::Docs2026Complete);
        page.world.with_sim(|sim| {
            sim.inject(Fault {
                method: Some(http::Method::GET),
                path_prefix: path.to_owned(),
                skip: 0,
                times: u32::MAX,
                kind: FaultKind::Failed(403),
            });
        });
        page.does(Msg::PairChosen(pair));
        let report = page.model.pair.report().unwrap();
        for id in checks {
            let check = report.check(*id).unwrap();
            assert_eq!(check.state, State::CannotTell, "{path}: {check:?}");
        }
        let broken: Vec<_> = report
            .checks
            .iter()
            .filter(|it| it.state == State::Broken)
            .collect();
        assert!(
            broken.is_empty(),
            "{path}: not read is not broken: {broken:?}"
        );
    }
}

/// A different order, uppercase IDs, and additional irrelevant values cause no finding.
#[test]
fn equivalent_values_cause_no_finding() {
    let (mut page, pair) = checked(Scenario::Docs2026Complete);
    let report = page.model.pair.report().unwrap();
    assert_eq!(
        report.worst(),
        State::CannotTell,
        "but for the subscription"
    );
    let (server, client) = (pair.server.unwrap(), pair.client.unwrap());
    let rows = [
        (server, r#"{"web":{"redirectUris":["https://example.com/x","http://localhost","http://localhost:8080/y"]}}"#.to_owned()),
        (server, r#"{"web":{"homePageUrl":"https://ConfigMgrService","logoutUrl":"https://fabrikam.com/out"}}"#.to_owned()),
        (server, r#"{"tags":["HideApp","x"],"notes":"kept by hand"}"#.to_owned()),
        (server, r#"{"api":{"requestedAccessTokenVersion":1}}"#.to_owned()),
        (client, format!(r#"{{"publicClient":{{"redirectUris":["https://login.microsoftonline.com/common/oauth2/nativeclient","ms-appx-web://Microsoft.AAD.BrokerPlugin/{client}","http://localhost"]}}}}"#)),
        (client, r#"{"displayName":"Another name"}"#.to_owned()),
    ];
    let now = page.world.now();
    for (app, body) in rows {
        page.world.with_sim(|sim| {
            let all = ["Directory.AccessAsUser.All"];
            let graph = "https://graph.microsoft.com";
            let token = sim
                .token_for(now, "admin@fabrikam.com", graph, &all)
                .unwrap();
            let request = http::Request::patch(format!("{graph}/v1.0/applications(appId='{app}')"))
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(body.clone().into_bytes())
                .unwrap();
            let answer = sim.handle(now, &request).answer.unwrap();
            assert_eq!(answer.status(), 204, "{body}");
        });
        page.does(Msg::PairChosen(pair.clone()));
        let report = page.model.pair.report().unwrap();
        let wrong: Vec<_> = report
            .checks
            .iter()
            .filter(|it| matches!(it.state, State::Broken | State::Attention))
            .collect();
        assert!(wrong.is_empty(), "{body}: {wrong:?}");
    }
}

/// Undoing an interrupted repair removes what it added, keeps what existed before, and adds nothing.
#[test]
fn an_interrupted_repair_can_be_undone() {
    let (mut page, pair) = checked(Scenario::Docs2021);
    dress(&page.world, &pair);
    page.does(Msg::PairChosen(pair));
    let before = everything(&page.world);
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(http::Method::POST),
            path_prefix: "/v1.0/oauth2PermissionGrants".to_owned(),
            skip: 0,
            times: u32::MAX,
            kind: FaultKind::LostBefore,
        });
    });
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_some()
    );
    let between = everything(&page.world);
    assert!(between.is_superset(&before) && between.len() > before.len());
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.world.with_sim(cloud_sim::Sim::clear_faults);
    // The lost requests can no longer take effect after this time, so the undo does not wait.
    page.passes(std::time::Duration::from_secs(20 * 60));
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::Run(RunMsg::UndoApproved));
    let after = everything(&page.world);
    // The tag is removed together with the objects it was added for.
    let odd: Vec<_> = after.symmetric_difference(&before).collect();
    assert!(
        odd.is_empty(),
        "{odd:#?} {:#?}",
        page.model.runs.journals.undo
    );
}

/// Number of requests of this kind that the cloud received.
fn sent(world: &SimPlatform, request: &str) -> u64 {
    world.with_sim(|sim| sim.counts().get(request).copied().unwrap_or_default())
}

fn fails(world: &SimPlatform, method: http::Method, path: &str, times: u32) {
    world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(method),
            path_prefix: path.to_owned(),
            skip: 0,
            times,
            kind: FaultKind::Denied,
        });
    });
}

const ADD_PASSWORD: &str = "POST graph applications/{}/addPassword";

/// Runs all repairs that only add, with a new secret. The registration of the providers fails, so steps remain for the continuation.
fn half_repaired() -> Page {
    let (mut page, _) = checked(Scenario::Docs2021);
    let user = page.model.sign_in.access.user().unwrap();
    let all = user.subscriptions.done().unwrap();
    let production = all.iter().find(|it| it.name == "Fabrikam Production");
    let subscription = production.unwrap().id.to_string();
    page.does(Msg::Typed(FieldId::Subscription, subscription));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Typed(FieldId::Repair(Repair::Secret), "on".to_owned()));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    fails(&page.world, http::Method::POST, "/subscriptions", u32::MAX);
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_some()
    );
    assert!(page.model.runs.secret.is_some());
    assert_eq!(sent(&page.world, ADD_PASSWORD), 1);
    page.world.with_sim(cloud_sim::Sim::clear_faults);
    page
}

/// The secret is created once, whether it is saved or still shown, and whether the page or the journal continues the repair.
#[test]
fn a_continued_repair_creates_no_second_secret() {
    for (is_saved, is_resumed) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut page = half_repaired();
        let key = page.model.runs.secret.as_ref().unwrap().key_id;
        if is_saved {
            page.saves_secret();
        }
        if is_resumed {
            let run = page.model.runs.journals.open().next().unwrap().run;
            page.does(Msg::Run(RunMsg::ResumeAsked(run)));
        } else {
            page.goes(Route::Review);
        }
        page.does(Msg::Run(RunMsg::Approved));
        let run = page.model.runs.run.as_ref().unwrap();
        assert!(run.problems().next().is_none());
        let at = format!("saved: {is_saved}, resumed: {is_resumed}");
        assert_eq!(sent(&page.world, ADD_PASSWORD), 1, "{at}");
        let line = format!("secret {key}");
        let all = everything(&page.world);
        assert!(all.iter().any(|it| it.ends_with(&line)), "{at}");
    }
}

/// The page continued once without creating the secret again, because it still had the secret, and then closed.
#[test]
fn a_lost_new_secret_is_created_again() {
    let mut page = half_repaired();
    fails(&page.world, http::Method::POST, "/subscriptions", u32::MAX);
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.world.with_sim(cloud_sim::Sim::clear_faults);
    let world = page.world.another_page(false);
    drop(page);
    let mut page = Page::open(world.clone(), page::start(&world));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::ResumeAsked(run)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_none()
    );
    let key = page.model.runs.secret.as_ref().expect("a new one").key_id;
    let all = everything(&page.world);
    assert!(all.iter().any(|it| it.ends_with(&format!("secret {key}"))));
}

/// The tag is removed last: without it, the next undo could not recognize what this run added to the app.
#[test]
fn an_interrupted_undo_can_be_continued() {
    let (mut page, pair) = checked(Scenario::Docs2021);
    dress(&page.world, &pair);
    page.does(Msg::PairChosen(pair));
    let before = everything(&page.world);
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Typed(FieldId::Repair(Repair::Secret), "on".to_owned()));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.passes(std::time::Duration::from_secs(20 * 60));
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    // The removal of the secret fails, and so does the change of the client app's settings.
    fails(
        &page.world,
        http::Method::POST,
        "/v1.0/applications",
        u32::MAX,
    );
    fails(&page.world, http::Method::PATCH, "/v1.0/applications", 1);
    page.does(Msg::Run(RunMsg::UndoApproved));
    page.world.with_sim(cloud_sim::Sim::clear_faults);
    assert_ne!(everything(&page.world), before);
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::Run(RunMsg::UndoApproved));
    let after = everything(&page.world);
    let odd: Vec<_> = after.symmetric_difference(&before).collect();
    assert!(
        odd.is_empty(),
        "{odd:#?} {:#?}",
        page.model.runs.journals.undo
    );
}

/// A journal can come from a file and can name any pair as the repaired one.
#[test]
fn a_forged_repair_removes_nothing_from_another_pair() {
    let page = half_repaired();
    let world = page.world.another_page(false);
    let draft = page.model.setup.draft.clone();
    drop(page);
    let now = world.now();
    let victim =
        world.with_sim(|sim| scenarios::make(sim, FABRIKAM, Scenario::Docs2026Complete, now));
    let (server, client) = (victim.server.unwrap(), victim.client.unwrap());
    let of_victim = |path: &str| -> String {
        let found = get(&world, path);
        found["value"][0]["id"].as_str().unwrap().to_owned()
    };
    let grant = of_victim(&format!(
        "servicePrincipals(appId='{client}')/oauth2PermissionGrants"
    ));
    let principal = get(&world, &format!("servicePrincipals(appId='{client}')"));
    let principal = principal["id"].as_str().unwrap().to_owned();
    for (key, text) in world.run(world.list("run/")).unwrap() {
        let mut record: Value = serde_json::from_str(&text).unwrap();
        if let Some(made) = record.pointer_mut("/event/made") {
            let forged = match made["what"].as_str() {
                Some("secret") => serde_json::json!({ "what": "grant", "id": grant }),
                Some("change") => {
                    serde_json::json!({ "what": "principal", "object": principal })
                }
                _ => made.clone(),
            };
            *made = forged;
        }
        let text = record.to_string();
        let text = text.replace(&draft.server_app, &server.to_string());
        let text = text.replace(&draft.client_app, &client.to_string());
        world.run(world.put(&key, &text)).unwrap();
    }
    let before = everything(&world);
    let mut page = Page::open(world.clone(), page::start(&world));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.passes(std::time::Duration::from_secs(20 * 60));
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::UndoApproved));
    let undo = &page.model.runs.journals.undo;
    assert!(
        matches!(undo, Undo::Under { is_over: true, .. }),
        "{undo:#?}"
    );
    let after = everything(&world);
    let odd: Vec<_> = after.symmetric_difference(&before).collect();
    assert!(odd.is_empty(), "{odd:#?} {undo:#?}");
}

/// Reads an object as an administrator with another client.
pub(crate) fn get(world: &SimPlatform, path: &str) -> Value {
    let now = world.now();
    world.with_sim(|sim| {
        let all = ["Directory.AccessAsUser.All"];
        let graph = "https://graph.microsoft.com";
        let token = sim.token_for(now, "admin@fabrikam.com", graph, &all);
        let request = http::Request::get(format!("{graph}/v1.0/{path}"))
            .header("authorization", format!("Bearer {}", token.unwrap()))
            .body(Vec::new())
            .unwrap();
        let answer = sim.handle(now, &request).answer.unwrap();
        serde_json::from_slice(answer.body()).unwrap()
    })
}

/// The response to a removal is lost. The page sends it again, and an object that is already deleted counts as removed.
#[test]
fn a_removal_with_a_lost_response_counts_as_done() {
    use engine::desired::repair::AppRole;
    let (mut page, _) = checked(Scenario::Docs2026Complete);
    page.goes(Route::Retire);
    for part in [AppRole::Server, AppRole::Client] {
        let entry = FieldId::Repair(Repair::Delete(part));
        page.does(Msg::Typed(entry, "on".to_owned()));
    }
    page.does(Msg::Pair(PairMsg::RetireAsked));
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(http::Method::DELETE),
            path_prefix: "/v1.0/applications".to_owned(),
            skip: 0,
            times: 1,
            kind: FaultKind::LostAfter,
        });
    });
    page.types(FieldId::SiteDisconnected, "on");
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    let problems: Vec<_> = run.problems().collect();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(
        page.world.with_sim(|sim| sim.is_harmless()),
        "nothing was lost"
    );
}
