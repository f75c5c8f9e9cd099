//! A plan to hand over: the answers of a set-up, as a file or a link, for the person who carries it out.
//!
//! `docs/plan.md` describes both forms, `docs/plan.schema.json` the file. A plan holds no person, no secret, and nothing that was read from a
//! tenant. Its hash is over the answers, so that two persons can compare what they see.

use std::mem;

use jiff::Timestamp;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::desired::Draft;
use crate::desired::text_language::TextLanguage;
use crate::export::saved_file::FileError;
use crate::export::saved_file::end;
use crate::export::saved_file::name;
use crate::export::saved_file::object;
use crate::export::saved_file::shape;
use crate::export::saved_file::take;
use crate::export::saved_file::take_kind;
use crate::plan::fingerprint::fingerprint;
use domain::app_id_uri::choice::UriForm;
use domain::cloud::Cloud;
use domain::cmg::SecretLife;
use domain::confusables::is_unseen;
use domain::json::Object;
use domain::moment;

/// Value that identifies the file format.
pub const KIND: &str = "cmg-entra-setup/plan";
/// Version of the file and of the link: raised when an answer is added, removed or changes its meaning.
pub const VERSION: u64 = 1;
/// Longest link in bytes, measured from `?`. Mail programs and chats break longer ones.
pub const LINK_MAX: usize = 4_096;
/// Largest file in bytes. The longest answers have about 30 kB.
pub const SIZE_MAX: usize = 64 * 1_024;
/// In English in every language: a file for programs.
const ABOUT: &str = "A plan of CMG Entra Setup: the answers for the two app registrations of a cloud management gateway. It contains no secret and no token. Open it on the page with the address #/plan.";

const USERS: &str = "answers.userDiscovery";
const GROUPS: &str = "answers.groupDiscovery";
const LANGUAGE: &str = "answers.textLanguage";
const SCOPE: &str = "answers.scopeId";

/// The answers that are texts, with their paths in a file.
fn texts(draft: &mut Draft) -> [(&'static str, &mut String); 14] {
    [
        ("answers.connectionName", &mut draft.connection_name),
        ("answers.description", &mut draft.description),
        ("answers.cloud", &mut draft.cloud),
        ("answers.tenant", &mut draft.tenant),
        ("answers.serverName", &mut draft.server_name),
        ("answers.homePageUrl", &mut draft.home_page_url),
        ("answers.uriForm", &mut draft.uri_form),
        ("answers.uriName", &mut draft.uri_name),
        ("answers.uriDomain", &mut draft.uri_domain),
        ("answers.uriText", &mut draft.uri_text),
        ("answers.secretLife", &mut draft.secret_life),
        ("answers.clientName", &mut draft.client_name),
        (GROUP_NAMES, &mut draft.group_names),
        ("answers.subscription", &mut draft.subscription),
    ]
}

/// The only answer with line breaks.
const GROUP_NAMES: &str = "answers.groupNames";

/// A plan to hand over.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// The answers. Everything else of the draft has its default.
    draft: Draft,
}

/// Why a plan is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// The text cannot be read.
    Unreadable(FileError),
    /// The answers do not have the hash that the plan names.
    Changed,
}

impl From<FileError> for PlanError {
    fn from(error: FileError) -> Self {
        Self::Unreadable(error)
    }
}

impl PlanFile {
    /// The plan of these answers. `None` if they are about an existing pair: a link or a file must not choose apps.
    #[must_use]
    pub fn new(draft: &Draft) -> Option<Self> {
        if draft.has_existing() {
            return None;
        }
        let mut answers = draft.clone();
        let mut plan = Draft::new(draft.cloud(), draft.scope_id);
        for ((_, place), (_, answer)) in texts(&mut plan).into_iter().zip(texts(&mut answers)) {
            *place = mem::take(answer);
        }
        plan.choose_text_language(draft.text_language());
        plan.user_discovery = draft.user_discovery;
        plan.group_discovery = draft.group_discovery;
        Some(Self { draft: plan })
    }

