//! Prefill links: `#/web-app?server-name=…`. A link only fills in fields, as typing does. It never signs in, starts a run or sets a client
//! ID. The page shows what a link filled in, and the admin can undo it.
//!
//! An error in a link rejects the whole link, so that no link is applied in part without notice.

use crate::ui::app_id_uri::state::STATES;
use crate::ui::app_id_uri::state::key_of;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::route::Route;
use domain::app_id_uri::choice::UriForm;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::cmg::SecretLife;
use domain::confusables::is_unseen;
use domain::locale::Locale;
use engine::desired::Draft;
use engine::desired::text_language::TextLanguage;

/// Longest accepted query, in bytes.
const LONGEST: usize = 8 * 1024;
/// Longest accepted value, in bytes.
const LONGEST_VALUE: usize = 2_000;
/// Most keys, known or unknown.
const MOST: usize = 24;

/// Wizard fields that a link may fill in: those that the admin types or picks. No field that creates a secret or approves something.
pub const OF_DRAFT: [FieldId; 17] = [
    FieldId::ConnectionName,
    FieldId::Description,
    FieldId::Cloud,
    FieldId::Tenant,
    FieldId::ServerName,
    FieldId::HomePageUrl,
    FieldId::UriForm,
    FieldId::UriName,
    FieldId::UriDomain,
    FieldId::UriText,
    FieldId::SecretLife,
    FieldId::ClientName,
    FieldId::TextLanguage,
    FieldId::UserDiscovery,
    FieldId::GroupDiscovery,
    FieldId::GroupNames,
    FieldId::Subscription,
];

/// Fields of the App ID URI page that a link may fill in.
pub const OF_CHECK: [FieldId; 8] = [
    FieldId::CheckUri,
    FieldId::CheckCloud,
    FieldId::CheckTenant,
    FieldId::CheckApp,
    FieldId::CheckDomains,
    FieldId::CheckUnique,
    FieldId::CheckDefault,
    FieldId::CheckName,
];

/// A valid link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefillLink {
    pub place: Route,
    pub fills: Vec<(FieldId, String)>,
    pub language: Option<Locale>,
    /// Keys that are not fields of this page.
    pub unknown: Vec<String>,
}

/// Why a link is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// The query or a value is too long, or there are too many keys.
    TooLong,
    /// A key occurs twice: two readers could take different values.
    Repeated(String),
    /// A key or value has an invisible character, or is not UTF-8.
    Characters(String),
    /// The value is not an option of its field.
    Choice(String),
    /// The link has a parameter of a sign-in response.
    Answer,
    /// A run or an undo is in progress, or a run is unfinished.
    Busy,
}

impl LinkError {
    /// What is wrong, and that nothing was filled in.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::TooLong => t.link_too_long().to_owned(),
            Self::Repeated(key) => t.link_repeated(key),
            Self::Characters(key) => t.link_characters(key),
            Self::Choice(key) => t.link_choice(key),
            Self::Answer => t.link_answer().to_owned(),
            Self::Busy => t.link_busy().to_owned(),
        }
    }
}

/// A field that a link has filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefilledField {
    pub entry: FieldId,
    /// Value before the link.
    pub was: String,
    /// Value from the link.
    pub is: String,
}

/// Result of the last prefill link, for the banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkResult {
    /// The link filled in these fields, and had these unknown keys.
    Filled(Vec<PrefilledField>, Vec<String>),
    Refused(LinkError),
}

/// Parses an address without `#`. `None` if it is not a link with values.
#[must_use]
pub fn parse(address: &str) -> Option<Result<PrefillLink, LinkError>> {
    let (path, query) = address.split_once('?')?;
    // Its part reads a plan.
    let place = Route::find(path).filter(|place| *place != Route::Plan)?;
    Some(read(place, query))
}

pub fn read(place: Route, query: &str) -> Result<PrefillLink, LinkError> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    if query.len() > LONGEST || pairs.len() > MOST {
        return Err(LinkError::TooLong);
    }
    if engine::auth::callback::is_answer(query) {
        return Err(LinkError::Answer);
    }
    let mut link = PrefillLink {
        place,
        fills: Vec::new(),
        language: None,
        unknown: Vec::new(),
    };
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in &pairs {
        let shown = || key.chars().filter(|c| !is_odd(*c)).take(40).collect();
        if seen.contains(&key.as_str()) {
            return Err(LinkError::Repeated(shown()));
        }
        seen.push(key);
        if key.chars().any(is_odd) {
            return Err(LinkError::Characters(shown()));
        }
        if key == FieldId::Language.key() {
            let language = Locale::find(value).ok_or_else(|| LinkError::Choice(shown()))?;
            link.language = Some(language);
            continue;
        }
        let Some(entry) = FieldId::find(key).filter(|entry| fields(place).contains(entry)) else {
            link.unknown.push(shown());
            continue;
        };
        if value.len() > LONGEST_VALUE {
            return Err(LinkError::TooLong);
        }
        let has_lines = matches!(
            entry,
            FieldId::GroupNames | FieldId::CheckDomains | FieldId::Providers(ProviderField::Ids)
        );
        if value
            .chars()
            .any(|c| is_odd(c) && !(has_lines && c == '\n'))
        {
            return Err(LinkError::Characters(shown()));
        }
        if !is_choice(entry, value) {
            return Err(LinkError::Choice(shown()));
        }
        link.fills.push((entry, value.clone()));
    }
    Ok(link)
}

