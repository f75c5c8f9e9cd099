//! Will this tenant take this URI for this app?
//!
//! Precedence: refused by Entra, refused by policy, cannot tell, accepted but not recommended, accepted. Within one outcome the
//! order of its reasons in [`super::verdict`] decides. Sources: "Restrictions on identifier URIs" (2025-01-29), "Updates and
//! breaking changes", October 2021, "identifierUriConfiguration resource type" (2026-04-30), "Configure Microsoft Entra ID for CMG".

use uuid::Uuid;

use crate::domain::app_id_uri::AppIdUri;
use crate::domain::app_id_uri::Parts;
use crate::domain::app_id_uri::rules::AppFacts;
use crate::domain::app_id_uri::rules::OwnId;
use crate::domain::app_id_uri::rules::Policy;
use crate::domain::app_id_uri::rules::PolicyState;
use crate::domain::app_id_uri::rules::TenantRules;
use crate::domain::app_id_uri::verdict::EntraRule;
use crate::domain::app_id_uri::verdict::Missing;
use crate::domain::app_id_uri::verdict::PolicyRule;
use crate::domain::app_id_uri::verdict::Praise;
use crate::domain::app_id_uri::verdict::Remark;
use crate::domain::app_id_uri::verdict::Verdict;
use crate::domain::cloud::Cloud;
use crate::domain::cmg::CONSOLE_DEFAULT;
use crate::domain::dns::Domain;
use crate::domain::dns::can_be_domain;
use crate::domain::dns::is_international;
use crate::domain::known::Answer;
use crate::domain::known::Known;

/// Judges a text as it is typed. One that is no URI is refused by Entra, unless the app has it from before.
#[must_use]
pub fn judge_text(text: &str, rules: &TenantRules, app: &AppFacts) -> Verdict {
    match AppIdUri::parse(text) {
        Ok(uri) => judge(&uri, rules, app),
        Err(_) if is_existing(text, app) => Verdict::NotRecommended(Remark::KeptFromBefore),
        Err(error) => Verdict::RefusedByEntra(EntraRule::NotAUri(error)),
    }
}