    /// The answers as a draft of the wizard.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// SHA-256 of the answers as JSON without white space, with the keys in alphabetical order (RFC 8785), as hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        fingerprint(&Value::Object(self.answers()).to_string())
    }

    fn answers(&self) -> Map<String, Value> {
        let mut draft = self.draft.clone();
        let mut answers: Map<String, Value> = texts(&mut draft)
            .into_iter()
            .map(|(path, answer)| (name(path).to_owned(), Value::String(mem::take(answer))))
            .collect();
        let language = self.draft.text_language().key();
        answers.extend([
            (name(USERS).to_owned(), json!(self.draft.user_discovery)),
            (name(GROUPS).to_owned(), json!(self.draft.group_discovery)),
            (name(LANGUAGE).to_owned(), json!(language)),
            (name(SCOPE).to_owned(), json!(self.draft.scope_id)),
        ]);
        answers
    }

    /// The plan as JSON for a file, with the keys in alphabetical order.
    #[must_use]
    pub fn text(&self, now: Timestamp) -> String {
        let record = json!({
            "kind": KIND,
            "version": VERSION,
            "about": ABOUT,
            "tool": env!("CARGO_PKG_VERSION"),
            "createdDateTime": now.to_string(),
            "answers": self.answers(),
            "hash": self.hash(),
        });
        format!("{record:#}\n")
    }

    /// File name, by the beginning of the hash.
    #[must_use]
    pub fn file_name(&self) -> String {
        let short: String = self.hash().chars().take(8).collect();
        format!("cmg-plan-{short}.json")
    }

    /// Reads a plan file.
    ///
    /// # Errors
    /// The first error in the file.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        let mut file = object(text, SIZE_MAX)?;
        take_kind(&mut file, KIND, VERSION)?;
        let _: String = take(&mut file, "about")?;
        let _: String = take(&mut file, "tool")?;
        let created: serde_json::Result<Option<Timestamp>> =
            file.take_by("createdDateTime", moment::optional);
        created.ok().flatten().ok_or(shape("createdDateTime"))?;
        let answers: Object = take(&mut file, "answers")?;
        let hash: String = take(&mut file, "hash")?;
        end(&file, "plan")?;
        Self::read(answers, &hash)
    }

    /// The part of a link after `?`. `None` if the link would be longer than `LINK_MAX`.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("version", &VERSION.to_string());
        query.append_pair("hash", &self.hash());
        for (name, value) in self.answers() {
            let flag = if value == Value::Bool(true) {
                "true"
            } else {
                "false"
            };
            query.append_pair(&name, value.as_str().unwrap_or(flag));
        }
        let query = query.finish();
        (query.len() <= LINK_MAX).then_some(query)
    }

    /// Reads the part of a link after `?`.
    ///
    /// # Errors
    /// The first error in the link.
    pub fn parse_link(query: &str) -> Result<Self, PlanError> {
        if query.len() > LINK_MAX {
            return Err(FileError::TooLarge.into());
        }
        let mut values = Map::new();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let is_flag = [USERS, GROUPS]
                .into_iter()
                .any(|path| self::name(path) == name);
            let value = match (is_flag, &*text) {
                (true, "true") => Value::Bool(true),
                (true, "false") => Value::Bool(false),
                _ => Value::String(text.into_owned()),
            };
            if values.insert(name.into_owned(), value).is_some() {
                return Err(FileError::NotJson.into());
            }
        }
        let version = values.remove("version");
        let version = version.as_ref().and_then(Value::as_str);
        match version.and_then(|text| text.parse::<u64>().ok()) {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(FileError::Newer.into()),
            Some(_) | None => return Err(FileError::OtherKind.into()),
        }
        let hash = values.remove("hash");
        let Some(Value::String(hash)) = hash else {
            return Err(shape("hash").into());
        };
        let answers = serde_json::from_value(Value::Object(values));
        Self::read(answers.map_err(|_| FileError::OtherKind)?, &hash)
    }

    fn read(mut answers: Object, hash: &str) -> Result<Self, PlanError> {
        let mut draft = Draft::new(Cloud::default(), Uuid::nil());
        for (path, place) in texts(&mut draft) {
            *place = take(&mut answers, path)?;
            let is_odd = |c| is_unseen(c) && !(c == '\n' && path == GROUP_NAMES);
            if place.contains(is_odd) {
                return Err(shape(path).into());
            }
        }
        Cloud::find(&draft.cloud).ok_or(shape("answers.cloud"))?;
        UriForm::find(&draft.uri_form).ok_or(shape("answers.uriForm"))?;
        SecretLife::find(&draft.secret_life).ok_or(shape("answers.secretLife"))?;
        let language: String = take(&mut answers, LANGUAGE)?;
        draft.choose_text_language(TextLanguage::find(&language).ok_or(shape(LANGUAGE))?);
        draft.user_discovery = take(&mut answers, USERS)?;
        draft.group_discovery = take(&mut answers, GROUPS)?;
        draft.scope_id = take(&mut answers, SCOPE)?;
        if draft.scope_id.is_nil() {
            return Err(shape(SCOPE).into());
        }
        end(&answers, "answers")?;
        let plan = Self { draft };
        if plan.hash() == hash {
            Ok(plan)
        } else {
            Err(PlanError::Changed)
        }
    }
}
