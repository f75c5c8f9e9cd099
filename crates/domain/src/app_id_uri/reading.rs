//! Facts about a URI: the tenant IDs, app IDs, and domains it contains, and where.
//!
//! Collected once, before any rule runs. Every answer has three values, because the tenant, the app, and the domains may be unknown.

use uuid::Uuid;

use crate::app_id_uri::AppIdUri;
use crate::app_id_uri::Parts;
use crate::app_id_uri::rules::AppFacts;
use crate::app_id_uri::rules::TenantRules;
use crate::app_id_uri::verdict::EntraRule;
use crate::app_id_uri::verdict::Missing;
use crate::cloud::Cloud;
use crate::cmg::CONSOLE_DEFAULT;
use crate::dns::Domain;
use crate::dns::can_be_domain;
use crate::dns::is_international;
use crate::known::Answer;
use crate::known::Known;

/// The facts that the rules check. `gap` says why an answer is "cannot tell".
pub(super) struct UriReading {
    /// Microsoft Entra ID's own rules accept the URI.
    pub(super) passes_entra: Answer,
    /// The rule that the URI breaks, if `passes_entra` is no.
    pub(super) broken: Option<EntraRule>,
    /// Has the form `api://{appId}` or `api://{tenantId}/{appId}`.
    pub(super) is_default: Answer,
    /// On Microsoft's list of secure formats.
    pub(super) is_listed: Answer,
    /// Has a tenant identifier in a place that Graph's page on the policy lists.
    pub(super) has_identifier: Answer,
    /// Has a tenant identifier in any other place. Read only if `has_identifier` is no.
    mentions_identifier: Answer,
    /// Has one of the two formats in Configuration Manager's documentation.
    pub(super) is_configmgrs: Answer,
    /// The missing fact that would turn "cannot tell" into yes or no.
    pub(super) gap: Option<Missing>,
    /// A scheme that no Microsoft page lists for App ID URIs.
    pub(super) odd_scheme: Option<String>,
    /// Findings that do not depend on the tenant.
    pub(super) manners: SpellingTraits,
}

/// Spelling details of a URI, independent of its meaning.
pub(super) struct SpellingTraits {
    pub(super) is_http: bool,
    pub(super) is_urn: bool,
    pub(super) has_tail: bool,
    pub(super) has_port: bool,
    pub(super) has_capitals: bool,
}

impl UriReading {
    pub(super) fn of(uri: &AppIdUri, rules: &TenantRules, app: &AppFacts) -> Self {
        let parts = uri.parts();
        let scheme = parts.scheme.to_ascii_lowercase();
        let mut reading = match (scheme.as_str(), parts.host) {
            ("api", Some(host)) => Self::of_api(host, &parts, rules, app),
            ("https" | "http", Some(host)) => Self::of_web(uri, host, &parts, rules),
            (_, host) => Self::of_other(host, &parts, rules, app),
        };
        if reading.has_identifier == Answer::No {
            reading.mentions_identifier = mentions_identifier(uri.as_str(), rules, app);
        }
        if !matches!(scheme.as_str(), "api" | "https" | "http" | "urn") {
            reading.odd_scheme = Some(parts.scheme.to_owned());
        }
        reading
    }

    /// Contains no identifier of the tenant, in any place.
    pub(super) fn is_unbound(&self) -> bool {
        self.has_identifier == Answer::No && self.mentions_identifier == Answer::No
    }

    fn new(parts: &Parts<'_>) -> Self {
        Self {
            passes_entra: Answer::Yes,
            broken: None,
            is_default: Answer::No,
            is_listed: Answer::No,
            has_identifier: Answer::No,
            mentions_identifier: Answer::No,
            is_configmgrs: Answer::No,
            gap: None,
            odd_scheme: None,
            manners: SpellingTraits::of(parts),
        }
    }

