//! Prefill links: they fill the named fields, the page shows this, and they have no other effect. This also holds for hostile links.

use cmg_entra_setup::ui::embedding::events::ParentEvent;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::links::state;
use cmg_entra_setup::ui::links::state::LinkError;
use cmg_entra_setup::ui::links::state::LinkResult;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use cmg_entra_setup::ui::storage;
use engine::auth::callback;
use engine::desired::Draft;
use proptest::prelude::*;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;

const GOOD: &str = "/web-app?server-name=Contoso%20CMG&uri-form=tenant-name&uri-name=Tools&user-discovery=on&group-names=a%0Ab";

fn opened(address: &str) -> (Model, Vec<Effect>) {
    let world = world();
    let mut start = start(&world);
    address.clone_into(&mut start.address);
    Model::new(start)
}

/// All parts of a draft that a link cannot fill in.
fn rest(draft: &Draft) -> (bool, String, String, String, uuid::Uuid) {
    (
        draft.another_secret,
        draft.server_app.clone(),
        draft.client_app.clone(),
        draft.repairs.clone(),
        draft.scope_id,
    )
}

fn does_nothing_by_itself(effects: &[Effect]) {
    for effect in effects {
        let is_quiet = matches!(
            effect,
            Effect::Remember(..)
                | Effect::Forget(_)
                | Effect::ShowPlace { is_new: false, .. }
                | Effect::FocusHeading
                | Effect::ReadJournals
                | Effect::ReadSite
                | Effect::AbandonSignIn
                | Effect::FillSecret(None)
                | Effect::EmitToParent(ParentEvent::Ready)
        );
        assert!(is_quiet, "{effect:?}");
    }
}

#[test]
fn a_link_fills_the_named_fields_and_the_page_shows_it() {
    let fresh = opened("/web-app").0;
    let (model, effects) = opened(GOOD);
    assert_eq!(model.route, Route::Step(WizardStep::WebApp));
    assert_eq!(model.setup.draft.server_name, "Contoso CMG");
    assert_eq!(model.setup.draft.uri_form, "tenant-name");
    assert_eq!(model.setup.draft.uri_name, "Tools");
    assert_eq!(model.setup.draft.group_names, "a\nb");
    assert!(model.setup.draft.user_discovery && !model.setup.draft.group_discovery);
    assert_eq!(model.setup.draft.client_name, fresh.setup.draft.client_name);
    let Some(LinkResult::Filled(filled, unknown)) = &model.links.followed else {
        panic!("{:?}", model.links.followed);
    };
    assert_eq!((filled.len(), unknown.len()), (5, 0));
    does_nothing_by_itself(&effects);
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::ShowPlace {
            place: Route::Step(WizardStep::WebApp),
            is_new: false,
            ..
        }
    )));
}

#[test]
fn undoing_a_link_restores_old_values_and_keeps_newer_ones() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.types(FieldId::ServerName, "Mine");
    page.types(FieldId::UriName, "Own");
    let before = page.model.setup.draft.clone();
    page.does(Msg::Moved(GOOD.to_owned()));
    assert_eq!(page.model.setup.draft.server_name, "Contoso CMG");
    // The redirect to the sign-in page and back, or a reload.
    let mut page = Page::open(world.clone(), start(&world));
    assert_eq!(page.model.setup.draft.server_name, "Contoso CMG");
    page.types(FieldId::UriName, "Since");
    page.does(Msg::LinkSeen(true));
    let mut after = page.model.setup.draft.clone();
    assert_eq!(after.uri_name, "Since");
    after.uri_name.clone_from(&before.uri_name);
    assert_eq!(after, before);
    assert_eq!(page.model.links.followed, None);
    assert!(start(&world).link.is_none());
}

#[test]
fn an_invalid_value_appears_in_its_field_with_an_error() {
    let (model, _) = opened("/web-app?home-page-url=javascript%3Aalert(1)&server-name=");
    for entry in [FieldId::HomePageUrl, FieldId::ServerName] {
        assert!(model.fault(entry).is_some(), "{entry:?}");
    }
    assert_eq!(model.fault(FieldId::ClientName), None);
}

/// Hostile links. None of them changes anything.
const HOSTILE: [&str; 26] = [
    "/web-app?server-name=a&server-name=b",
    "/web-app?server-name=a&server%2Dname=b",
    "/web-app?server-name=a%00",
    "/web-app?server-name=a%0Ab",
    "/web-app?server-name=%E2%80%AEgpj",
    "/web-app?server-name=a%E2%80%8Bb",
    "/web-app?server-name=%FF",
    "/web-app?uri-form=evil",
    "/web-app?cloud=evil",
    "/web-app?secret-life=forever",
    "/web-app?user-discovery=true",
    "/web-app?code=c&state=s&server-name=x",
    "/web-app?error=e&server-name=x",
    "/web-app?id_token=e&server-name=x",
    "/web-app?k%0A=1&server-name=x",
    "/web-app?another-secret=on",
    "/review?keep-as-file=on&journal=x",
    "/report?has-new-secret=on&repair-secret=on",
    "/undo?for-good=on",
    "/run?server-name=x",
    "/hand-over?server-name=x",
    "/client-id?register-address=https://evil.example/",
    "/check?pair-id=0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00",
    "/nowhere?server-name=x",
    "/web-app?clients=x&client-id=y&config=z",
    "/app-id-uri?server-name=x&tenant=y",
];

