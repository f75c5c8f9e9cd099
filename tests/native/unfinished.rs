//! Unfinished runs: the page shows them at the next start. The admin can continue, undo, or keep one. The page does none of this by itself.

use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::journals::StepSummary;
use cmg_entra_setup::ui::runs::journals::Undo;
use cmg_entra_setup::ui::runs::journals::summaries;
use cmg_entra_setup::ui::runs::journals::waits_for_secret_alone;
use cmg_entra_setup::ui::runs::state::RunState;
use domain::platform::Platform as _;
use domain::platform::StorageError;
use engine::journal;
use engine::journal::Created;
use engine::journal::End;
use engine::journal::Event;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::journal::StoredRun;
use engine::journal::Unreadable;
use engine::plan::step::StepId;
use engine::run::prepare::StartError;
use engine::undo::UndoStepState;
use http::Method;
use serde_json::Value;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;

/// A page that closes after this many completed steps. The tenant and the browser's store remain.
pub(crate) fn dies_after(steps: u64) -> SimPlatform {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 >= steps)
    });
    page.world.another_page(false)
}

pub(crate) fn opened(world: &SimPlatform) -> Page {
    Page::open(world.clone(), start(world))
}

fn unfinished(page: &Page) -> RecordedRun {
    page.model
        .runs
        .journals
        .open()
        .next()
        .cloned()
        .expect("a run")
}

/// Number of this tool's applications outside the demo tenants: existing, then deleted.
fn apps(world: &SimPlatform) -> (usize, usize) {
    let of = |world: &SimPlatform| {
        let snapshot = world.with_sim(|sim| sim.snapshot());
        ["applications", "deletedApplications"].map(|list| ours(&snapshot, list))
    };
    let [live, deleted] = of(world);
    let [seeded, gone] = of(&signed_in().world);
    (live - seeded, deleted - gone)
}

/// Number of this tool's applications in the lists with this name.
fn ours(value: &Value, list: &str) -> usize {
    let is_ours = |app: &&Value| {
        app["uniqueName"]
            .as_str()
            .is_some_and(|name| name.starts_with("cmg-entra-setup-"))
    };
    let Value::Object(fields) = value else {
        return 0;
    };
    fields
        .iter()
        .map(|(name, value)| match value.as_array() {
            Some(apps) if name == list => apps.iter().filter(is_ours).count(),
            Some(_) | None => ours(value, list),
        })
        .sum()
}

#[test]
fn the_next_start_shows_an_unfinished_run_without_requests() {
    let world = dies_after(3);
    world.reset_counts();
    let page = opened(&world);
    let recorded_run = unfinished(&page);
    assert_eq!(
        recorded_run.started().unwrap().account.name,
        "admin@fabrikam.com"
    );
    let steps = summaries(&recorded_run);
    assert!(
        steps.contains(&(StepId::ServerApp, StepSummary::Done)),
        "{steps:?}"
    );
    assert!(
        steps.contains(&(StepId::Secret, StepSummary::Remains)),
        "{steps:?}"
    );
    assert_eq!(world.requests(), 0, "sent a request without a click");
}

#[test]
fn a_continued_run_reviews_and_does_only_the_remaining_steps() {
    let world = dies_after(3);
    let mut page = opened(&world);
    let recorded_run = unfinished(&page);
    page.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
    assert_eq!(page.model.route, Route::Review);
    page.does(Msg::SignInAsked);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert!(
        review
            .plan
            .step(StepId::ServerApp)
            .unwrap()
            .action
            .write()
            .is_none()
    );
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    assert_eq!(apps(&world), (2, 0));
    page.saves_secret();
    assert!(
        page.model.runs.journals.open().next().is_none(),
        "the run is over"
    );
    let stored = world.run(journal::stored(&world)).unwrap();
    let [StoredRun::Run(all)] = stored.as_slice() else {
        panic!("{stored:?}")
    };
    assert_eq!(all.run, recorded_run.run, "the same run went on");
}

