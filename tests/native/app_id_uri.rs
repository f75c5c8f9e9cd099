//! Tests the App ID URI validator with every documented format under every combination of the two policies.

use domain::app_id_uri::AppIdUri;
use domain::app_id_uri::choice::ChoiceError;
use domain::app_id_uri::choice::DEFAULT_NAME;
use domain::app_id_uri::choice::UriChoice;
use domain::app_id_uri::choice::UriForm;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::PolicyState;
use domain::app_id_uri::rules::TakenUri;
use domain::app_id_uri::rules::TenantRules;
use domain::app_id_uri::validator::validate;
use domain::app_id_uri::validator::validate_text;
use domain::app_id_uri::verdict::AcceptReason;
use domain::app_id_uri::verdict::UriOutcome;
use domain::app_id_uri::verdict::UriVerdict;
use domain::app_id_uri::verdict::Warning;
use domain::cloud::Cloud;
use domain::dns::Domain;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::known::Known;
use domain::locale::Locale;
use proptest::prelude::*;

const TENANT: &str = "b6f3c1a2-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const APP: &str = "1d2c3b4a-5f6e-4788-99aa-bbccddeeff00";
const FOREIGN: &str = "77777777-8888-4999-aaaa-bbbbbbbbbbbb";

/// Replaces `{T}`, `{A}`, and `{F}` with the tenant ID, the app ID, and an unrelated ID.
fn filled(template: &str) -> String {
    template
        .replace("{T}", TENANT)
        .replace("{A}", APP)
        .replace("{F}", FOREIGN)
}

fn tenant() -> TenantId {
    TENANT.parse().unwrap()
}

fn app_id() -> AppId {
    APP.parse().unwrap()
}

fn domains() -> Vec<Domain> {
    [
        "contoso.com",
        "contoso.onmicrosoft.com",
        "labs.contoso.net",
        "xn--bcher-kva.example",
    ]
    .map(|name| Domain::parse(name).unwrap())
    .to_vec()
}

/// Rules of a tenant where every value is known.
fn read_rules() -> TenantRules {
    TenantRules {
        cloud: Cloud::Public,
        tenant: Some(tenant()),
        domains: Known::Known(domains()),
        unique_identifier: Policy::OFF,
        default_only: Policy::OFF,
        taken: Vec::new(),
    }
}

fn existing_app() -> AppFacts {
    AppFacts {
        own_id: OwnId::Is(app_id()),
        is_saml: Known::Known(false),
        ..AppFacts::default()
    }
}

const POLICIES: [Policy; 3] = [Policy::OFF, Policy::ON, Policy::UNKNOWN];

fn letter(outcome: UriOutcome) -> char {
    match outcome {
        UriOutcome::Accepted => 'A',
        UriOutcome::NotRecommended => 'n',
        UriOutcome::CannotTell => '?',
        UriOutcome::RefusedByPolicy => 'P',
        UriOutcome::RefusedByEntra => 'E',
    }
}

/// Nine letters in three groups. Groups: the policy for default URIs only is off, on, or unknown. Within a group: the policy for
/// unique tenant identifiers is off, on, or unknown.
fn outcomes(text: &str, rules: &TenantRules, app: &AppFacts) -> String {
    POLICIES
        .map(|default_only| {
            POLICIES
                .map(|unique_identifier| {
                    let rules = TenantRules {
                        unique_identifier,
                        default_only,
                        ..rules.clone()
                    };
                    letter(validate_text(text, &rules, app).outcome())
                })
                .iter()
                .collect::<String>()
        })
        .join(" ")
}

#[track_caller]
fn check_rows(rules: &TenantRules, app: &AppFacts, rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows
        .iter()
        .map(|(template, expected)| (template, expected, outcomes(&filled(template), rules, app)))
        .filter(|(_, expected, found)| *expected != found)
        .collect();
    assert!(wrong.is_empty(), "(URI, expected, found): {wrong:#?}");
}

/// Microsoft Entra's list of secure formats ("Restrictions on identifier URIs", 2025-01-29), with Configuration Manager's recommendation.
const LISTED: [(&str, &str); 13] = [
    ("api://{A}", "nnn nnn nnn"),
    ("api://{T}/{A}", "AAA AAA AAA"),
    ("api://{T}/ConfigMgrService", "AAA PPP ???"),
    ("api://{T}/a/b", "AAA PPP ???"),
    ("api://productapi/{A}", "nnn PPP ???"),
    (
        "https://contoso.onmicrosoft.com/ConfigMgrService",
        "AAA PPP ???",
    ),
    ("https://contoso.com/ConfigMgrService", "AAA PPP ???"),
    ("https://labs.contoso.net/ConfigMgrService", "AAA PPP ???"),
    ("https://product.contoso.com", "nnn PPP ???"),
    ("https://product.contoso.com/productsapi", "nnn PPP ???"),
    ("api://contoso.com/productsapi", "nnn PPP ???"),
    ("api://product.contoso.com/productsapi", "nnn PPP ???"),
    (
        "api://product.contoso.onmicrosoft.com/productsapi",
        "nnn PPP ???",
    ),
];