fn is_odd(character: char) -> bool {
    character.is_control() || is_unseen(character) || character == char::REPLACEMENT_CHARACTER
}

/// Fields of the resource provider page that a link may fill in.
pub const OF_PROVIDERS: [FieldId; 4 + ProviderNamespace::ALL.len()] = {
    let mut all = [FieldId::Cloud; 4 + ProviderNamespace::ALL.len()];
    all[1] = FieldId::Tenant;
    all[2] = FieldId::Providers(ProviderField::Ids);
    all[3] = FieldId::Providers(ProviderField::Search);
    let mut place = 0;
    while place < ProviderNamespace::ALL.len() {
        all[4 + place] = FieldId::Providers(ProviderField::Wanted(ProviderNamespace::ALL[place]));
        place += 1;
    }
    all
};

pub fn fields(place: Route) -> &'static [FieldId] {
    match place {
        Route::Start | Route::Step(_) | Route::Review => &OF_DRAFT,
        Route::CheckUri => &OF_CHECK,
        Route::Providers => &OF_PROVIDERS,
        Route::ProvidersReview
        | Route::ProvidersRun
        | Route::Register
        | Route::Plan
        | Route::Run
        | Route::CheckPair
        | Route::Report
        | Route::Retire
        | Route::Unfinished
        | Route::Undo
        | Route::HandOver
        | Route::Evidence => &[],
    }
}

/// True if the value is an option of the field, or the field takes any text.
fn is_choice(entry: FieldId, value: &str) -> bool {
    if matches!(entry, FieldId::Cloud | FieldId::CheckCloud) {
        Cloud::find(value).is_some()
    } else if entry == FieldId::UriForm {
        UriForm::find(value).is_some()
    } else if entry == FieldId::TextLanguage {
        TextLanguage::find(value).is_some()
    } else if entry == FieldId::SecretLife {
        SecretLife::find(value).is_some()
    } else if matches!(
        entry,
        FieldId::UserDiscovery
            | FieldId::GroupDiscovery
            | FieldId::Providers(ProviderField::Wanted(_))
    ) {
        matches!(value, "on" | "")
    } else if matches!(entry, FieldId::CheckUnique | FieldId::CheckDefault) {
        STATES.into_iter().any(|state| key_of(state) == value)
    } else {
        true
    }
}

/// Each draft value that a link may carry, in the form that typing gives it.
pub fn typed_in(draft: &Draft) -> [(FieldId, &str); 17] {
    let flag = |is_on| if is_on { "on" } else { "" };
    [
        (FieldId::ConnectionName, &draft.connection_name),
        (FieldId::Description, &draft.description),
        (FieldId::Cloud, &draft.cloud),
        (FieldId::Tenant, &draft.tenant),
        (FieldId::ServerName, &draft.server_name),
        (FieldId::HomePageUrl, &draft.home_page_url),
        (FieldId::UriForm, &draft.uri_form),
        (FieldId::UriName, &draft.uri_name),
        (FieldId::UriDomain, &draft.uri_domain),
        (FieldId::UriText, &draft.uri_text),
        (FieldId::SecretLife, &draft.secret_life),
        (FieldId::ClientName, &draft.client_name),
        (FieldId::TextLanguage, draft.text_language().key()),
        (FieldId::UserDiscovery, flag(draft.user_discovery)),
        (FieldId::GroupDiscovery, flag(draft.group_discovery)),
        (FieldId::GroupNames, &draft.group_names),
        (FieldId::Subscription, &draft.subscription),
    ]
}

/// Address of a link. It carries only values that differ from the defaults.
pub fn write(
    home: &str,
    place: Route,
    typed: &[(FieldId, &str)],
    fresh: &[(FieldId, &str)],
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (one, default) in typed.iter().zip(fresh) {
        if one != default {
            query.append_pair(one.0.key(), one.1);
        }
    }
    format!("{home}#{}?{}", place.address(), query.finish())
}

/// The fields that a link filled in, as session storage keeps them across the sign-in redirect.
pub fn kept(filled: &[PrefilledField]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for one in filled {
        text.append_pair("entry", one.entry.key());
        text.append_pair("was", &one.was);
        text.append_pair("is", &one.is);
    }
    text.finish()
}

/// Reads the text of `kept`. `None` if any part of it is invalid.
#[must_use]
pub fn read_kept(text: &str) -> Option<LinkResult> {
    if text.is_empty() || text.len() > 4 * LONGEST {
        return None;
    }
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect();
    let mut filled = Vec::new();
    for three in pairs.chunks(3) {
        let [(_, key), (_, was), (_, is)] = three else {
            return None;
        };
        let entry = FieldId::find(key)?;
        let all = [&OF_DRAFT[..], &OF_CHECK, &OF_PROVIDERS];
        if !all.iter().any(|fields| fields.contains(&entry)) {
            return None;
        }
        filled.push(PrefilledField {
            entry,
            was: was.clone(),
            is: is.clone(),
        });
    }
    (kept(&filled) == text).then_some(LinkResult::Filled(filled, Vec::new()))
}

#[derive(Clone, Debug)]
pub struct LinksModel {
    /// Result of the last prefill link, for the banner.
    pub followed: Option<LinkResult>,
    /// A link to follow once the site's settings are read.
    pub(in crate::ui) waiting: Option<Result<PrefillLink, LinkError>>,
}