#[test]
fn an_undo_shows_each_request_and_leaves_only_deleted_items() {
    for (for_good, left) in [(false, (0, 2)), (true, (0, 0))] {
        let world = dies_after(6);
        let mut page = opened(&world);
        let recorded_run = unfinished(&page);
        page.does(Msg::Run(RunMsg::UndoAsked(recorded_run.run)));
        page.does(Msg::SignInAsked);
        let Undo::Ready { findings, .. } = &page.model.runs.journals.undo else {
            panic!("{:?}", page.model.runs.journals.undo)
        };
        assert!(!findings.plan.removals.is_empty());
        assert_eq!(apps(&world), (2, 0), "removed before anybody said so");
        if for_good {
            page.types(FieldId::ForGood, "on");
        }
        page.does(Msg::Run(RunMsg::UndoApproved));
        let Undo::Under {
            is_over, states, ..
        } = &page.model.runs.journals.undo
        else {
            panic!("{:?}", page.model.runs.journals.undo)
        };
        assert!(is_over, "{states:?}");
        // This run created every object, so all are removed.
        assert!(
            states.iter().all(|state| *state == UndoStepState::Done),
            "{states:?}"
        );
        assert_eq!(apps(&world), left, "{states:?}");
        assert!(page.model.runs.journals.open().next().is_none());
    }
}

#[test]
fn an_unconfirmed_secret_is_replaced_if_it_is_lost() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    let world = page.world.another_page(false);
    drop(page);

    let mut kept = opened(&world);
    let recorded_run = unfinished(&kept);
    assert!(waits_for_secret_alone(&recorded_run));
    kept.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
    kept.does(Msg::SignInAsked);
    let Review::Ready(review) = &kept.model.review.state else {
        panic!("{:?}", kept.model.review.state)
    };
    assert_eq!(review.plan.writes(), 1, "one new secret and nothing else");
    kept.does(Msg::Run(RunMsg::Approved));
    assert!(kept.model.runs.secret.is_some());
    let snapshot = world.with_sim(|sim| sim.snapshot()).to_string();
    let name = format!("CMG Entra Setup {}", recorded_run.run);
    assert_eq!(snapshot.matches(&name).count(), 1, "the lost one is gone");

    kept.does(Msg::Run(RunMsg::CloseAsked(
        recorded_run.run,
        End::Complete,
    )));
    assert!(opened(&world).model.runs.journals.open().next().is_none());
}

#[test]
fn keeping_a_run_exports_its_journal_and_closes_it() {
    let world = dies_after(2);
    let mut page = opened(&world);
    let recorded_run = unfinished(&page);
    world.reset_counts();
    page.does(Msg::Run(RunMsg::CloseAsked(recorded_run.run, End::Kept)));
    assert_eq!(world.requests(), 0);
    let (name, text) = page.window.saved.borrow().last().cloned().unwrap();
    assert!(name.ends_with(".jsonl"));
    assert_eq!(RecordedRun::parse(&text), Ok(recorded_run));
    assert!(page.model.runs.journals.open().next().is_none());
}

/// Replaces a text in the stored records.
fn edit(world: &SimPlatform, from: &str, to: &str) {
    for (key, text) in world.run(world.list("run/")).unwrap() {
        let edited = text.replace(from, to);
        world.run(world.put(&key, &edited)).unwrap();
    }
}

#[test]
fn a_run_of_another_account_is_not_continued_or_restarted() {
    let world = dies_after(3);
    let page = opened(&world);
    let owner = unfinished(&page)
        .started()
        .unwrap()
        .account
        .object_id
        .to_string();
    edit(&world, &owner, "6f1dbd4c-5ba4-4a6a-9b2f-1f0f5e1b2c3d");
    let mut page = opened(&world);
    let recorded_run = unfinished(&page);
    page.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
    page.does(Msg::SignInAsked);
    assert!(page.model.past_of_another().is_some());
    let before = world.with_sim(|sim| sim.snapshot());
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.run.is_none());
    page.does(Msg::Run(RunMsg::UndoAsked(recorded_run.run)));
    assert!(
        matches!(
            &page.model.runs.journals.undo,
            Undo::Stopped(StartError::OtherAccount(_))
        ),
        "{:?}",
        page.model.runs.journals.undo
    );
    assert_eq!(world.with_sim(|sim| sim.snapshot()), before);
}

#[test]
fn records_of_a_newer_version_are_shown_and_never_changed() {
    let world = dies_after(1);
    edit(&world, "{\"version\":1", "{\"version\":2");
    let page = opened(&world);
    assert!(page.model.runs.journals.open().next().is_none());
    assert!(page.model.runs.journals.is_waiting());
    assert!(matches!(
        page.model.runs.journals.stored.as_slice(),
        [StoredRun::Foreign {
            why: Unreadable::Newer,
            ..
        }]
    ));
}