/// Judges a URI for an app of a tenant.
#[must_use]
pub fn judge(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> Verdict {
    if is_existing(uri.as_str(), app) {
        judge_existing(uri, rules, app)
    } else {
        let reading = Reading::of(uri, rules, app);
        refusal_by_entra(uri, rules, &reading)
            .or_else(|| refusal_by_policy(&reading, rules, app))
            .or_else(|| missing(&reading, rules, app))
            .unwrap_or_else(|| acceptance(&reading))
    }
}

fn is_existing(text: &str, app: &AppFacts) -> bool {
    app.existing_uris.iter().any(|existing| existing == text)
}

/// "Existing identifier URIs already configured on the app won't be affected": only Entra's own rules say whether it could come back.
fn judge_existing(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> Verdict {
    let reading = Reading::of(uri, rules, app);
    let unpoliced = TenantRules {
        unique_identifier: Policy::OFF,
        default_only: Policy::OFF,
        taken: Vec::new(),
        ..rules.clone()
    };
    if refusal_by_entra(uri, &unpoliced, &reading).is_some() {
        return Verdict::NotRecommended(Remark::KeptFromBefore);
    }
    match missing(&reading, &unpoliced, app).unwrap_or_else(|| acceptance(&reading)) {
        remark @ Verdict::NotRecommended(_) => remark,
        Verdict::Accepted(_)
        | Verdict::CannotTell(_)
        | Verdict::RefusedByPolicy(_)
        | Verdict::RefusedByEntra(_) => Verdict::Accepted(Praise::AlreadyThere),
    }
}

/// What the rules need to know of a URI. An answer that cannot be told is so because of `gap`.
struct Reading {
    /// Entra's own rules let it pass.
    passes_entra: Answer,
    /// The rule that does not, where `passes_entra` is no.
    broken: Option<EntraRule>,
    /// `api://{appId}` or `api://{tenantId}/{appId}`.
    is_default: Answer,
    /// On Microsoft's list of secure formats.
    is_listed: Answer,
    /// Has a tenant identifier where Graph's page on the policy names it.
    has_identifier: Answer,
    /// Has the tenant's or app's ID in any other place.
    mentions_id: bool,
    /// One of the two formats in Configuration Manager's documentation.
    is_configmgrs: Answer,
    /// What would turn "cannot tell" above into yes or no.
    gap: Option<Missing>,
    /// A scheme that no Microsoft page names for App ID URIs.
    odd_scheme: Option<String>,
    /// Remarks that need no tenant.
    manners: Manners,
}

/// How a URI is written, whatever it says.
struct Manners {
    is_http: bool,
    is_urn: bool,
    has_tail: bool,
    has_port: bool,
    has_capitals: bool,
}

impl Reading {
    fn of(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> Self {
        let parts = uri.parts();
        let scheme = parts.scheme.to_ascii_lowercase();
        let mut reading = match (scheme.as_str(), parts.host) {
            ("api", Some(host)) => Self::of_api(host, &parts, rules, app),
            ("https" | "http", Some(host)) => Self::of_web(uri, host, &parts, rules),
            (_, host) => Self::of_other(host, &parts, rules, app),
        };
        reading.mentions_id = mentions_id(uri.as_str(), rules, app);
        if !matches!(scheme.as_str(), "api" | "https" | "http" | "urn") {
            reading.odd_scheme = Some(parts.scheme.to_owned());
        }
        reading
    }

    fn new(parts: &Parts<'_>) -> Self {
        Self {
            passes_entra: Answer::Yes,
            broken: None,
            is_default: Answer::No,
            is_listed: Answer::No,
            has_identifier: Answer::No,
            mentions_id: false,
            is_configmgrs: Answer::No,
            gap: None,
            odd_scheme: None,
            manners: Manners::of(parts),
        }
    }

    fn of_api(host: &str, parts: &Parts<'_>, rules: &TenantRules, app: &AppFacts) -> Self {
        let mut reading = Self::new(parts);
        let is_plain = Answer::from(parts.port.is_none() && parts.tail.is_empty());
        let has_path = Answer::from(!parts.path.is_empty());
        let first = guid(host);
        let second = guid(parts.path);
        let first_is_own = first.map_or(Answer::No, |id| app.is_own(id));
        // Nothing is both.
        let first_is_tenant = match first {
            Some(id) if first_is_own != Answer::Yes => rules.is_tenant(id),
            Some(_) | None => Answer::No,
        };
        let second_is_own = second.map_or(Answer::No, |id| app.is_own(id));
        let second_is_tenant = second.map_or(Answer::No, |id| rules.is_tenant(id));
        let domain = place_of(host, rules);
        let has_domain = is_some_place(&domain);

        if first.is_some() {
            reading.passes_entra = first_is_tenant.or(first_is_own);
            reading.broken = Some(EntraRule::ForeignGuid);
        }
        reading.is_default = is_plain.and(
            first_is_own
                .and(has_path.opposite())
                .or(first_is_tenant.and(second_is_own)),
        );
        reading.is_listed = is_plain.and(
            reading
                .is_default
                .or(has_path.and(first_is_tenant.or(has_domain)))
                .or(second_is_own),
        );
        reading.has_identifier = first_is_tenant
            .or(first_is_own)
            .or(second_is_own)
            .or(second_is_tenant)
            .or(has_domain);
        reading.is_configmgrs = is_plain.and(has_path).and(first_is_tenant);
        reading.gap =
            if first_is_tenant == Answer::CannotTell || second_is_tenant == Answer::CannotTell {
                Some(Missing::Tenant)
            } else if first_is_own == Answer::CannotTell || second_is_own == Answer::CannotTell {
                Some(Missing::OwnId)
            } else {
                gap_in_domains(host, has_domain)
            };
        reading
    }

    fn of_web(uri: &AppIdUri, host: &str, parts: &Parts<'_>, rules: &TenantRules) -> Self {
        let mut reading = Self::new(parts);
        let is_plain =
            Answer::from(parts.port.is_none() && parts.tail.is_empty() && !reading.manners.is_http);
        let has_path = Answer::from(!parts.path.is_empty());
        let place = place_of(host, rules);
        let is_verified = is_some_place(&place);
        reading.passes_entra = is_verified;
        reading.broken = Some(why_not_verified(uri, host, rules.cloud));
        reading.has_identifier = is_verified;
        reading.is_listed = is_plain.and(place.ask(|place| match place {
            Some(Place::Custom | Place::Initial) => !parts.path.is_empty(),
            Some(Place::BelowCustom) => true,
            Some(Place::BelowInitial) | None => false,
        }));
        reading.is_configmgrs = is_plain
            .and(has_path)
            .and(place.ask(|place| matches!(place, Some(Place::Custom | Place::Initial))));
        reading.gap = gap_in_domains(host, is_verified);
        reading
    }

    /// `urn` and schemes no Microsoft page names. Graph's page on the policy has patterns for any scheme with a host.
    fn of_other(
        host: Option<&str>,
        parts: &Parts<'_>,
        rules: &TenantRules,
        app: &AppFacts,
    ) -> Self {
        let mut reading = Self::new(parts);
        if let Some(host) = host {
            let last_is = |is: &dyn Fn(Uuid) -> Answer| guid(parts.path).map_or(Answer::No, is);
            let own = last_is(&|id| app.is_own(id));
            let tenant = last_is(&|id| rules.is_tenant(id));
            let has_domain = is_some_place(&place_of(host, rules));
            reading.has_identifier = own.or(tenant).or(has_domain);
            reading.gap = if tenant == Answer::CannotTell {
                Some(Missing::Tenant)
            } else if own == Answer::CannotTell {
                Some(Missing::OwnId)
            } else {
                gap_in_domains(host, has_domain)
            };
        }
        reading
    }
}

impl Manners {
    fn of(parts: &Parts<'_>) -> Self {
        let has_capitals = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
        Self {
            is_http: parts.scheme.eq_ignore_ascii_case("http"),
            is_urn: parts.scheme.eq_ignore_ascii_case("urn"),
            has_tail: !parts.tail.is_empty(),
            has_port: parts.port.is_some(),
            has_capitals: has_capitals(parts.scheme)
                || parts.host.is_some_and(has_capitals)
                || (guid(parts.path).is_some() && has_capitals(parts.path)),
        }
    }
}

/// Where a host stands among the tenant's verified domains.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Is a custom domain.
    Custom,
    /// Is the initial domain, or another of its suffix.
    Initial,
    /// Is below a custom domain.
    BelowCustom,
    /// Is below the initial domain. Microsoft's list of secure formats lacks it for `https`.
    BelowInitial,
}

fn is_some_place(place: &Known<Option<Place>>) -> Answer {
    place.ask(Option::is_some)
}

fn place_of(host: &str, rules: &TenantRules) -> Known<Option<Place>> {
    if cannot_be_verified(host, rules.cloud) {
        return Known::Known(None);
    }
    let place = |domain: &Domain| {
        let is_initial = ends_with_any(domain.as_str(), rules.cloud.initial_domain_suffixes());
        if domain.is(host) {
            Some(if is_initial {
                Place::Initial
            } else {
                Place::Custom
            })
        } else if domain.has_below(host) {
            Some(if is_initial {
                Place::BelowInitial
            } else {
                Place::BelowCustom
            })
        } else {
            None
        }
    };
    rules
        .domains
        .as_ref()
        // `Place` is ordered best first: a host below one domain may be another domain itself.
        .map(|domains| domains.iter().filter_map(place).min())
}

fn cannot_be_verified(host: &str, cloud: Cloud) -> bool {
    !can_be_domain(host) || is_bare_suffix(host) || is_of_other_cloud(host, cloud)
}

/// The suffix of initial domains is Microsoft's own.
fn is_bare_suffix(host: &str) -> bool {
    all_suffixes().any(|suffix| {
        suffix
            .strip_prefix('.')
            .is_some_and(|bare| bare.eq_ignore_ascii_case(host))
    })
}

fn is_of_other_cloud(host: &str, cloud: Cloud) -> bool {
    all_suffixes().any(|suffix| ends_with_any(host, &[suffix]))
        && !ends_with_any(host, cloud.initial_domain_suffixes())
}

fn all_suffixes() -> impl Iterator<Item = &'static str> {
    Cloud::ALL
        .into_iter()
        .flat_map(|cloud| cloud.initial_domain_suffixes().iter().copied())
}

fn ends_with_any(host: &str, suffixes: &[&str]) -> bool {
    suffixes.iter().any(|suffix| {
        host.len()
            .checked_sub(suffix.len())
            .and_then(|start| host.split_at_checked(start))
            .is_some_and(|(front, end)| !front.is_empty() && end.eq_ignore_ascii_case(suffix))
    })
}

fn why_not_verified(uri: &AppIdUri, host: &str, cloud: Cloud) -> EntraRule {
    let host_name = host.to_owned();
    if uri.as_str().eq_ignore_ascii_case(CONSOLE_DEFAULT) {
        EntraRule::ConsoleDefault
    } else if !can_be_domain(host) || is_bare_suffix(host) {
        EntraRule::NeverADomain { host: host_name }
    } else if is_of_other_cloud(host, cloud) {
        EntraRule::OtherCloud { host: host_name }
    } else if is_international(host) {
        EntraRule::International { host: host_name }
    } else {
        EntraRule::NotVerified { host: host_name }
    }
}

fn gap_in_domains(host: &str, is_verified: Answer) -> Option<Missing> {
    (is_verified == Answer::CannotTell).then(|| Missing::Domains {
        host: host.to_owned(),
    })
}

/// A GUID written with hyphens, in any case. Other spellings are plain strings to Entra.
fn guid(text: &str) -> Option<Uuid> {
    (text.len() == 36)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
}

/// Whether the tenant's or the app's ID stands anywhere as a word of its own.
fn mentions_id(text: &str, rules: &TenantRules, app: &AppFacts) -> bool {
    let own = match app.own_id {
        OwnId::Is(id) => Some(id.uuid()),
        OwnId::NotYet | OwnId::Unknown => None,
    };
    let tenant = rules.tenant.map(|tenant| tenant.uuid());
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter_map(guid)
        .any(|id| Some(id) == own || Some(id) == tenant)
}

fn refusal_by_entra(uri: &AppIdUri, rules: &TenantRules, reading: &Reading) -> Option<Verdict> {
    let broken = (reading.passes_entra == Answer::No)
        .then(|| reading.broken.clone())
        .flatten();
    let taken = || {
        // Entra tells apart by letters only, not by their case.
        rules
            .taken
            .iter()
            .find(|taken| taken.uri.eq_ignore_ascii_case(uri.as_str()))
            .map(|taken| EntraRule::Taken {
                app: taken.app.clone(),
                is_deleted: taken.is_deleted,
            })
    };
    broken.or_else(taken).map(Verdict::RefusedByEntra)
}

fn refusal_by_policy(reading: &Reading, rules: &TenantRules, app: &AppFacts) -> Option<Verdict> {
    let is_bound = |policy: &Policy| policy.binds(app) == Answer::Yes;
    if is_bound(&rules.default_only) && reading.is_default == Answer::No {
        return Some(Verdict::RefusedByPolicy(PolicyRule::DefaultOnly));
    }
    let lacks_identifier = reading.has_identifier == Answer::No && !reading.mentions_id;
    if is_bound(&rules.unique_identifier) && lacks_identifier {
        return Some(Verdict::RefusedByPolicy(PolicyRule::UniqueIdentifier));
    }
    None
}

fn missing(reading: &Reading, rules: &TenantRules, app: &AppFacts) -> Option<Verdict> {
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
    // What a policy leaves open: the URI where the policy binds, the policy where the URI would be refused.
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
    gap(reading.passes_entra)
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
        .map(Verdict::CannotTell)
}

fn acceptance(reading: &Reading) -> Verdict {
    let Manners {
        is_http,
        is_urn,
        has_tail,
        has_port,
        has_capitals,
    } = reading.manners;
    let is_unbound = reading.has_identifier == Answer::No && !reading.mentions_id;
    let remark = [
        (is_unbound, Remark::NotTenantBound),
        (is_http, Remark::Http),
        (is_urn, Remark::Urn),
        (has_tail, Remark::Tail),
        (has_port, Remark::Port),
        (reading.is_listed == Answer::No, Remark::NotListed),
        (reading.is_configmgrs != Answer::Yes, Remark::NotConfigMgrs),
        (has_capitals, Remark::UpperCase),
    ]
    .into_iter()
    .find(|(speaks, _)| *speaks);
    match remark {
        Some((_, remark)) => Verdict::NotRecommended(remark),
        None if reading.is_default == Answer::Yes => Verdict::Accepted(Praise::Safest),
        None => Verdict::Accepted(Praise::Recommended),
    }
}