/// Not on that list, but with a tenant identifier in a position that Microsoft Graph's page about the policy names (2026-04-30).
const UNLISTED: [(&str, &str); 16] = [
    ("https://contoso.com", "nnn PPP ???"),
    ("https://contoso.onmicrosoft.com", "nnn PPP ???"),
    ("https://cmg.contoso.onmicrosoft.com/x", "nnn PPP ???"),
    ("http://contoso.com/x", "nnn PPP ???"),
    ("https://contoso.com:8443/x", "nnn PPP ???"),
    ("https://contoso.com/x?y=1", "nnn PPP ???"),
    ("https://contoso.com/x#y", "nnn PPP ???"),
    ("api://{T}", "nnn PPP ???"),
    ("api://{A}/x", "nnn PPP ???"),
    ("api://{T}/{A}?x", "nnn PPP ???"),
    ("api://{T}:80/{A}", "nnn PPP ???"),
    ("api://productapi/{T}", "nnn PPP ???"),
    ("api://localhost:53000/{A}", "nnn PPP ???"),
    ("api://contoso.com", "nnn PPP ???"),
    ("urn://contoso/{A}", "nnn PPP ???"),
    ("urn://cmg.contoso.com/x", "nnn PPP ???"),
];

/// Without a tenant identifier, or with one in a position that no Microsoft page names.
const LOOSE: [(&str, &str); 10] = [
    ("api://ConfigMgrService", "nP? PPP ?P?"),
    ("api://productapi/x", "nP? PPP ?P?"),
    ("api://evil.example/x", "nP? PPP ?P?"),
    ("api://notcontoso.com/x", "nP? PPP ?P?"),
    ("urn:contoso:cmg", "nP? PPP ?P?"),
    ("urn:contoso:{A}", "n?? PPP ???"),
    ("urn:contoso.com:cmg", "n?? PPP ???"),
    ("api://productapi/a/{A}", "n?? PPP ???"),
    ("custom://x/y", "?P? PPP ?P?"),
    ("custom://x/{A}", "??? PPP ???"),
];

/// Refused by Microsoft Entra ID under any policy.
const BROKEN: [(&str, &str); 24] = [
    ("https://ConfigMgrService", "EEE EEE EEE"),
    ("HTTPS://configmgrservice", "EEE EEE EEE"),
    ("https://ConfigMgrService/x", "EEE EEE EEE"),
    ("https://evil.example/x", "EEE EEE EEE"),
    ("https://contoso.com.evil.example/x", "EEE EEE EEE"),
    ("https://notcontoso.com/x", "EEE EEE EEE"),
    ("https://contoso.net/x", "EEE EEE EEE"),
    ("https://fabrikam.onmicrosoft.com/x", "EEE EEE EEE"),
    ("https://onmicrosoft.com/x", "EEE EEE EEE"),
    ("https://contoso.onmicrosoft.us/x", "EEE EEE EEE"),
    ("https://xn--contso-dye.com/x", "EEE EEE EEE"),
    ("https://10.0.0.1/x", "EEE EEE EEE"),
    ("https://localhost:44321/{A}", "EEE EEE EEE"),
    ("https://{A}", "EEE EEE EEE"),
    ("http://ConfigMgrService", "EEE EEE EEE"),
    ("api://{F}", "EEE EEE EEE"),
    ("api://{F}/{A}", "EEE EEE EEE"),
    ("api://{F}/x", "EEE EEE EEE"),
    ("https://contoso.com/", "EEE EEE EEE"),
    ("https://*.contoso.com/x", "EEE EEE EEE"),
    ("https://contoso.com@evil.example/x", "EEE EEE EEE"),
    ("https://cont\u{43e}so.com/x", "EEE EEE EEE"),
    ("ConfigMgrService", "EEE EEE EEE"),
    ("", "EEE EEE EEE"),
];

fn every_row() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTED
        .into_iter()
        .chain(UNLISTED)
        .chain(LOOSE)
        .chain(BROKEN)
}

#[test]
fn each_documented_format_has_its_outcome_under_each_policy() {
    check_rows(&read_rules(), &existing_app(), &LISTED);
    check_rows(&read_rules(), &existing_app(), &UNLISTED);
    check_rows(&read_rules(), &existing_app(), &LOOSE);
    check_rows(&read_rules(), &existing_app(), &BROKEN);
}