#[test]
fn a_browser_without_storage_needs_a_journal_file() {
    for why in [
        StorageError::Blocked,
        StorageError::Full,
        StorageError::Busy,
    ] {
        let mut page = signed_in();
        page.world.refuse_to_keep(Some(why));
        page.goes(Route::Review);
        assert_eq!(page.model.runs.journals.trouble, Some(why));
        let before = page.world.with_sim(|sim| sim.snapshot());
        page.does(Msg::Run(RunMsg::Approved));
        assert!(page.model.runs.run.is_none());
        assert_eq!(page.world.with_sim(|sim| sim.snapshot()), before);
        page.types(FieldId::KeepAsFile, "on");
        assert_eq!(page.model.runs.journals.keeping, JournalLocation::File);
        page.does_until(Msg::Run(RunMsg::Approved), |model| {
            model
                .runs
                .run
                .as_ref()
                .is_some_and(|run| run.count().0 == 3)
        });
        // The tab still has the journal after a crash, and the admin can save it at each step.
        let crashed = opened(&page.world.another_page(true));
        assert!(summaries(&unfinished(&crashed)).contains(&(StepId::ServerApp, StepSummary::Done)));
        page.does_at_once(Msg::Run(RunMsg::JournalAsked));
        let saved = page.window.saved.borrow().last().cloned().unwrap().1;
        assert!(RecordedRun::parse(&saved).is_ok());
        page.does(Msg::Run(RunMsg::StopAsked));
        assert_eq!(
            page.model.runs.run.as_ref().unwrap().state,
            RunState::Stopped
        );
        let text = unfinished(&page).text();
        // The tab keeps the journal through the redirect to the sign-in page and back.
        let again = opened(&page.world.another_page(true));
        assert_eq!(unfinished(&again).text(), text);
        let world = page.world.another_page(false);
        drop(page);

        let mut page = opened(&world);
        assert!(page.model.runs.journals.open().next().is_none());
        page.does(Msg::Typed(
            FieldId::Journal,
            text[..text.len() / 2].to_owned(),
        ));
        assert!(
            page.model.runs.journals.file_refused.is_some(),
            "half a journal is none"
        );
        page.does(Msg::Typed(FieldId::Journal, text));
        let recorded_run = unfinished(&page);
        page.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
        page.does(Msg::SignInAsked);
        page.types(FieldId::KeepAsFile, "on");
        adopt(&mut page);
        page.does(Msg::Run(RunMsg::Approved));
        assert_eq!(
            page.model.runs.run.as_ref().unwrap().state,
            RunState::Complete
        );
        assert_eq!(apps(&world), (2, 0));
    }
}

/// Selects the existing apps. A journal from a file does not prove that this tool created them.
fn adopt(page: &mut Page) {
    for entry in [FieldId::AdoptServer, FieldId::AdoptClient] {
        page.does(Msg::Typed(entry, "on".to_owned()));
    }
}

#[test]
fn a_second_window_shows_who_is_running() {
    let mut first = signed_in();
    first.goes(Route::Review);
    let world = first.world.another_page(false);
    let mut second = opened(&world);
    second.goes(Route::Step(WizardStep::AzureService));
    second.types(FieldId::Tenant, "fabrikam.com");
    second.does(Msg::SignInAsked);
    second.goes(Route::Review);
    first.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 1)
    });
    second.does(Msg::Run(RunMsg::Approved));
    let Some(StartError::OtherPage(Some(who))) = &second.model.runs.stop else {
        panic!("{:?}", second.model.runs.stop)
    };
    assert_eq!(who.name, "admin@fabrikam.com");
    assert_eq!(second.model.route, Route::Review);
    assert!(matches!(second.model.review.state, Review::Ready(_)));
}

#[test]
fn another_window_does_not_replace_an_unsaved_secret() {
    let mut first = signed_in();
    first.goes(Route::Review);
    first.does(Msg::Run(RunMsg::Approved));
    let mut second = opened(&first.world.another_page(false));
    let recorded_run = unfinished(&second);
    second.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
    second.does(Msg::SignInAsked);
    second.does(Msg::Run(RunMsg::Approved));
    let Some(StartError::OtherPage(Some(_))) = &second.model.runs.stop else {
        panic!("{:?}", second.model.runs.stop)
    };
    first.saves_secret();
    let third = opened(&first.world);
    assert!(
        third.model.runs.journals.open().next().is_none(),
        "saved is saved"
    );
    second.goes(Route::Review);
    second.does(Msg::ReadAgainAsked);
    second.does(Msg::Run(RunMsg::Approved));
    assert!(
        second.model.runs.secret.is_none(),
        "{:?}",
        second.model.runs.stop
    );
}

