//! Microsoft Entra ID issues no token for Azure: the page shows the reason wherever it needs Azure, and the directory part continues.

use cloud_sim::entra::modes::Modes;
use cloud_sim::entra::modes::Policy;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::review::state::ReviewData;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::sign_in::state::ReadState;
use domain::entra::EntraReason;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use domain::roles::Task;
use engine::export::handoff::RegistrationRecord;
use engine::plan::preflight::Question;
use engine::plan::step::StepId;
use engine::run::StepState;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::page::signed_in_to;
use crate::page::world;
use crate::views::html;

/// Blocked by a policy, blocked by token protection, no Azure in the tenant, and an unknown error code.
const REFUSED: [(u32, EntraReason); 4] = [
    (53003, EntraReason::Blocked),
    (530_084, EntraReason::Blocked),
    (500_011, EntraReason::ServiceMissing),
    (123_456, EntraReason::Other),
];

fn subscription() -> String {
    first_subscription(&signed_in())
}

/// Signed in without a token for Azure. A subscription was selected earlier.
fn refused(policy: Policy) -> Page {
    let world = world();
    world.with_sim(|sim| {
        *sim.entra_modes() = Modes {
            policy,
            ..Modes::default()
        }
    });
    let mut page = signed_in_to(world);
    page.types(FieldId::Subscription, &subscription());
    page
}

/// Checks that the page shows the reason in its own text and in Microsoft's, with the details for a support case.
#[track_caller]
fn tells_all(page: &Page, code: u32, reason: EntraReason) {
    let shown = html(&page.model);
    for text in [
        reason.title(Locale::En),
        reason.sentence(Locale::En),
        reason.fix(Locale::En),
        "Refused with this number, as was asked for.\nTrace ID: ",
        &format!("AADSTS{code}</p>"),
        "<p translate=\"no\">Correlation ID ",
    ] {
        assert!(shown.contains(text), "{code}: {text}");
    }
    assert!(
        !shown.contains(Locale::En.problem_sign_in_needed()),
        "{code}"
    );
    assert!(!shown.contains("[U+000"), "{code}");
}

fn review(page: &Page) -> &ReviewData {
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    review
}

#[test]
fn the_subscription_step_shows_why_azure_is_unavailable() {
    for (code, reason) in REFUSED {
        let mut page = refused(Policy::NoArm(code));
        page.goes(Route::Step(WizardStep::Subscription));
        tells_all(&page, code, reason);
        let shown = html(&page.model);
        assert!(shown.contains("data-state=\"cannot-tell\""));
        assert!(
            !shown.contains(Locale::En.azure_service_sign_in_again()),
            "signing in again would be refused again"
        );
        assert_eq!(
            shown.matches(reason.title(Locale::En)).count(),
            1,
            "told once"
        );
    }
}

#[test]
fn the_directory_part_is_planned_without_azure() {
    for (code, reason) in REFUSED {
        let mut page = refused(Policy::NoArm(code));
        page.goes(Route::Review);
        tells_all(&page, code, reason);
        let review = review(&page);
        assert!(!review.plan.is_blocked());
        for id in [StepId::ServerApp, StepId::ClientApp, StepId::Secret] {
            assert!(review.plan.step(id).unwrap().action.write().is_some());
        }
        let providers: Vec<_> = review.observed.providers.values().copied().collect();
        assert_eq!(providers, [Known::Unknown; 4]);
        let register = Question::Allowed(Task::RegisterProviders);
        let check = review.checks.iter().find(|it| it.question == register);
        assert_eq!(check.map(|it| it.answer), Some(Answer::CannotTell));
    }
}

