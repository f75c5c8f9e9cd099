//! The evidence page: what a run sent becomes evidence, and evidence is verified without a sign-in.

use std::collections::BTreeSet;

use cloud_sim::Sim;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::EvidenceMsg;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use domain::locale::Locale;
use engine::export::evidence::Evidence;
use engine::export::evidence::EvidenceEntry;
use engine::export::evidence::EvidenceKind;
use engine::export::evidence::format::EvidenceFormat;
use engine::export::evidence::verify::EvidenceVerdict;
use engine::export::evidence::verify::verify;
use engine::journal::Event;
use engine::journal::StoredRun;
use engine::journal::stored;
use engine::run::timeline::Span;
use http::Method;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::unfinished::dies_after;
use crate::unfinished::opened;
use crate::views::golden;
use crate::views::html;

const EN: Locale = Locale::En;

fn evidence(page: &Page) -> Evidence {
    page.model.evidence_of_run().unwrap()
}

fn of_kind(evidence: &Evidence, kind: EvidenceKind) -> Vec<&EvidenceEntry> {
    let entries = evidence.entries().iter();
    entries.filter(|it| it.kind == kind).collect()
}

/// A run with resource providers, in a cloud whose answers take time.
fn at_the_review() -> Page {
    let world = SimPlatform::virtual_clock(
        Sim::new(1).lively(),
        "2026-11-23T10:00:00Z".parse().unwrap(),
    );
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "wideworldimporters.com");
    page.does(Msg::SignInAsked);
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    page
}

fn run_state(page: &Page) -> RunState {
    page.model.runs.run.as_ref().unwrap().state
}

/// The evidence page of a complete run.
fn ran() -> Page {
    let mut page = at_the_review();
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(run_state(&page), RunState::Complete);
    page.goes(Route::Evidence);
    page
}

/// Saves the evidence in this format.
fn saves(page: &mut Page, format: EvidenceFormat) -> String {
    page.types(FieldId::EvidenceFormat, format.key());
    page.does(Msg::Evidence(EvidenceMsg::SaveAsked));
    let saved = page.window.saved.borrow();
    let (name, text) = saved.last().unwrap();
    assert_eq!(*name, format.file_name(&evidence(page)));
    text.clone()
}

#[test]
fn everything_that_was_planned_sent_and_answered_is_in_the_evidence() {
    let page = ran();
    let evidence = evidence(&page);
    let run = page.model.runs.run.as_ref().unwrap();
    let planned = of_kind(&evidence, EvidenceKind::Planned);
    let sent = of_kind(&evidence, EvidenceKind::Sent);
    let answered = of_kind(&evidence, EvidenceKind::Answered);
    assert_eq!(planned.len(), run.plan().writes());
    assert_eq!(
        of_kind(&evidence, EvidenceKind::Step).len(),
        run.steps.len()
    );
    let requests = run.steps.iter().flat_map(|it| it.timeline.spans());
    let requests = requests.filter(|span| matches!(span, Span::Request(_)));
    assert_eq!(requests.count(), sent.len());
    assert_eq!(sent.len(), answered.len());
    let approved = of_kind(&evidence, EvidenceKind::Approved);
    assert_eq!(approved[0].plan.as_ref(), Some(&run.plan().hash()));
    for entry in evidence.entries() {
        assert_eq!(entry.actor.name, "admin@wideworldimporters.com");
    }
    for (sent, number) in sent.iter().zip(1..) {
        let answer = answered.iter().find(|it| it.exchange == sent.exchange);
        let answer = answer.unwrap();
        assert_eq!(sent.exchange, Some(number));
        assert_eq!(
            (&answer.url, &answer.method, answer.client_request_id),
            (&sent.url, &sent.method, sent.client_request_id)
        );
        assert!(answer.status.is_some() && answer.request_id.is_some());
        assert!(answer.at > sent.at, "{answer:?}");
    }
    // The journal was written before each write, by other code.
    let StoredRun::Run(journal) = page.world.run(stored(&page.world)).unwrap().remove(0) else {
        panic!("a journal");
    };
    assert_eq!(journal.run.to_string(), evidence.head().run);
    let mut intents = BTreeSet::new();
    for record in &journal.records {
        let Event::Intent(intent) = &record.event else {
            continue;
        };
        let mut sent = sent.iter();
        let found = sent.find(|it| {
            it.step.as_ref() == Some(&intent.step) && it.method.as_ref() == Some(&intent.method)
        });
        let found = found.unwrap();
        assert_eq!(found.body_sha256, intent.body, "{intent:?}");
        assert_eq!(found.client_request_id, intent.trace);
        intents.insert(intent.step.clone());
    }
    assert_eq!(intents.len(), run.plan().writes());
}

