//! Input from elsewhere: pasted text, files, and values that a known rule refuses.

use cmg_entra_setup::ui::components::field::FILE_SUFFIX;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use domain::app_id_uri::verdict::UriOutcome;
use domain::locale::Locale;
use engine::desired::DraftField;

use crate::page;
use crate::page::Page;
use crate::views::html;

fn fresh() -> Page {
    let world = page::world();
    Page::open(world.clone(), page::start(&world))
}

#[test]
fn white_space_around_a_pasted_value_is_removed_when_its_field_is_left() {
    let mut page = fresh();
    for (entry, pasted, kept) in [
        (FieldId::ServerName, " CMG Server\t", "CMG Server"),
        (FieldId::ClientName, "\u{a0}CMG Client\n", "CMG Client"),
        (FieldId::Tenant, " fabrikam.com ", "fabrikam.com"),
        (
            FieldId::HomePageUrl,
            "https://ConfigMgrService ",
            "https://ConfigMgrService",
        ),
        (
            FieldId::UriText,
            " api://fabrikam.com/x ",
            "api://fabrikam.com/x",
        ),
    ] {
        page.does(Msg::Typed(entry, pasted.to_owned()));
        assert_eq!(
            page.model.setup.draft_line(entry).unwrap(),
            pasted,
            "while typing"
        );
        page.does(Msg::Left(entry));
        assert_eq!(page.model.setup.draft_line(entry).unwrap(), kept);
    }
}

#[test]
fn one_line_that_is_no_domain_leaves_the_other_domains() {
    let mut page = fresh();
    page.types(FieldId::CheckUnique, "off");
    page.types(FieldId::CheckDefault, "off");
    page.types(
        FieldId::CheckDomains,
        "fabrikam.com\nnot a domain\ncontoso.com",
    );
    let outcome = |page: &Page, uri: &str| {
        let check = &page.model.app_id_uri.check;
        check.validate(uri, page.model.now).outcome()
    };
    let listed = outcome(&page, "https://contoso.com/ConfigMgrService");
    assert_eq!(listed, UriOutcome::Accepted);
    // The line may have been this domain.
    let other = outcome(&page, "https://woodgrove.com/ConfigMgrService");
    assert_eq!(other, UriOutcome::CannotTell);
    page.types(FieldId::CheckDomains, "fabrikam.com\ncontoso.com");
    let other = outcome(&page, "https://woodgrove.com/ConfigMgrService");
    assert_eq!(other, UriOutcome::RefusedByEntra);
}

#[test]
fn a_journal_and_an_earlier_report_are_read_from_a_file() {
    for entry in [FieldId::Journal, FieldId::EarlierReport] {
        let mut page = fresh();
        *page.window.chosen_file.borrow_mut() = Some("not a file of this page".to_owned());
        page.does(Msg::FilePicked(entry));
        let typed = if entry == FieldId::Journal {
            &page.model.runs.journals.file_text
        } else {
            &page.model.pair.earlier
        };
        assert_eq!(typed, "not a file of this page");
    }
    let mut page = fresh();
    page.does(Msg::FilePicked(FieldId::Journal));
    assert_eq!(page.model.notice.text, Locale::En.frame_file_unread());
    page.goes(Route::Unfinished);
    assert!(html(&page.model).contains(&format!("journal{FILE_SUFFIX}")));
}

#[test]
fn a_known_policy_for_secrets_is_shown_beside_the_period() {
    let mut page = fresh();
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "woodgrove.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Step(WizardStep::WebApp));
    let limit = Locale::En.check_secret_over(365_u64);
    assert!(!html(&page.model).contains(&limit));
    page.types(FieldId::SecretLife, "2-years");
    assert!(html(&page.model).contains(&limit));
}

#[test]
fn an_error_on_the_review_leads_to_its_field() {
    for (field, control) in [
        (DraftField::ServerName, FieldId::ServerName),
        (DraftField::HomePageUrl, FieldId::HomePageUrl),
        (DraftField::AppIdUri, FieldId::UriForm),
        (DraftField::GroupNames, FieldId::GroupNames),
    ] {
        let mut page = fresh();
        let effects = page.model.update(Msg::FieldAsked(field));
        let focused = effects.last();
        assert!(matches!(focused, Some(Effect::FocusField(it)) if *it == control));
        assert!(matches!(page.model.route, Route::Step(_)));
    }
    let mut page = fresh();
    page.types(FieldId::UriForm, "own");
    let effects = page.model.update(Msg::FieldAsked(DraftField::AppIdUri));
    assert!(matches!(
        effects.last(),
        Some(Effect::FocusField(FieldId::UriText))
    ));
}

#[test]
fn an_address_without_a_page_is_said() {
    let mut page = fresh();
    page.does(Msg::Moved("/no-such-page".to_owned()));
    assert_eq!(page.model.notice.text, Locale::En.frame_no_page());
    assert!(page.model.notice.is_visible);
    let world = page::world();
    let start = |address: &str| cmg_entra_setup::ui::model::Start {
        address: address.to_owned(),
        ..page::start(&world)
    };
    let opened = Page::open(world.clone(), start("/no-such-page"));
    assert_eq!(opened.model.notice.text, Locale::En.frame_no_page());
    for address in ["", "/", "/check", "of-another-application"] {
        let opened = Page::open(world.clone(), start(address));
        assert_ne!(
            opened.model.notice.text,
            Locale::En.frame_no_page(),
            "{address}"
        );
    }
}

#[test]
fn a_refused_uri_is_marked_as_invalid() {
    let mut page = fresh();
    page.goes(Route::Step(WizardStep::WebApp));
    page.types(FieldId::UriForm, "own");
    page.types(FieldId::UriText, "api://x y");
    let invalid = r#"aria-describedby="uri-verdict" aria-invalid="true""#;
    assert!(html(&page.model).contains(invalid), "{}", html(&page.model));
    page.types(
        FieldId::UriText,
        "api://5e97358c-d99c-4558-8000-000000010000/x",
    );
    assert!(!html(&page.model).contains(invalid));
}