    fn of_api(host: &str, parts: &Parts<'_>, rules: &TenantRules, app: &AppFacts) -> Self {
        let mut reading = Self::new(parts);
        let is_plain = Answer::from(parts.port.is_none() && parts.tail.is_empty());
        let has_path = Answer::from(!parts.path.is_empty());
        let first = Owner::of(host, rules, app);
        let second = Owner::of(parts.path, rules, app);
        let has_domain = is_some_place(&place_of(host, rules));

        if guid(host).is_some() {
            reading.passes_entra = first.is_tenant.or(first.is_app);
            reading.broken = Some(EntraRule::ForeignGuid);
        }
        reading.is_default = is_plain.and(
            first
                .is_app
                .and(has_path.opposite())
                .or(first.is_tenant.and(second.is_app)),
        );
        reading.is_listed = is_plain.and(
            reading
                .is_default
                .or(has_path.and(first.is_tenant.or(has_domain)))
                .or(second.is_app),
        );
        reading.has_identifier = first.is_either().or(second.is_either()).or(has_domain);
        reading.is_configmgrs = is_plain.and(has_path).and(first.is_tenant);
        reading.gap = first
            .gap()
            .or_else(|| second.gap())
            .or_else(|| gap_in_domains(host, has_domain));
        reading
    }

    /// The page on breaking changes covers only `https`; Microsoft Entra ID refuses `http` with the same message (seen in reports of 2023).
    /// Whether this rule also exempts apps with v2 tokens is reported (2021) but not documented, so they are not exempt here.
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

    /// `urn` and schemes that no Microsoft page lists. Graph's page on the policy has patterns for any scheme with a host.
    fn of_other(
        host: Option<&str>,
        parts: &Parts<'_>,
        rules: &TenantRules,
        app: &AppFacts,
    ) -> Self {
        let mut reading = Self::new(parts);
        if let Some(host) = host {
            let last = Owner::of(parts.path, rules, app);
            let has_domain = is_some_place(&place_of(host, rules));
            reading.has_identifier = last.is_either().or(has_domain);
            reading.gap = last.gap().or_else(|| gap_in_domains(host, has_domain));
        }
        reading
    }
}

/// Whether an ID in a URI belongs to the tenant or the app.
struct Owner {
    is_tenant: Answer,
    is_app: Answer,
}

impl Owner {
    fn of(text: &str, rules: &TenantRules, app: &AppFacts) -> Self {
        let (is_tenant, is_app) = match guid(text) {
            None => (Answer::No, Answer::No),
            // A tenant ID and an app ID are never equal.
            Some(id) => match (rules.is_tenant(id), app.is_own(id)) {
                (Answer::Yes, _) => (Answer::Yes, Answer::No),
                (_, Answer::Yes) => (Answer::No, Answer::Yes),
                neither => neither,
            },
        };
        Self { is_tenant, is_app }
    }

    fn is_either(&self) -> Answer {
        self.is_tenant.or(self.is_app)
    }

    fn gap(&self) -> Option<Missing> {
        if self.is_tenant == Answer::CannotTell {
            Some(Missing::Tenant)
        } else if self.is_app == Answer::CannotTell {
            Some(Missing::OwnId)
        } else {
            None
        }
    }
}

impl SpellingTraits {
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

/// How a host relates to the tenant's verified domains.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// The host is a custom domain.
    Custom,
    /// The host is the initial domain, or another domain with its suffix.
    Initial,
    /// The host is a subdomain of a custom domain.
    BelowCustom,
    /// The host is a subdomain of the initial domain. Microsoft's list of secure formats lacks this case for `https`.
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
        // `Place` is ordered best first: a subdomain of one domain may itself be another verified domain.
        .map(|domains| domains.iter().filter_map(place).min())
}

fn cannot_be_verified(host: &str, cloud: Cloud) -> bool {
    !can_be_domain(host) || is_bare_suffix(host) || is_of_other_cloud(host, cloud)
}

/// Microsoft owns the suffix of initial domains, so no tenant can verify it.
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

/// Parses a GUID with hyphens, in any case. Microsoft Entra ID treats other spellings as plain text.
fn guid(text: &str) -> Option<Uuid> {
    (text.len() == 36)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
}

/// Whether the tenant ID, the app ID, or a verified domain appears anywhere as a separate word. Microsoft Entra ID's error says that a URI
/// must "contain" one; its documentation lists the places.
fn mentions_identifier(text: &str, rules: &TenantRules, app: &AppFacts) -> Answer {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')))
        .map(|word| {
            Owner::of(word, rules, app)
                .is_either()
                .or(is_some_place(&place_of(word, rules)))
        })
        .fold(Answer::No, Answer::or)
}