/// Both have the same outcome. The remark distinguishes the reasons.
#[test]
fn listed_and_unlisted_formats_have_different_remarks() {
    let remark = |template| validate_text(&filled(template), &read_rules(), &existing_app());
    let not_configmgrs = UriVerdict::NotRecommended(Warning::NotConfigMgrs);
    for (template, row) in LISTED {
        assert_eq!(
            remark(template) == not_configmgrs,
            row.starts_with('n'),
            "{template}"
        );
    }
    for (template, _) in UNLISTED {
        assert_ne!(remark(template), not_configmgrs, "{template}");
    }
}

/// The four columns: recommended for Configuration Manager, host rule, and the two policies.
#[test]
fn configuration_manager_formats_have_the_documented_outcomes() {
    for (template, recommended, host_rule, unique_identifier, default_only) in [
        ("https://ConfigMgrService", false, false, false, false),
        ("api://{T}/ConfigMgrService", true, true, true, false),
        (
            "https://contoso.onmicrosoft.com/ConfigMgrService",
            true,
            true,
            true,
            false,
        ),
        ("api://{A}", false, true, true, true),
        ("api://{T}/{A}", true, true, true, true),
    ] {
        let outcome = |unique_identifier, default_only| {
            let rules = TenantRules {
                unique_identifier,
                default_only,
                ..read_rules()
            };
            validate_text(&filled(template), &rules, &existing_app()).outcome()
        };
        let plain = outcome(Policy::OFF, Policy::OFF);
        assert_eq!(plain == UriOutcome::Accepted, recommended, "{template}");
        assert_eq!(plain != UriOutcome::RefusedByEntra, host_rule, "{template}");
        let passes = |outcome: UriOutcome| !outcome.is_refused();
        assert_eq!(
            passes(outcome(Policy::ON, Policy::OFF)),
            unique_identifier,
            "{template}"
        );
        assert_eq!(
            passes(outcome(Policy::OFF, Policy::ON)),
            default_only,
            "{template}"
        );
    }
}

#[test]
fn the_policies_exempt_apps_with_v2_tokens_and_saml_apps() {
    for app in [
        AppFacts {
            receives_v2_tokens: true,
            ..existing_app()
        },
        AppFacts {
            is_saml: Known::Known(true),
            ..existing_app()
        },
    ] {
        check_rows(
            &read_rules(),
            &app,
            &[
                ("api://ConfigMgrService", "nn? nn? ???"),
                ("api://{T}/ConfigMgrService", "AAA AAA ???"),
                ("https://evil.example/x", "EEE EEE EEE"),
            ],
        );
    }
}

#[test]
fn a_uri_the_app_already_has_passes_every_policy() {
    for (template, row) in every_row() {
        let uri = filled(template);
        let app = AppFacts {
            existing_uris: vec!["api://other".to_owned(), uri.clone()],
            ..existing_app()
        };
        let kept = outcomes(&uri, &read_rules(), &app);
        let first = row.chars().next().unwrap();
        let expected = match first {
            'A' | '?' => "AAA AAA AAA",
            _ => "nnn nnn nnn",
        };
        assert_eq!(kept, expected, "{template}");
        let verdict = validate_text(&uri, &read_rules(), &app);
        let is_from_before = verdict == UriVerdict::NotRecommended(Warning::KeptFromBefore);
        assert_eq!(is_from_before, first == 'E', "{template}");
        if first == 'A' {
            assert_eq!(
                verdict,
                UriVerdict::Accepted(AcceptReason::AlreadyThere),
                "{template}"
            );
        }
    }
}

#[test]
fn an_existing_uri_matches_only_with_the_same_case() {
    let app = AppFacts {
        existing_uris: vec!["https://ConfigMgrService".to_owned()],
        ..existing_app()
    };
    let outcome = |text| validate_text(text, &read_rules(), &app).outcome();
    assert_eq!(
        outcome("https://ConfigMgrService"),
        UriOutcome::NotRecommended
    );
    assert_eq!(
        outcome("https://configmgrservice"),
        UriOutcome::RefusedByEntra
    );
}

/// The page that checks a URI without a sign-in knows only the typed values.
#[test]
fn outcomes_without_sign_in_use_only_known_facts() {
    check_rows(
        &TenantRules::default(),
        &AppFacts {
            is_saml: Known::Known(false),
            ..AppFacts::default()
        },
        &[
            ("https://ConfigMgrService", "EEE EEE EEE"),
            ("https://contoso.onmicrosoft.us/x", "EEE EEE EEE"),
            ("https://contoso.com/x", "??? PPP ???"),
            ("https://contoso.com/", "EEE EEE EEE"),
            ("api://{T}/{A}", "??? ??? ???"),
            ("api://{A}", "??? ??? ???"),
            ("api://{T}/x", "??? PPP ???"),
            ("api://ConfigMgrService", "nP? PPP ?P?"),
            ("api://contoso.com/x", "n?? PPP ???"),
            ("api://productapi/{A}", "n?? PPP ???"),
            ("urn:contoso:{A}", "n?? PPP ???"),
            ("urn:contoso:cmg", "nP? PPP ?P?"),
        ],
    );
    let typed = TenantRules {
        domains: Known::Known(domains()),
        tenant: Some(tenant()),
        ..TenantRules::default()
    };
    check_rows(
        &typed,
        &AppFacts {
            is_saml: Known::Known(false),
            ..AppFacts::default()
        },
        &[
            ("api://{T}/{A}", "AAA ??? ???"),
            ("api://{T}/ConfigMgrService", "AAA PPP ???"),
            ("api://{A}", "??? ??? ???"),
            ("api://{T}", "nnn PPP ???"),
            ("https://contoso.com/x", "AAA PPP ???"),
            ("https://evil.example/x", "EEE EEE EEE"),
        ],
    );
}