#[test]
fn a_hostile_link_changes_nothing() {
    let fresh = opened("/").0;
    let many: String = (0..30).map(|n| format!("&k{n}=1")).collect();
    let long = format!("/web-app?server-name={}", "x".repeat(9_000));
    let wide = format!("/web-app?server-name=x{many}");
    for address in HOSTILE.into_iter().chain([long.as_str(), wide.as_str()]) {
        let (model, effects) = opened(address);
        assert_eq!(model.setup.draft, fresh.setup.draft, "{address}");
        assert_eq!(model.app_id_uri.check, fresh.app_id_uri.check, "{address}");
        assert_eq!(model.sign_in.access, AuthState::SignedOut, "{address}");
        assert_eq!(
            model.runs.journals.keeping, fresh.runs.journals.keeping,
            "{address}"
        );
        does_nothing_by_itself(&effects);
    }
    let (model, _) = opened("/web-app?server-name=a&server-name=b");
    assert_eq!(
        model.links.followed,
        Some(LinkResult::Refused(LinkError::Repeated(
            "server-name".to_owned()
        )))
    );
    let (model, _) = opened("/web-app?another-secret=on");
    assert_eq!(
        model.links.followed,
        Some(LinkResult::Filled(
            Vec::new(),
            vec!["another-secret".to_owned()]
        ))
    );
}

#[test]
fn a_link_to_the_review_discards_the_old_plan() {
    let mut page = signed_in();
    page.goes(Route::Review);
    assert!(matches!(page.model.review.state, Review::Ready(_)));
    page.does_at_once(Msg::Moved("/review?server-name=Other".to_owned()));
    assert!(
        !matches!(page.model.review.state, Review::Ready(_)),
        "an old plan could be approved"
    );
    assert_eq!(page.model.setup.draft.server_name, "Other");
}

#[test]
fn a_copied_link_has_only_changed_values_and_fills_them_in() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    let plain = page.model.own_link().unwrap();
    page.types(FieldId::ServerName, "Zürich & Söhne=#?%");
    page.types(FieldId::GroupNames, "one\ntwo");
    page.types(FieldId::AnotherSecret, "on");
    let link = page.model.own_link().unwrap();
    assert!(link.is_ascii() && link.len() < plain.len() + 120, "{link}");
    let address = link.split_once('#').unwrap().1;
    let elsewhere = opened(address).0;
    assert_eq!(
        elsewhere.setup.draft.server_name,
        page.model.setup.draft.server_name
    );
    assert_eq!(
        elsewhere.setup.draft.group_names,
        page.model.setup.draft.group_names
    );
    assert!(!elsewhere.setup.draft.another_secret);
    assert_eq!(callback::answer_in("", &format!("#{address}")), None);
}

#[test]
fn a_stored_link_is_restored_completely_or_not_at_all() {
    let (_, effects) = opened(GOOD);
    let kept = effects.iter().find_map(|effect| {
        if let Effect::Remember(storage::LINK, text) = effect {
            Some(text.clone())
        } else {
            None
        }
    });
    let kept = kept.unwrap();
    assert!(state::read_kept(&kept).is_some());
    for bad in [
        String::new(),
        kept.replacen("server-name", "another-secret", 1),
        format!("{kept}&entry=cloud"),
        kept.replacen("was=", "wos=", 1),
    ] {
        assert_eq!(state::read_kept(&bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn any_link_changes_only_the_fields_it_names(query in "[a-z=&%0-9+-]{0,60}|\\PC{0,60}", names in any::<bool>()) {
        let address = if names {
            format!("/web-app?server-name={query}")
        } else {
            format!("/web-app?{query}")
        };
        let fresh = opened("/").0;
        let (model, effects) = opened(&address);
        does_nothing_by_itself(&effects);
        prop_assert_eq!(rest(&model.setup.draft), rest(&fresh.setup.draft));
        prop_assert_eq!(&model.app_id_uri.check, &fresh.app_id_uri.check);
        prop_assert_eq!(&model.sign_in.access, &AuthState::SignedOut);
        if !query.contains("client-name") {
            prop_assert_eq!(&model.setup.draft.client_name, &fresh.setup.draft.client_name);
        }
    }

    #[test]
    fn a_route_is_never_a_sign_in_response(text in "\\PC{0,80}") {
        for hash in [format!("#/{text}"), format!("#/{text}?code=c&state=s&{text}&error=e")] {
            prop_assert_eq!(callback::answer_in("", &hash), None);
        }
        let answer = format!("code=c&state=s&x={text}");
        prop_assert!(state::parse(&answer).is_none());
    }
}