#[test]
fn a_changed_tenant_is_reviewed_again() {
    let mut page = signed_in();
    page.goes(Route::Review);
    // In the meantime, another admin sets up the same pair with this tool.
    let other = page.world.another_page(false);
    let mut colleague = opened(&other);
    colleague.goes(Route::Step(WizardStep::AzureService));
    colleague.types(FieldId::Tenant, "fabrikam.com");
    colleague.does(Msg::SignInAsked);
    colleague.goes(Route::Review);
    colleague.does(Msg::Run(RunMsg::Approved));
    colleague.saves_secret();

    let before = page.world.with_sim(|sim| sim.snapshot());
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        matches!(page.model.runs.stop, Some(StartError::Changed(_))),
        "{:?}",
        page.model.runs.stop
    );
    assert_eq!(page.world.with_sim(|sim| sim.snapshot()), before);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert_eq!(review.plan.writes(), 0, "the new plan is the one shown");
}

/// Microsoft requires more proof during a run: multifactor authentication, or a sign-in after a network change.
#[test]
fn a_claims_challenge_pauses_the_run_until_the_next_sign_in() {
    let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1795000000"}}}"#;
    let mut page = signed_in();
    page.goes(Route::Review);
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::POST),
            path_prefix: "/v1.0/oauth2PermissionGrants".to_owned(),
            skip: 0,
            // Renewing the token is not enough. The user must sign in.
            times: 20,
            kind: FaultKind::Revoked(Some(claims.to_owned())),
        });
    });
    page.does(Msg::Run(RunMsg::Approved));
    let state = page.model.runs.run.as_ref().unwrap().state;
    assert_eq!(
        state,
        RunState::Paused,
        "{:?}",
        page.model.runs.run.as_ref().unwrap().steps
    );
    let mut model = page.model.clone();
    model.runs.secret = None;
    let wanted = model.update(Msg::SignInAsked);
    let request = wanted.iter().find_map(|effect| {
        if let Effect::SignIn(request) = effect {
            Some(request)
        } else {
            None
        }
    });
    let brought = request
        .and_then(|request| request.claims.as_deref())
        .unwrap_or_default();
    let value: Value = serde_json::from_str(brought).unwrap();
    assert_eq!(value["access_token"]["nbf"]["value"], "1795000000");
}

/// The author of a journal file may want the admin to delete other apps.
#[test]
fn a_forged_journal_removes_only_objects_of_this_tool() {
    let world = crate::page::world();
    let mut page = opened(&world);
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "adventure-works.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    let others: Vec<String> = review
        .plan
        .namesakes
        .iter()
        .map(|app| app.object_id.to_string())
        .collect();
    assert!(others.len() >= 2, "{:?}", review.plan.namesakes);
    // A pair with both names is checked and not created again.
    assert!(review.plan.is_blocked());
    page.types(FieldId::ClientName, "CMG-ClientApp 2");
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 >= 3)
    });
    let world = page.world.another_page(false);
    drop(page);
    // Replaces the apps of the run with apps of another owner.
    let page = opened(&world);
    let text = unfinished(&page).text();
    let mut ours = Vec::new();
    for record in unfinished(&page).records {
        if let Event::Done {
            made: Some(Created::Application { object, .. }),
            ..
        } = record.event
        {
            ours.push(object.to_string());
        }
    }
    assert_eq!(ours.len(), 2, "{text}");
    for (ours, others) in ours.iter().zip(&others) {
        edit(&world, ours, others);
    }
    let before = world.with_sim(|sim| sim.snapshot());
    for for_good in ["", "on"] {
        let mut page = opened(&world);
        let recorded_run = unfinished(&page);
        page.does(Msg::Run(RunMsg::UndoAsked(recorded_run.run)));
        page.does(Msg::SignInAsked);
        page.types(FieldId::ForGood, for_good);
        page.does(Msg::Run(RunMsg::UndoApproved));
        let Undo::Under { states, .. } = &page.model.runs.journals.undo else {
            panic!("{:?}", page.model.runs.journals.undo)
        };
        assert!(states.contains(&UndoStepState::Left), "{states:?}");
        assert_eq!(world.with_sim(|sim| sim.snapshot()), before);
        // The run is closed. Reopens it for the second attempt.
        for (key, record) in world.run(world.list("run/")).unwrap() {
            if record.contains("\"ended\"") {
                world.run(world.delete(&key)).unwrap();
            }
        }
    }
}