#[test]
fn a_typed_id_never_matches_an_app_that_does_not_exist_yet() {
    let app = AppFacts::not_yet_created("2026-11-23T10:00:00Z".parse().unwrap());
    check_rows(
        &read_rules(),
        &app,
        &[
            ("api://{A}", "EEE EEE EEE"),
            ("api://{T}/{A}", "AAA PPP ???"),
            ("api://productapi/{A}", "nP? PPP ?P?"),
            ("api://{T}/x", "AAA PPP ???"),
        ],
    );
}

#[test]
fn hosts_and_ids_are_compared_without_case() {
    let upper = |template: &str| filled(template).to_ascii_uppercase();
    for text in [
        "https://CONTOSO.com/x".to_owned(),
        "HTTPS://contoso.com/x".to_owned(),
        upper("api://{T}/x"),
        upper("api://{T}/{A}"),
        format!("api://{TENANT}/{}", APP.to_ascii_uppercase()),
    ] {
        assert_eq!(
            validate_text(&text, &read_rules(), &existing_app()),
            UriVerdict::NotRecommended(Warning::UpperCase),
            "{text}"
        );
    }
    // Names can have uppercase letters, as in Configuration Manager's example.
    assert_eq!(
        validate_text("https://contoso.com/X", &read_rules(), &existing_app()).outcome(),
        UriOutcome::Accepted
    );
}

#[test]
fn an_initial_domain_counts_only_in_its_own_cloud() {
    let rules = |cloud, domain| TenantRules {
        cloud,
        domains: Known::Known(vec![Domain::parse(domain).unwrap()]),
        ..read_rules()
    };
    for (cloud, domain, outcome) in [
        (
            Cloud::Public,
            "contoso.onmicrosoft.com",
            UriOutcome::Accepted,
        ),
        (Cloud::UsGov, "contoso.onmicrosoft.us", UriOutcome::Accepted),
        (
            Cloud::UsGovDod,
            "contoso.onmicrosoft.com",
            UriOutcome::Accepted,
        ),
        (
            Cloud::Public,
            "contoso.onmicrosoft.us",
            UriOutcome::RefusedByEntra,
        ),
    ] {
        let text = format!("https://{domain}/x");
        assert_eq!(
            validate_text(&text, &rules(cloud, domain), &existing_app()).outcome(),
            outcome,
            "{cloud:?} {domain}"
        );
    }
    // A custom domain below another cloud's suffix cannot exist. A domain that only contains the suffix can.
    let odd = rules(Cloud::Public, "onmicrosoft.us.example");
    assert_eq!(
        validate_text("https://onmicrosoft.us.example/x", &odd, &existing_app()).outcome(),
        UriOutcome::Accepted
    );
}

#[test]
fn a_possible_policy_exemption_gives_cannot_tell() {
    for policy in [
        Policy {
            may_exempt: true,
            ..Policy::ON
        },
        Policy {
            applies_since: Some("2026-01-01T00:00:00Z".parse().unwrap()),
            ..Policy::ON
        },
    ] {
        let rules = TenantRules {
            default_only: policy,
            unique_identifier: policy,
            ..read_rules()
        };
        let sentence = "A policy of this tenant refuses this URI unless the app or you are exempt, which is unknown here, so prefer tenant ID + app ID.";
        for template in ["api://x", "api://{T}/x"] {
            let verdict = validate_text(&filled(template), &rules, &existing_app());
            assert_eq!(verdict.outcome(), UriOutcome::CannotTell, "{template}");
            assert_eq!(verdict.sentence(Locale::En), sentence);
        }
        let verdict = validate_text(&filled("api://{T}/{A}"), &rules, &existing_app());
        assert_eq!(verdict, UriVerdict::Accepted(AcceptReason::Safest));
    }
}

#[track_caller]
fn says(rules: &TenantRules, app: &AppFacts, template: &str, outcome: UriOutcome, sentence: &str) {
    let verdict = validate_text(&filled(template), rules, app);
    assert_eq!(
        (verdict.outcome(), verdict.sentence(Locale::En).as_str()),
        (outcome, sentence),
        "{template}"
    );
}