#[test]
fn no_format_has_a_secret_or_a_token() {
    let mut page = ran();
    let secret = page.model.runs.secret.clone().unwrap();
    for format in EvidenceFormat::ALL {
        let text = saves(&mut page, format);
        assert!(text.len() > 5_000);
        // A token of the simulated cloud begins like a real one.
        for needle in [
            secret.text.expose(),
            "eyJ",
            "Bearer",
            "bearer",
            "secretText",
        ] {
            assert!(!text.contains(needle), "{format:?}: {needle}");
        }
        // The hash of the end is the same in every format.
        assert!(text.contains(evidence(&page).end_hash()), "{format:?}");
    }
    let shown = html(&page.model);
    assert!(shown.contains(evidence(&page).end_hash()));
    assert!(!shown.contains(secret.text.expose()));
}

#[test]
fn the_language_changes_nothing_in_the_evidence() {
    let mut page = ran();
    let before = evidence(&page);
    page.types(FieldId::Language, "de");
    assert_eq!(page.model.locale, Locale::De);
    assert_eq!(evidence(&page), before);
    assert!(html(&page.model).contains(Locale::De.evidence_run()));
    page.saves_secret();
    assert_eq!(evidence(&page), before);
    // What a sign-out forgets, the next person at the computer cannot read.
    page.does(Msg::SignedOut);
    assert!(page.model.evidence_of_run().is_none());
}

#[test]
fn attempts_without_an_answer_and_refusals_are_in_the_evidence() {
    let mut page = at_the_review();
    page.goes_wrong(
        Method::POST,
        "/v1.0/oauth2PermissionGrants",
        FaultKind::LostAfter,
    );
    page.goes_wrong(Method::PATCH, "/v1.0/applications/", FaultKind::Denied);
    page.does(Msg::Run(RunMsg::Approved));
    let evidence = evidence(&page);
    assert_ne!(run_state(&page), RunState::Complete);
    assert_ne!(evidence.head().result.key(), "complete");
    let answered = of_kind(&evidence, EvidenceKind::Answered);
    let steps = of_kind(&evidence, EvidenceKind::Step);
    let of = |result| steps.iter().filter(move |it| it.result == Some(result));
    assert!(answered.iter().any(|it| it.status == Some(403)));
    let refused = of("failed").next().unwrap();
    assert!(
        refused.problem.as_ref().unwrap().contains(':'),
        "{refused:?}"
    );
    assert!(of("skipped").count() > 0);
    let file = EvidenceFormat::Json.write(&evidence);
    assert!(matches!(verify(&file), Ok(EvidenceVerdict::Intact(_))));
}

#[test]
fn a_lost_answer_is_in_the_evidence() {
    let mut page = at_the_review();
    page.goes_wrong(
        Method::POST,
        "/v1.0/oauth2PermissionGrants",
        FaultKind::LostAfter,
    );
    page.does(Msg::Run(RunMsg::Approved));
    let evidence = evidence(&page);
    let answered = of_kind(&evidence, EvidenceKind::Answered);
    let lost: Vec<_> = answered.iter().filter(|it| it.status.is_none()).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].no_answer, Some("lost"));
    let har: serde_json::Value =
        serde_json::from_str(&EvidenceFormat::Har.write(&evidence)).unwrap();
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), answered.len());
    assert!(entries.iter().any(|it| it["_noAnswer"] == "lost"));
}

#[test]
fn a_continued_run_has_the_journal_of_its_beginning() {
    let world = dies_after(3);
    let mut page = opened(&world);
    let run = page.model.runs.journals.open().next().unwrap().clone();
    page.does(Msg::Run(RunMsg::ResumeAsked(run.run)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(run_state(&page), RunState::Complete);
    let evidence = evidence(&page);
    assert_eq!(evidence.head().run, run.run.to_string());
    let recorded = of_kind(&evidence, EvidenceKind::Recorded);
    assert_eq!(recorded.len(), run.records.len());
    let draft = &run.started().unwrap().draft;
    let file = EvidenceFormat::Json.write(&evidence);
    assert!(recorded[0].plan.is_some() && !draft.connection_name.is_empty());
    assert!(!file.contains("\"draft\""), "the answers as typed");
    assert!(matches!(verify(&file), Ok(EvidenceVerdict::Intact(_))));
}

#[test]
fn a_run_without_an_end_or_without_writes_has_no_evidence() {
    let mut page = signed_in();
    page.goes(Route::Evidence);
    assert!(html(&page.model).contains(EN.evidence_no_run()));
    page.does(Msg::Evidence(EvidenceMsg::SaveAsked));
    assert!(page.window.saved.borrow().is_empty());
    let mut page = at_the_review();
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model.runs.run.as_ref().is_some_and(|run| run.count().0 > 2)
    });
    assert!(page.model.evidence_of_run().is_none());
    assert!(!html(&page.model).contains(&format!(">{}</button>", EN.run_evidence())));
}

#[test]
fn the_run_and_the_hand_over_lead_to_the_evidence() {
    let mut page = at_the_review();
    page.does(Msg::Run(RunMsg::Approved));
    let button = format!(">{}</button>", EN.run_evidence());
    for route in [Route::Run, Route::HandOver] {
        page.goes(route);
        assert_eq!(html(&page.model).matches(&button).count(), 1, "{route:?}");
    }
    page.goes(Route::Evidence);
    assert!(html(&page.model).contains(EN.evidence_back()));
}

