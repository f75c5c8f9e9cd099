//! Decides whether a tenant accepts a URI for an app.
//!
//! Precedence: refused by Microsoft Entra ID, refused by policy, cannot tell, accepted but not recommended, accepted. Within one outcome,
//! the order of the reasons in [`super::verdict`] decides. `tests/native/app_id_uri.rs` covers every documented row. Sources: "Restrictions
//! on identifier URIs" (2025-01-29), "Updates and breaking changes", October 2021, "identifierUriConfiguration resource type" (2026-04-30),
//! "Configure Microsoft Entra ID for CMG".

use crate::app_id_uri::AppIdUri;
use crate::app_id_uri::reading::SpellingTraits;
use crate::app_id_uri::reading::UriReading;
use crate::app_id_uri::rules::AppFacts;
use crate::app_id_uri::rules::Policy;
use crate::app_id_uri::rules::PolicyState;
use crate::app_id_uri::rules::TenantRules;
use crate::app_id_uri::verdict::AcceptReason;
use crate::app_id_uri::verdict::EntraRule;
use crate::app_id_uri::verdict::Missing;
use crate::app_id_uri::verdict::PolicyRule;
use crate::app_id_uri::verdict::UriVerdict;
use crate::app_id_uri::verdict::Warning;
use crate::known::Answer;

/// Validates a text as typed. Microsoft Entra ID refuses a text that is not a URI, unless the app already has it.
#[must_use]
pub fn validate_text(text: &str, rules: &TenantRules, app: &AppFacts) -> UriVerdict {
    match AppIdUri::parse(text) {
        Ok(uri) => validate(&uri, rules, app),
        Err(_) if is_existing(text, app) => UriVerdict::NotRecommended(Warning::KeptFromBefore),
        Err(error) => UriVerdict::RefusedByEntra(EntraRule::NotAUri(error)),
    }
}

/// Validates a parsed URI for one app of one tenant.
#[must_use]
pub fn validate(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> UriVerdict {
    if is_existing(uri.as_str(), app) {
        validate_existing(uri, rules, app)
    } else {
        let reading = UriReading::of(uri, rules, app);
        refusal_by_entra(uri, rules, &reading)
            .or_else(|| refusal_by_policy(&reading, rules, app))
            .or_else(|| missing(uri, &reading, rules, app))
            .unwrap_or_else(|| acceptance(&reading))
    }
}

fn is_existing(text: &str, app: &AppFacts) -> bool {
    app.existing_uris.iter().any(|existing| existing == text)
}

/// "Existing identifier URIs already configured on the app won't be affected": only Microsoft Entra ID's own rules decide whether the URI
/// could be added again.
fn validate_existing(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> UriVerdict {
    let reading = UriReading::of(uri, rules, app);
    let unpoliced = TenantRules {
        unique_identifier: Policy::OFF,
        default_only: Policy::OFF,
        taken: Vec::new(),
        ..rules.clone()
    };
    if refusal_by_entra(uri, &unpoliced, &reading).is_some() {
        return UriVerdict::NotRecommended(Warning::KeptFromBefore);
    }
    match missing(uri, &reading, &unpoliced, app).unwrap_or_else(|| acceptance(&reading)) {
        remark @ UriVerdict::NotRecommended(_) => remark,
        UriVerdict::Accepted(_)
        | UriVerdict::CannotTell(_)
        | UriVerdict::RefusedByPolicy(_)
        | UriVerdict::RefusedByEntra(_) => UriVerdict::Accepted(AcceptReason::AlreadyThere),
    }
}

fn refusal_by_entra(
    uri: &AppIdUri,
    rules: &TenantRules,
    reading: &UriReading,
) -> Option<UriVerdict> {
    let broken = (reading.passes_entra == Answer::No)
        .then(|| reading.broken.clone())
        .flatten();
    let taken = || {
        let holder = rules.taken.iter().find(|taken| taken.uri == uri.as_str())?;
        Some(EntraRule::Taken {
            app: holder.app.clone(),
            is_deleted: holder.is_deleted,
        })
    };
    broken.or_else(taken).map(UriVerdict::RefusedByEntra)
}

fn refusal_by_policy(
    reading: &UriReading,
    rules: &TenantRules,
    app: &AppFacts,
) -> Option<UriVerdict> {
    let is_bound = |policy: &Policy| policy.binds(app) == Answer::Yes;
    if is_bound(&rules.default_only) && reading.is_default == Answer::No {
        return Some(UriVerdict::RefusedByPolicy(PolicyRule::DefaultOnly));
    }
    if is_bound(&rules.unique_identifier) && reading.is_unbound() {
        return Some(UriVerdict::RefusedByPolicy(PolicyRule::UniqueIdentifier));
    }
    None
}

fn missing(
    uri: &AppIdUri,
    reading: &UriReading,
    rules: &TenantRules,
    app: &AppFacts,
) -> Option<UriVerdict> {
    let gap = |answer: Answer| {
        (answer == Answer::CannotTell)
            .then(|| reading.gap.clone())
            .flatten()
    };
    let scheme = || {
        reading
            .odd_scheme
            .clone()
            .map(|scheme| Missing::Scheme { scheme })
    };
    // Which fact is missing: the URI part if the policy applies to the app, or the policy if the URI would violate it.
    let open = |policy: &Policy, satisfies: Answer, unread: Missing| match policy.binds(app) {
        Answer::No => None,
        Answer::Yes => gap(satisfies),
        Answer::CannotTell if satisfies == Answer::Yes => None,
        Answer::CannotTell => gap(satisfies).or(Some(match policy.state {
            PolicyState::On => Missing::Exemption,
            PolicyState::Off | PolicyState::Unknown => unread,
        })),
    };
    let place = || {
        let is_bound = rules.unique_identifier.binds(app) == Answer::Yes;
        (is_bound && reading.has_identifier == Answer::No).then_some(Missing::Place)
    };
    let spelling = || {
        let is_alike = |held: &str| held.eq_ignore_ascii_case(uri.as_str());
        let holder = rules.taken.iter().find(|taken| is_alike(&taken.uri))?;
        Some(Missing::Spelling {
            app: holder.app.clone(),
        })
    };
    gap(reading.passes_entra)
        .or_else(spelling)
        .or_else(scheme)
        .or_else(|| {
            open(
                &rules.unique_identifier,
                reading.has_identifier,
                Missing::UniqueIdentifierPolicy,
            )
        })
        .or_else(place)
        .or_else(|| {
            open(
                &rules.default_only,
                reading.is_default,
                Missing::DefaultOnlyPolicy,
            )
        })
        .map(UriVerdict::CannotTell)
}

fn acceptance(reading: &UriReading) -> UriVerdict {
    let SpellingTraits {
        is_http,
        is_urn,
        has_tail,
        has_port,
        has_capitals,
    } = reading.manners;
    let remark = [
        (reading.is_unbound(), Warning::NotTenantBound),
        (is_http, Warning::Http),
        (is_urn, Warning::Urn),
        (has_tail, Warning::Tail),
        (has_port, Warning::Port),
        (reading.is_listed == Answer::No, Warning::NotListed),
        (reading.is_configmgrs != Answer::Yes, Warning::NotConfigMgrs),
        (has_capitals, Warning::UpperCase),
    ]
    .into_iter()
    .find(|(speaks, _)| *speaks);
    match remark {
        Some((_, remark)) => UriVerdict::NotRecommended(remark),
        None if reading.is_default == Answer::Yes => UriVerdict::Accepted(AcceptReason::Safest),
        None => UriVerdict::Accepted(AcceptReason::Recommended),
    }
}