#[test]
fn the_verdict_says_why_a_uri_is_accepted() {
    let (rules, app) = (read_rules(), existing_app());
    says(
        &rules,
        &app,
        "api://{T}/{A}",
        UriOutcome::Accepted,
        "This URI passes every rule of Entra and both tenant policies, so enter exactly this text in Configuration Manager.",
    );
    says(
        &rules,
        &app,
        "api://{T}/ConfigMgrService",
        UriOutcome::Accepted,
        "Entra and this tenant accept this URI and Configuration Manager recommends its format, so enter exactly this text there.",
    );
    let app = AppFacts {
        existing_uris: vec![filled("api://{T}/x")],
        ..app
    };
    says(
        &rules,
        &app,
        "api://{T}/x",
        UriOutcome::Accepted,
        "The app has this URI already and Entra keeps it, so enter exactly this text in Configuration Manager.",
    );
}

#[test]
fn the_verdict_says_why_a_uri_is_not_recommended() {
    let (rules, app) = (read_rules(), existing_app());
    for (template, sentence) in [
        (
            "api://ConfigMgrService",
            "Nothing in this URI is unique to the tenant, which Microsoft calls insecure, so prefer tenant ID + app ID.",
        ),
        (
            "http://contoso.com/x",
            "Microsoft's secure formats begin with api or https, so write https instead of http.",
        ),
        (
            "urn:contoso:{A}",
            "Entra accepts a urn but Microsoft's secure formats and Configuration Manager's formats do not include one, so prefer tenant ID + app ID.",
        ),
        (
            "api://{T}/x?y",
            "Entra accepts a ? or # part but no recommended format has one, so remove that part.",
        ),
        (
            "https://contoso.com:8443/x",
            "No recommended format has a port number, so remove it with its colon.",
        ),
        (
            "https://contoso.com",
            "This format names the tenant but is not on Microsoft's list of secure formats, so prefer tenant ID + app ID.",
        ),
        (
            "api://{A}",
            "Entra accepts this URI but Configuration Manager recommends tenant ID + name or verified domain + name, so prefer one of these formats.",
        ),
        (
            "API://{T}/x",
            "The URI is compared letter by letter, so write scheme, host and IDs in lower case to have one spelling everywhere.",
        ),
    ] {
        says(&rules, &app, template, UriOutcome::NotRecommended, sentence);
    }
    let app = AppFacts {
        existing_uris: vec!["https://ConfigMgrService".to_owned()],
        ..app
    };
    says(
        &rules,
        &app,
        "https://ConfigMgrService",
        UriOutcome::NotRecommended,
        "The app already has this URI but Entra would not accept it again, so do not remove it.",
    );
}

#[test]
fn the_verdict_says_which_fact_is_missing() {
    let nothing = TenantRules::default();
    let someone = AppFacts::default();
    let off = TenantRules {
        unique_identifier: Policy::OFF,
        default_only: Policy::OFF,
        ..nothing.clone()
    };
    let on = TenantRules {
        unique_identifier: Policy::ON,
        ..read_rules()
    };
    let unread = TenantRules {
        unique_identifier: Policy::UNKNOWN,
        default_only: Policy::UNKNOWN,
        ..read_rules()
    };
    for (rules, app, template, sentence) in [
        (
            &off,
            &existing_app(),
            "api://{T}/x",
            "The GUID after api:// must be the tenant ID, which is unknown here, so sign in or enter it.",
        ),
        (
            &read_rules(),
            &someone,
            "api://{A}",
            "The GUID in this URI may be the app's own ID, which is unknown here, so enter it.",
        ),
        (
            &off,
            &someone,
            "https://contoso.com/x",
            "It is unknown here whether contoso.com is a verified domain, so sign in or enter the tenant's domains.",
        ),
        (
            &off,
            &someone,
            "custom://x",
            "Microsoft does not say whether Entra accepts the scheme custom, so begin with api:// or https://.",
        ),
        (
            &unread,
            &existing_app(),
            "api://ConfigMgrService",
            "Many tenants refuse a URI without tenant ID, app ID or verified domain and this tenant's policy is unknown, so prefer tenant ID + app ID.",
        ),
        (
            &unread,
            &existing_app(),
            "api://{T}/x",
            "Some tenants refuse every URI except api:// with the app ID and this tenant's policy is unknown, so prefer tenant ID + app ID.",
        ),
        (
            &on,
            &existing_app(),
            "urn:contoso:{A}",
            "Microsoft does not say whether the tenant's policy recognizes an ID in this position of a URI, so prefer tenant ID + app ID.",
        ),
    ] {
        says(rules, app, template, UriOutcome::CannotTell, sentence);
    }
}