/// A page without a sign-in, which has this file to choose.
fn chooses(file: Option<&str>) -> Page {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Evidence);
    *page.window.chosen_file.borrow_mut() = file.map(str::to_owned);
    page.does(Msg::FilePicked(FieldId::EvidencePack));
    assert_eq!(world.requests(), 0);
    page
}

#[test]
fn a_file_is_intact_changed_or_cannot_be_told() {
    let evidence = evidence(&ran());
    let file = EvidenceFormat::Json.write(&evidence);
    let mut page = chooses(Some(&file));
    let shown = html(&page.model);
    assert!(shown.contains(EN.evidence_intact_text()));
    assert_eq!(page.model.notice.text, EN.evidence_intact());
    page.types(FieldId::EvidenceEnd, &evidence.end_hash().to_uppercase());
    assert!(html(&page.model).contains(EN.evidence_intact_noted()));
    page.types(FieldId::EvidenceEnd, &evidence.end_hash().replace('a', "b"));
    let shown = html(&page.model);
    assert!(shown.contains(EN.evidence_other_end_text()));
    assert!(!shown.contains(EN.evidence_intact_text()));
    page.types(FieldId::EvidenceEnd, "abc");
    let shown = html(&page.model);
    assert!(shown.contains(EN.evidence_noted_wrong()) && shown.contains("value=\"abc\""));

    let line = file.lines().position(|it| it.contains("\"status\":200"));
    let lines: Vec<String> = file
        .lines()
        .enumerate()
        .map(|(place, it)| match line {
            Some(wrong) if place == wrong => it.replace("\"status\":200", "\"status\":204"),
            Some(_) | None => it.to_owned(),
        })
        .collect();
    let first = file
        .lines()
        .position(|it| it.starts_with("{\"actor\""))
        .unwrap();
    let number = line.unwrap() - first + 1;
    let page = chooses(Some(&lines.join("\n")));
    let shown = html(&page.model);
    assert!(
        shown.contains(&EN.evidence_changed_entry(number)),
        "{number}"
    );
    assert_eq!(page.model.notice.text, EN.evidence_changed());

    for (file, sentence) in [
        (None, EN.evidence_too_large()),
        (Some("x"), EN.evidence_not_json()),
        (Some("{}"), EN.evidence_other_kind()),
        (Some(&file[..file.len() / 2]), EN.evidence_truncated()),
        (
            Some(EvidenceFormat::Html.write(&evidence).as_str()),
            EN.evidence_other_format(),
        ),
        (
            Some(file.replace("\"version\": 1", "\"version\": 2").as_str()),
            EN.evidence_newer(),
        ),
        (
            Some(file.replace("\"version\": 1", "\"version\": 0").as_str()),
            &EN.evidence_shape("version"),
        ),
        (
            Some(
                file.replacen("\"attempt\":1,", "\"attempt\":1,\"attempt\":1,", 1)
                    .as_str(),
            ),
            EN.evidence_repeated(),
        ),
    ] {
        let page = chooses(file);
        let shown = html(&page.model);
        assert!(shown.contains(sentence), "{sentence}");
        assert!(shown.contains(EN.evidence_cannot_tell_text()));
        assert_eq!(page.model.notice.text, EN.evidence_cannot_tell());
    }
}

#[test]
fn the_places_of_other_changes_are_named() {
    let evidence = evidence(&ran());
    let file = EvidenceFormat::Json.write(&evidence);
    let count = evidence.entries().len();
    let end = format!("\"endHash\": \"{}\"", evidence.end_hash());
    let last = file.lines().rfind(|it| it.starts_with("{\"actor\""));
    let cut = file.replace(&format!(",\n{}", last.unwrap()), "");
    for (changed, sentence) in [
        (
            file.replace("\"result\": \"complete\"", "\"result\": \"failed\""),
            EN.evidence_changed_head().to_owned(),
        ),
        (
            file.replace(&end, "\"endHash\": \"0\""),
            EN.evidence_changed_end().to_owned(),
        ),
        (cut, EN.evidence_changed_missing(count, count)),
    ] {
        assert_ne!(changed, file);
        let page = chooses(Some(&changed));
        assert!(html(&page.model).contains(&sentence), "{sentence}");
    }
}

#[test]
fn the_evidence_page_matches_the_golden_files() {
    let mut page = ran();
    golden("evidence", &page);
    let file = saves(&mut page, EvidenceFormat::Json);
    golden("evidence-signed-out", &chooses(Some("x")));
    let mut page = chooses(Some(&file));
    page.model.evidence.pack = "{}".to_owned();
    golden("evidence-intact", &page);
    let mut page = chooses(Some(&file.replacen("\"status\":200", "\"status\":201", 1)));
    page.model.evidence.pack = "{}".to_owned();
    golden("evidence-changed", &page);
}