#[test]
fn a_run_without_azure_creates_the_pair_and_shows_why() {
    for (code, reason) in REFUSED {
        let mut page = refused(Policy::NoArm(code));
        page.goes(Route::Review);
        page.does(Msg::Run(RunMsg::Approved));
        tells_all(&page, code, reason);
        let shown = html(&page.model);
        let bar = format!("message-title\">{}<", reason.title(Locale::En));
        assert_eq!(
            shown.matches(&bar).count(),
            1,
            "four steps refused for one reason are one problem"
        );
        let first = shown
            .split("data-kind=\"primary\"")
            .nth(1)
            .unwrap_or_default();
        assert!(
            first.contains(Locale::En.run_hand_over()),
            "what comes first is not what was refused"
        );
        let run = page.model.runs.run.as_ref().unwrap();
        assert_eq!(run.state, RunState::Failed);
        for step in &run.steps {
            let is_provider = matches!(step.id, StepId::Provider(_));
            assert_eq!(
                matches!(step.state, StepState::Failed(_)),
                is_provider,
                "{step:?}"
            );
        }
        let handoff = run.handoff.as_ref().unwrap();
        let left: Vec<Known<RegistrationRecord>> =
            handoff.providers.iter().map(|it| it.registration).collect();
        assert_eq!(
            left,
            [Known::Unknown; 4],
            "no read has shown that they are not registered"
        );
        page.goes(Route::HandOver);
        tells_all(&page, code, reason);
        // After the policy changes, the review shows that the resource providers were already registered.
        page.saves_secret();
        page.world
            .with_sim(|sim| *sim.entra_modes() = Modes::default());
        page.goes(Route::Review);
        let review = review(&page);
        assert_eq!((review.plan.writes(), &review.observed.azure), (0, &None));
    }
}

#[test]
fn a_pair_is_checked_without_azure() {
    for (code, reason) in REFUSED {
        let mut page = signed_in();
        page.goes(Route::Review);
        page.does(Msg::Run(RunMsg::Approved));
        page.saves_secret();
        let world = page.world.clone();
        world.with_sim(|sim| {
            *sim.entra_modes() = Modes {
                policy: Policy::NoArm(code),
                ..Modes::default()
            }
        });
        let mut page = signed_in_to(world);
        page.types(FieldId::Subscription, &subscription());
        page.goes(Route::CheckPair);
        page.does(Msg::Pair(PairMsg::FindAsked));
        assert_eq!(page.model.route, Route::Report, "the only pair");
        assert!(matches!(page.model.pair.checkup, Some(ReadState::Done(_))));
        tells_all(&page, code, reason);
    }
}

#[test]
fn mfa_for_azure_is_satisfied_by_another_sign_in() {
    let mut page = refused(Policy::MfaForArm);
    for place in [Route::Step(WizardStep::Subscription), Route::Review] {
        page.goes(place);
        let shown = html(&page.model);
        assert!(shown.contains(EntraReason::StrongerSignIn.title(Locale::En)));
        assert!(shown.contains("AADSTS50076"));
        assert!(shown.contains(Locale::En.azure_service_sign_in_again()));
    }
    let wanted = page.model.clone().update(Msg::SignInAsked);
    let claims = wanted.iter().find_map(|effect| {
        if let Effect::SignIn(request) = effect {
            request.claims.clone()
        } else {
            None
        }
    });
    assert!(claims.is_some_and(|claims| claims.contains("capolids")));
    page.does(Msg::SignInAsked);
    let user = page.model.sign_in.access.user().unwrap();
    assert!(matches!(user.subscriptions, ReadState::Done(_)));
    page.goes(Route::Review);
    assert_eq!(review(&page).observed.azure, None);
}

#[test]
fn missing_consent_for_azure_shows_the_consent_link() {
    let mut page = refused(Policy::NoArm(65001));
    page.goes(Route::Step(WizardStep::Subscription));
    let shown = html(&page.model);
    assert!(shown.contains(EntraReason::ConsentNeeded.title(Locale::En)));
    assert!(
        shown.contains("/v2.0/adminconsent?") && shown.contains("user_impersonation"),
        "{shown}"
    );
    assert!(shown.contains(Locale::En.azure_service_sign_in_again()));
}

#[test]
fn an_error_for_graph_ends_the_reading_and_shows_its_reason() {
    let mut page = signed_in();
    page.world.with_sim(|sim| {
        *sim.entra_modes() = Modes {
            policy: Policy::Blocked,
            ..Modes::default()
        }
    });
    page.passes(std::time::Duration::from_secs(2 * 3_600));
    page.goes(Route::Review);
    let Review::Failed(Problem {
        kind: ProblemKind::EntraRefused(refusal),
        ..
    }) = &page.model.review.state
    else {
        panic!("{:?}", page.model.review.state)
    };
    assert_eq!(
        (refusal.code, refusal.reason),
        (53003, EntraReason::Blocked)
    );
    let shown = html(&page.model);
    let first = shown
        .split("data-kind=\"primary\"")
        .nth(1)
        .unwrap_or_default();
    assert!(
        first.contains(Locale::En.run_back_to_steps()),
        "what comes first is not what was refused"
    );
}