#[test]
fn the_verdict_says_which_policy_refuses() {
    let default_only = TenantRules {
        default_only: Policy::ON,
        unique_identifier: Policy::ON,
        ..read_rules()
    };
    let unique_identifier = TenantRules {
        unique_identifier: Policy::ON,
        ..read_rules()
    };
    let only = "A policy of this tenant accepts only api:// with the app ID, alone or after the tenant ID, so choose tenant ID + app ID.";
    let unique = "A policy of this tenant accepts only a URI with tenant ID, app ID or verified domain, so choose tenant ID + app ID.";
    let app = existing_app();
    says(
        &default_only,
        &app,
        "api://{T}/x",
        UriOutcome::RefusedByPolicy,
        only,
    );
    says(
        &default_only,
        &app,
        "api://x",
        UriOutcome::RefusedByPolicy,
        only,
    );
    says(
        &unique_identifier,
        &app,
        "api://x",
        UriOutcome::RefusedByPolicy,
        unique,
    );
}

#[test]
fn the_verdict_says_which_entra_rule_refuses() {
    let taken = |is_deleted| TakenUri {
        uri: filled("api://{T}/taken"),
        app: "Old\u{202e} CMG".to_owned(),
        is_deleted,
    };
    let rules = TenantRules {
        taken: vec![taken(false)],
        ..read_rules()
    };
    for (template, sentence) in [
        (
            "https://contoso.com/",
            "Entra accepts no App ID URI that ends with a slash, so remove the last slash.",
        ),
        (
            "https://ConfigMgrService",
            "Entra no longer accepts Configuration Manager's default because ConfigMgrService is not a verified domain, so choose tenant ID + app ID and replace the default in the console too.",
        ),
        (
            "https://intranet/x",
            "Entra accepts this scheme only with a verified domain, which intranet cannot be, so choose a verified domain or tenant ID + app ID.",
        ),
        (
            "https://Contoso.onmicrosoft.us/x",
            "Entra accepts this scheme only with a verified domain and Contoso.onmicrosoft.us is a domain of another cloud, so choose a domain of this tenant or tenant ID + app ID.",
        ),
        (
            "https://xn--contso-dye.com/x",
            "xn--contso-dye.com stands for letters other than a to z, which can look like other letters, and is not a verified domain of this tenant, so choose a verified domain or tenant ID + app ID.",
        ),
        (
            "https://evil.example/x",
            "evil.example is neither a verified domain of this tenant nor a subdomain of one, so choose a verified domain or tenant ID + app ID.",
        ),
        (
            "api://{F}/x",
            "The GUID after api:// is neither the tenant ID nor the app's own ID, so use one of them there.",
        ),
        (
            "api://{T}/taken",
            "The app Old[U+202E] CMG already has this URI and Entra accepts it only once in a tenant, so choose another name or tenant ID + app ID.",
        ),
    ] {
        says(
            &rules,
            &existing_app(),
            template,
            UriOutcome::RefusedByEntra,
            sentence,
        );
    }
    says(
        &rules,
        &existing_app(),
        "api://{T}/TAKEN",
        UriOutcome::CannotTell,
        "The app Old[U+202E] CMG has this URI with different capitalization and Microsoft does not say whether Entra distinguishes them, so choose another name or tenant ID + app ID.",
    );
    let rules = TenantRules {
        taken: vec![taken(true)],
        ..read_rules()
    };
    says(
        &rules,
        &existing_app(),
        "api://{T}/taken",
        UriOutcome::RefusedByEntra,
        "The deleted app Old[U+202E] CMG still holds this URI, so restore that app, delete it permanently or choose another URI.",
    );
}

#[test]
fn a_verified_international_domain_is_accepted() {
    assert_eq!(
        validate_text(
            "https://xn--bcher-kva.example/x",
            &read_rules(),
            &existing_app()
        ),
        UriVerdict::Accepted(AcceptReason::Recommended)
    );
}

#[test]
fn outcomes_have_labels_and_are_ordered_best_to_worst() {
    let best_first = [
        UriOutcome::Accepted,
        UriOutcome::NotRecommended,
        UriOutcome::CannotTell,
        UriOutcome::RefusedByPolicy,
        UriOutcome::RefusedByEntra,
    ];
    assert!(best_first.is_sorted());
    assert_eq!(
        best_first.map(|outcome| (outcome.key(), outcome.label(Locale::En))),
        [
            ("accepted", "Accepted"),
            ("not-recommended", "Accepted, not recommended"),
            ("cannot-tell", "Cannot tell"),
            ("refused-by-policy", "Refused by this tenant's policy"),
            ("refused-by-entra", "Refused by Entra"),
        ]
    );
}