#[test]
fn a_journal_from_a_file_continues_completely_in_the_store() {
    let world = dies_after(3);
    let text = unfinished(&opened(&world)).text();
    // On another computer, the store is empty.
    world.run(world.delete("run/")).unwrap();
    let mut page = opened(&world);
    page.does(Msg::Typed(FieldId::Journal, text.clone()));
    let recorded_run = unfinished(&page);
    page.does(Msg::Run(RunMsg::ResumeAsked(recorded_run.run)));
    page.does(Msg::SignInAsked);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert!(
        review.plan.is_blocked(),
        "a file is no proof of whose the apps are"
    );
    adopt(&mut page);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 >= 1)
    });
    let world = page.world.another_page(false);
    drop(page);
    let page = opened(&world);
    let [StoredRun::Run(kept)] = page.model.runs.journals.stored.as_slice() else {
        panic!("{:?}", page.model.runs.journals.stored)
    };
    assert!(
        kept.text().starts_with(&text),
        "what the file told is on the shelf"
    );
    assert!(kept.records.len() > recorded_run.records.len());
}

#[test]
fn a_window_with_old_records_reviews_again_and_overwrites_none() {
    let world = dies_after(3);
    let window = |world: &SimPlatform| {
        let mut page = opened(&world.another_page(false));
        let run = unfinished(&page).run;
        page.does(Msg::Run(RunMsg::ResumeAsked(run)));
        page.does(Msg::SignInAsked);
        page
    };
    let (mut first, mut second) = (window(&world), window(&world));
    // The first page continues and makes no progress: the tenant stays the same, but the journal changes.
    first.world.with_sim(|sim| {
        for method in [Method::PATCH, Method::POST] {
            sim.inject(Fault {
                method: Some(method),
                path_prefix: "/v1.0/".to_owned(),
                skip: 0,
                times: 100,
                kind: FaultKind::Denied,
            });
        }
    });
    first.does(Msg::Run(RunMsg::Approved));
    first.world.with_sim(cloud_sim::Sim::clear_faults);
    let records = unfinished(&opened(&world)).records;
    second.does(Msg::Run(RunMsg::Approved));
    assert!(
        matches!(second.model.runs.stop, Some(StartError::Changed(_))),
        "{:?}",
        second.model.runs.stop
    );
    assert_eq!(unfinished(&opened(&world)).records, records);
    second.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        second.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
}

/// Number of records in the store.
fn kept(world: &SimPlatform) -> usize {
    world.run(world.list("run/")).unwrap().len()
}

/// A complete run with a saved secret.
fn finished() -> Page {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.saves_secret();
    assert_eq!(page.model.runs.journals.finished(), 1);
    assert!(kept(&page.world) > 0);
    page
}

#[test]
fn a_journal_is_kept_for_30_days_after_the_end_of_its_run() {
    let page = finished();
    let day = std::time::Duration::from_secs(24 * 3600);
    page.passes(30 * day - std::time::Duration::from_secs(60));
    let world = page.world.another_page(false);
    let mut page = opened(&world);
    page.goes(Route::Unfinished);
    assert_eq!(page.model.runs.journals.finished(), 1);
    let html = crate::views::html(&page.model);
    assert!(
        html.contains("removed 30 days after the run has ended"),
        "{html}"
    );
    page.passes(std::time::Duration::from_secs(120));
    let world = page.world.another_page(false);
    let page = opened(&world);
    assert_eq!(page.model.runs.journals.finished(), 0);
    assert_eq!(kept(&world), 0);
    // An unfinished run stays until the admin decides.
    let world = dies_after(3);
    let page = opened(&world);
    let records = kept(&world);
    page.passes(400 * day);
    let world = page.world.another_page(false);
    let page = opened(&world);
    assert!(page.model.runs.journals.open().next().is_some());
    assert_eq!(kept(&world), records);
}

#[test]
fn finished_runs_are_removed_on_request_or_at_sign_out() {
    let mut page = finished();
    page.does(Msg::TidyAsked);
    assert_eq!(page.model.runs.journals.finished(), 0);
    assert_eq!(kept(&page.world), 0);
    let mut page = finished();
    page.does(Msg::SignedOut);
    assert!(kept(&page.world) > 0, "not asked for");
    let mut page = finished();
    page.does(Msg::SignedOutAndTidied);
    assert_eq!(kept(&page.world), 0);
    assert!(!page.has_token());
    // Unfinished runs stay.
    let world = dies_after(3);
    let mut page = opened(&world);
    let records = kept(&world);
    page.does(Msg::TidyAsked);
    assert_eq!(kept(&world), records);
}
