//! Benchmark of App ID URI validation. The page validates at every keystroke, so one validation must be negligible in a frame of 16 ms.
//!
//! Run it with `cargo bench --bench validate`. It is a report, not a test: nothing fails when it is slow.

use divan::Bencher;
use divan::black_box;
use divan::counter::ItemsCount;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::TenantRules;
use domain::app_id_uri::validator::validate_text;
use domain::dns::Domain;
use domain::known::Known;
use domain::locale::Locale;

const TENANT: &str = "b6f3c1a2-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const APP: &str = "1d2c3b4a-5f6e-4788-99aa-bbccddeeff00";

/// Texts for each outcome of the validator, in the proportions that occur while an admin types: most are still incomplete.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "https://ConfigMgrService",
        "https://contoso.onmicrosoft.com/ConfigMgrService",
        "https://cmg.contoso.com/x?y",
        "https://evil.example/x",
        "api://ConfigMgrService",
        "urn:contoso:cmg",
        "https://cont\u{43e}so.com/x",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("api://{APP}"));
    texts.push(format!("api://{TENANT}/ConfigMgrService"));
    let best = format!("api://{TENANT}/{APP}");
    texts.extend((1..=best.len()).map(|end| best[..end].to_owned()));
    texts
}

fn rules(domain_count: usize) -> TenantRules {
    let mut domains: Vec<Domain> = (1..domain_count)
        .filter_map(|number| Domain::parse(&format!("brand{number}.example")).ok())
        .collect();
    domains.extend(Domain::parse("contoso.onmicrosoft.com"));
    TenantRules {
        tenant: TENANT.parse().ok(),
        domains: Known::Known(domains),
        unique_identifier: Policy::ON,
        default_only: Policy::UNKNOWN,
        ..TenantRules::default()
    }
}

fn app() -> AppFacts {
    AppFacts {
        own_id: APP.parse().map_or(OwnId::Unknown, OwnId::Is),
        is_saml: Known::Known(false),
        ..AppFacts::default()
    }
}

#[divan::bench(args = [1, 10, 900])]
fn verdicts_by_number_of_domains(bencher: Bencher, domain_count: usize) {
    let (texts, rules, app) = (texts(), rules(domain_count), app());
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            for text in &texts {
                black_box(validate_text(black_box(text), &rules, &app));
            }
        });
}

#[divan::bench]
fn verdicts_with_their_sentences(bencher: Bencher) {
    let (texts, rules, app) = (texts(), rules(10), app());
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            for text in &texts {
                black_box(validate_text(black_box(text), &rules, &app).sentence(Locale::En));
            }
        });
}

fn main() {
    divan::main();
}