#[test]
fn choices_are_offered_safest_first() {
    assert_eq!(UriForm::default(), UriForm::ALL[0]);
    assert_eq!(UriChoice::default().form(), UriForm::TenantAndApp);
    assert_eq!(
        UriForm::ALL.map(|form| form.label(Locale::En)),
        [
            "Tenant ID + app ID",
            "Tenant ID + name",
            "Verified domain + name",
            "Custom text"
        ]
    );
    for form in UriForm::ALL {
        assert_eq!(UriForm::find(form.key()), Some(form));
    }
}

#[test]
fn a_choice_becomes_a_uri_once_the_app_has_its_id() {
    let choice = UriChoice::default();
    assert_eq!(choice.preview(None, None), "api://{tenantId}/{appId}");
    assert_eq!(choice.uri(tenant(), None), Err(ChoiceError::NoAppYet));
    assert_eq!(
        choice.uri(tenant(), Some(app_id())).unwrap().as_str(),
        filled("api://{T}/{A}")
    );
    let choice = UriChoice::TenantAndName {
        name: DEFAULT_NAME.to_owned(),
    };
    assert_eq!(
        choice.preview(None, None),
        "api://{tenantId}/ConfigMgrService"
    );
    assert_eq!(
        choice.uri(tenant(), None).unwrap().as_str(),
        filled("api://{T}/ConfigMgrService")
    );
    let choice = UriChoice::DomainAndName {
        domain: Domain::parse("contoso.com").unwrap(),
        name: "CMG".to_owned(),
    };
    assert_eq!(
        choice.uri(tenant(), None).unwrap().as_str(),
        "https://contoso.com/CMG"
    );
    let choice = UriChoice::Own {
        text: "https://contoso.com/".to_owned(),
    };
    assert!(matches!(
        choice.uri(tenant(), None),
        Err(ChoiceError::NotAUri(_))
    ));
}

#[test]
fn a_choice_is_validated_before_the_app_exists() {
    let new = AppFacts::not_yet_created("2026-11-23T10:00:00Z".parse().unwrap());
    let strict = TenantRules {
        default_only: Policy::ON,
        ..read_rules()
    };
    let named = UriChoice::TenantAndName {
        name: "CMG".to_owned(),
    };
    let domain = UriChoice::DomainAndName {
        domain: Domain::parse("fabrikam.com").unwrap(),
        name: "CMG".to_owned(),
    };
    let own = UriChoice::Own {
        text: "api://{tenantId}/{appId}".to_owned(),
    };
    for (choice, rules, outcome) in [
        (&UriChoice::default(), &strict, UriOutcome::Accepted),
        (
            &UriChoice::default(),
            &TenantRules::default(),
            UriOutcome::CannotTell,
        ),
        (&named, &strict, UriOutcome::RefusedByPolicy),
        (&named, &read_rules(), UriOutcome::Accepted),
        (&named, &TenantRules::default(), UriOutcome::CannotTell),
        (&domain, &read_rules(), UriOutcome::RefusedByEntra),
        (&own, &read_rules(), UriOutcome::RefusedByEntra),
    ] {
        assert_eq!(
            choice.validate(rules, &new).outcome(),
            outcome,
            "{choice:?}"
        );
    }
    let empty = UriChoice::TenantAndName {
        name: String::new(),
    };
    assert_eq!(
        empty.validate(&read_rules(), &new).sentence(Locale::En),
        "Entra accepts no App ID URI that ends with a slash, so remove the last slash."
    );
}

fn any_policy() -> impl Strategy<Value = Policy> {
    (
        prop_oneof![
            Just(PolicyState::On),
            Just(PolicyState::Off),
            Just(PolicyState::Unknown)
        ],
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(state, v2, saml, dated, callers)| Policy {
            state,
            spares_v2_tokens: v2,
            spares_saml: saml,
            applies_since: dated.then(|| "2026-01-01T00:00:00Z".parse().unwrap()),
            may_exempt: callers,
        })
}

fn any_rules() -> impl Strategy<Value = TenantRules> {
    (
        prop::sample::select(&Cloud::ALL[..]),
        any::<bool>(),
        any::<bool>(),
        any_policy(),
        any_policy(),
    )
        .prop_map(
            |(cloud, has_tenant, has_domains, unique_identifier, default_only)| TenantRules {
                cloud,
                tenant: has_tenant.then(tenant),
                domains: Known::from(has_domains.then(domains)),
                unique_identifier,
                default_only,
                taken: Vec::new(),
            },
        )
}

fn any_app() -> impl Strategy<Value = AppFacts> {
    (
        prop_oneof![
            Just(OwnId::Is(app_id())),
            Just(OwnId::NotYet),
            Just(OwnId::Unknown)
        ],
        any::<bool>(),
        any::<bool>(),
        prop_oneof![
            Just(Known::Unknown),
            Just(Known::Known("2024-01-01T00:00:00Z".parse().unwrap())),
            Just(Known::Known("2026-11-01T00:00:00Z".parse().unwrap()))
        ],
    )
        .prop_map(|(own_id, receives_v2_tokens, is_saml, created)| AppFacts {
            own_id,
            existing_uris: vec!["https://ConfigMgrService".to_owned()],
            receives_v2_tokens,
            is_saml: Known::Known(is_saml),
            created,
        })
}

/// URIs assembled from relevant pieces, and rows of the tables.
fn any_text() -> impl Strategy<Value = String> {
    let piece = || {
        prop::sample::select(vec![
            "{T}",
            "{A}",
            "{F}",
            "x",
            "ConfigMgrService",
            "contoso.com",
            "cmg.contoso.com",
            "contoso.onmicrosoft.com",
            "a.contoso.onmicrosoft.com",
            "contoso.onmicrosoft.us",
            "evil.example",
            "xn--bcher-kva.example",
            "",
        ])
    };
    let scheme = prop::sample::select(vec![
        "api://",
        "https://",
        "http://",
        "urn:",
        "urn://",
        "custom://",
        "API://",
    ]);
    let tail = prop::sample::select(vec!["", "", "", "?q", "#f", ":80", "/", "/x", ":{A}"]);
    prop_oneof![
        (
            scheme,
            piece(),
            prop::sample::select(vec!["/", "", ":", ":80/"]),
            piece(),
            tail
        )
            .prop_map(|(scheme, first, between, second, tail)| filled(&format!(
                "{scheme}{first}{between}{second}{tail}"
            ))),
        prop::sample::select(
            every_row()
                .map(|(template, _)| template)
                .collect::<Vec<_>>()
        )
        .prop_map(filled),
        ".{0,60}",
    ]
}

fn with(state: PolicyState, policy: Policy) -> Policy {
    Policy { state, ..policy }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn validation_never_panics_and_always_gives_a_sentence(text in any_text(), rules in any_rules(), app in any_app()) {
        let verdict = validate_text(&text, &rules, &app);
        prop_assert!(!verdict.sentence(Locale::En).is_empty());
        if let Ok(uri) = AppIdUri::parse(&text) {
            prop_assert_eq!(validate(&uri, &rules, &app), verdict);
        }
    }

    #[test]
    fn the_default_choice_is_accepted_under_any_policy(rules in any_rules(), app in any_app()) {
        let rules = TenantRules { tenant: Some(tenant()), ..rules };
        prop_assert_eq!(UriChoice::default().validate(&rules, &app), UriVerdict::Accepted(AcceptReason::Safest));
    }

    #[test]
    fn turning_a_policy_on_never_makes_a_refused_uri_accepted(text in any_text(), rules in any_rules(), app in any_app()) {
        let outcome = |unique, only| validate_text(&text, &TenantRules {
            unique_identifier: with(unique, rules.unique_identifier),
            default_only: with(only, rules.default_only),
            ..rules.clone()
        }, &app).outcome();
        let (on, off) = (PolicyState::On, PolicyState::Off);
        for (looser, stricter) in [((off, off), (on, off)), ((off, off), (off, on)), ((on, off), (on, on)), ((off, on), (on, on))] {
            prop_assert!(outcome(looser.0, looser.1) <= outcome(stricter.0, stricter.1), "{}: {:?} {:?}", text, looser, stricter);
        }
    }

    #[test]
    fn outcomes_stay_valid_when_more_facts_are_known(
        text in any_text(), rules in any_rules(), app in any_app(),
        known_own in prop_oneof![Just(OwnId::Is(app_id())), Just(OwnId::NotYet)],
        unique in prop_oneof![Just(PolicyState::On), Just(PolicyState::Off)],
        only in prop_oneof![Just(PolicyState::On), Just(PolicyState::Off)],
        which in 0u8..32,
    ) {
        let learned = |bit: u8| which & (1 << bit) != 0;
        let mut more = rules.clone();
        let mut more_app = app.clone();
        if learned(0) { more.tenant = Some(tenant()); }
        if learned(1) { more.domains = Known::Known(domains()); }
        if learned(2) && more.unique_identifier.state == PolicyState::Unknown { more.unique_identifier.state = unique; }
        if learned(3) && more.default_only.state == PolicyState::Unknown { more.default_only.state = only; }
        if learned(4) && more_app.own_id == OwnId::Unknown { more_app.own_id = known_own; }
        let before = validate_text(&text, &rules, &app).outcome();
        let after = validate_text(&text, &more, &more_app).outcome();
        match before {
            UriOutcome::Accepted | UriOutcome::NotRecommended => prop_assert!(after <= UriOutcome::NotRecommended, "{}: {:?} then {:?}", text, before, after),
            UriOutcome::RefusedByPolicy | UriOutcome::RefusedByEntra => prop_assert!(after.is_refused(), "{}: {:?} then {:?}", text, before, after),
            UriOutcome::CannotTell => {}
        }
    }
}
