//! config.json: what a host may set, parsed strictly.
//!
//! A host names client IDs, a cloud, a tenant and default names. It cannot name an address: every host the page talks to is in
//! [`super::cloud`]. Read as untrusted text: size, encoding, unknown and repeated keys are all told by name.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use crate::domain::cloud::Cloud;
use crate::domain::cmg::AppName;
use crate::domain::cmg::NameError;
use crate::domain::dns::Domain;
use crate::domain::dns::DomainError;
use crate::domain::dns::is_host_name;
use crate::domain::ids::AppId;
use crate::domain::ids::GuidError;
use crate::domain::ids::TenantId;
use crate::domain::lookalike::Spot;
use crate::domain::lookalike::escaped;
use crate::domain::lookalike::find_spot;
use crate::domain::lookalike::is_unseen;
use crate::domain::words::Words;

/// Largest file read. A full one has some 400 bytes.
pub const SIZE_MAX: usize = 16 * 1024;

/// The most pages that may hold this one in a frame.
const PARENTS_MAX: usize = 20;

/// What the host set. The default is a host that set nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Client ID of this product's own registration in each cloud. Registrations are not shared between clouds.
    clients: Vec<(Cloud, AppId)>,
    /// The cloud offered first.
    pub cloud: Option<Cloud>,
    /// The tenant to sign in to.
    pub tenant: Option<TenantHint>,
    /// The name offered for the server app.
    pub server_app: Option<AppName>,
    /// The name offered for the client app.
    pub client_app: Option<AppName>,
    /// Origins whose pages may hold this one in a frame; none unless the host names them. `boot.js` compares them before anything starts.
    pub parents: Vec<String>,
}

impl Config {
    /// Reads the file. An empty one sets nothing.
    ///
    /// # Errors
    /// The first thing that is wrong, naming its key.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        if bytes.len() > SIZE_MAX {
            return Err(ConfigError::TooLarge { bytes: bytes.len() });
        }
        let text = str::from_utf8(bytes).map_err(|_| ConfigError::NotUtf8)?;
        // Editors on Windows put a byte order mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        let node: Node =
            serde_json::from_slice(text.as_bytes()).map_err(|error| ConfigError::NotJson {
                line: error.line(),
                column: error.column(),
            })?;
        let Node::Object(members) = node else {
            return Err(ConfigError::NotAnObject);
        };
        let mut config = Self::default();
        for Member { path, value } in checked(members, "")? {
            match path.as_str() {
                "$schema" => drop(value.into_text(&path)?),
                "clients" => config.clients = read_clients(value.into_members(&path)?)?,
                "cloud" => config.cloud = Some(read_cloud(&value.into_text(&path)?)?),
                "tenant" => {
                    let hint = TenantHint::parse(&value.into_text(&path)?);
                    config.tenant = Some(hint.map_err(ConfigError::Tenant)?);
                }
                "names" => config.read_names(value.into_members(&path)?)?,
                "parents" => config.parents = read_parents(value, &path)?,
                _ => return Err(ConfigError::UnknownKey { key: path }),
            }
        }
        Ok(config)
    }

    /// The client ID to sign in with in a cloud, where the host set one.
    #[must_use]
    pub fn client_id(&self, cloud: Cloud) -> Option<AppId> {
        self.clients
            .iter()
            .find(|(known, _)| *known == cloud)
            .map(|(_, id)| *id)
    }

    fn read_names(&mut self, members: Vec<Member>) -> Result<(), ConfigError> {
        for Member { path, value } in members {
            let slot = match path.as_str() {
                "names.serverApp" => &mut self.server_app,
                "names.clientApp" => &mut self.client_app,
                _ => return Err(ConfigError::UnknownKey { key: path }),
            };
            let name = AppName::parse(&value.into_text(&path)?);
            *slot = Some(name.map_err(|error| ConfigError::Name { key: path, error })?);
        }
        Ok(())
    }
}

fn read_clients(members: Vec<Member>) -> Result<Vec<(Cloud, AppId)>, ConfigError> {
    members
        .into_iter()
        .map(|Member { path, value }| {
            let Some(cloud) = path.strip_prefix("clients.").and_then(Cloud::find) else {
                return Err(ConfigError::UnknownKey { key: path });
            };
            let id = value.into_text(&path)?.parse();
            Ok((
                cloud,
                id.map_err(|error| ConfigError::ClientId { key: path, error })?,
            ))
        })
        .collect()
}

fn read_cloud(text: &str) -> Result<Cloud, ConfigError> {
    Cloud::find(text).ok_or_else(|| ConfigError::Cloud {
        text: text.to_owned(),
    })
}

fn read_parents(value: Node, path: &str) -> Result<Vec<String>, ConfigError> {
    let Node::List(nodes) = value else {
        return Err(ConfigError::NotList {
            key: path.to_owned(),
        });
    };
    if nodes.len() > PARENTS_MAX {
        return Err(ConfigError::TooManyParents { count: nodes.len() });
    }
    let mut parents: Vec<String> = Vec::new();
    for node in nodes {
        let text = node.into_text(path)?;
        if !is_origin(&text) {
            return Err(ConfigError::Parent { text });
        }
        if parents.contains(&text) {
            return Err(ConfigError::RepeatedParent { text });
        }
        parents.push(text);
    }
    Ok(parents)
}

/// Whether a text is an origin letter by letter as browsers write one, which is how it is compared: nothing is mended here.
fn is_origin(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let (host, is_port) = match rest.split_once(':') {
        None => (rest, true),
        Some((host, port)) => (
            host,
            // The default port is not written in an origin.
            port.parse::<u16>()
                .is_ok_and(|number| number != 0 && number != 443 && number.to_string() == port),
        ),
    };
    is_port && is_host_name(host) && !host.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// A tenant as a person or a host names it. Safe in a URL path as it stands: hexadecimal digits, letters, digits, hyphens, dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantHint {
    /// By its ID.
    Id(TenantId),
    /// By one of its domains.
    Domain(Domain),
}

/// Why a tenant was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantHintError {
    /// Nothing was typed.
    Empty,
    /// `common`, `organizations`, `consumers`, or the ID behind the last: no tenant with a Configuration Manager.
    NotOneTenant,
    /// Looks like a GUID and is none.
    Guid,
    /// No domain either.
    Domain(DomainError),
}

/// The tenant of personal Microsoft accounts, which `consumers` stands for.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

impl TenantHint {
    /// Reads a tenant as typed: a GUID or a domain. Spaces around it are dropped, because IDs are pasted.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, TenantHintError> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(TenantHintError::Empty);
        }
        let is_not_one = |word: &&str| word.eq_ignore_ascii_case(text);
        if ["common", "organizations", "consumers", CONSUMERS]
            .iter()
            .any(is_not_one)
        {
            return Err(TenantHintError::NotOneTenant);
        }
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(GuidError::Nil) => Err(TenantHintError::Guid),
            Err(GuidError::Empty | GuidError::Shape) if is_almost_guid(text) => {
                Err(TenantHintError::Guid)
            }
            Err(GuidError::Empty | GuidError::Shape) => Domain::parse(text)
                .map(Self::Domain)
                .map_err(TenantHintError::Domain),
        }
    }
}

/// Hexadecimal digits with the hyphens or braces of a GUID: its sentence helps more than one about domains.
fn is_almost_guid(text: &str) -> bool {
    let is_of_guid = |c: char| c.is_ascii_hexdigit() || matches!(c, '-' | '{' | '}');
    text.len() >= 20 && text.chars().all(is_of_guid)
}

impl fmt::Display for TenantHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Domain(domain) => domain.fmt(f),
        }
    }
}

impl TenantHintError {
    /// The rule and the mend.
    #[must_use]
    pub fn sentence(self, words: Words) -> String {
        match self {
            Self::Empty => words.config_tenant_empty().to_owned(),
            Self::NotOneTenant => words.config_tenant_not_one().to_owned(),
            Self::Guid => words.config_tenant_guid().to_owned(),
            Self::Domain(error) => error.sentence(words),
        }
    }
}

/// Why the file was refused. Keys are written as a path: `clients.public`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// More than [`SIZE_MAX`].
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// Not UTF-8.
    NotUtf8,
    /// Not JSON, from this place on.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1; 0 at the end of the line before.
        column: usize,
    },
    /// JSON, but no object.
    NotAnObject,
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A key that comes twice.
    RepeatedKey {
        /// The key.
        key: String,
    },
    /// A character nobody sees, in a key or its text.
    Unseen {
        /// The key.
        key: String,
        /// Which character.
        spot: Spot,
    },
    /// Something else where a text belongs.
    NotText {
        /// The key.
        key: String,
    },
    /// Something else where an object belongs.
    NotMembers {
        /// The key.
        key: String,
    },
    /// Something else where a list belongs.
    NotList {
        /// The key.
        key: String,
    },
    /// More parents than anybody has.
    TooManyParents {
        /// How many.
        count: usize,
    },
    /// A parent that is not written as an origin is.
    Parent {
        /// The text found.
        text: String,
    },
    /// A parent that comes twice.
    RepeatedParent {
        /// The parent.
        text: String,
    },
    /// A client ID that is no GUID.
    ClientId {
        /// The key.
        key: String,
        /// What is wrong with it.
        error: GuidError,
    },
    /// A cloud that is not one of ours.
    Cloud {
        /// The text found.
        text: String,
    },
    /// A tenant that is neither GUID nor domain.
    Tenant(TenantHintError),
    /// A name that no app can have.
    Name {
        /// The key.
        key: String,
        /// What is wrong with it.
        error: NameError,
    },
}

impl ConfigError {
    /// What is wrong in the file, and the mend.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::TooLarge { bytes } => words.config_too_large(bytes, SIZE_MAX),
            Self::NotUtf8 => words.config_not_utf8().to_owned(),
            Self::NotJson { line, column } => words.config_not_json(column, line),
            Self::NotAnObject => words.config_not_an_object().to_owned(),
            Self::UnknownKey { key } => words.config_unknown_key(shown(key)),
            Self::RepeatedKey { key } => words.config_repeated_key(shown(key)),
            Self::Unseen { key, spot } => {
                words.config_unseen(spot.character, shown(key), spot.position)
            }
            Self::NotText { key } => words.config_not_text(shown(key)),
            Self::NotMembers { key } => words.config_not_members(shown(key)),
            Self::NotList { key } => words.config_not_list(shown(key)),
            Self::TooManyParents { count } => words.config_too_many_parents(count, PARENTS_MAX),
            Self::Parent { text } => words.config_parent(shown(text)),
            Self::RepeatedParent { text } => words.config_repeated_parent(shown(text)),
            Self::ClientId { key, .. } => words.config_client_id(shown(key)),
            Self::Cloud { text } => words.config_cloud(shown(text)),
            Self::Tenant(error) => words.config_tenant(error.sentence(words)),
            Self::Name { key, error } => words.config_name(shown(key), error.sentence(words)),
        }
    }
}

/// What somebody wrote, short and with nothing unseen in it.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut start: String = text.chars().take(MOST).collect();
    if start.len() < text.len() {
        start.push('\u{2026}');
    }
    escaped(&start)
}

/// JSON with repeated keys still in it, which `serde_json::Value` would drop without a word.
enum Node {
    Text(String),
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
    Other,
}

/// A key with its path, known to be seen and to come once.
struct Member {
    path: String,
    value: Node,
}

fn checked(members: Vec<(String, Node)>, parent: &str) -> Result<Vec<Member>, ConfigError> {
    let mut seen: Vec<Member> = Vec::new();
    for (name, value) in members {
        let path = if parent.is_empty() {
            name
        } else {
            format!("{parent}.{name}")
        };
        if let Some(spot) = find_spot(&path, is_unseen) {
            return Err(ConfigError::Unseen { key: path, spot });
        }
        if seen.iter().any(|member| member.path == path) {
            return Err(ConfigError::RepeatedKey { key: path });
        }
        seen.push(Member { path, value });
    }
    Ok(seen)
}

impl Node {
    fn into_text(self, path: &str) -> Result<String, ConfigError> {
        let key = || path.to_owned();
        match self {
            Self::Text(text) => match find_spot(&text, is_unseen) {
                Some(spot) => Err(ConfigError::Unseen { key: key(), spot }),
                None => Ok(text),
            },
            Self::Object(_) | Self::List(_) | Self::Other => {
                Err(ConfigError::NotText { key: key() })
            }
        }
    }

    fn into_members(self, path: &str) -> Result<Vec<Member>, ConfigError> {
        match self {
            Self::Object(members) => checked(members, path),
            Self::Text(_) | Self::List(_) | Self::Other => Err(ConfigError::NotMembers {
                key: path.to_owned(),
            }),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Node::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EN: Words = Words::En;

    #[track_caller]
    fn refused(text: &str, sentence: &str) {
        assert_eq!(
            Config::parse(text.as_bytes()).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn reads_everything_a_host_may_set() {
        let config = Config::parse(
            br#"{
                "$schema": "./config.schema.json",
                "clients": {
                    "public": "5e97358c-d99c-4558-af0c-de7774091dda",
                    "usgov-dod": "0C0FFEE0-0000-4000-8000-000000000002"
                },
                "cloud": "usgov-dod",
                "tenant": "Contoso.onmicrosoft.us",
                "names": { "serverApp": "Contoso CMG server", "clientApp": "Contoso CMG client" }
            }"#,
        )
        .unwrap();
        assert_eq!(
            config.client_id(Cloud::Public).unwrap().to_string(),
            "5e97358c-d99c-4558-af0c-de7774091dda"
        );
        assert_eq!(config.client_id(Cloud::UsGov), None);
        assert_eq!(
            config.client_id(Cloud::UsGovDod).unwrap().to_string(),
            "0c0ffee0-0000-4000-8000-000000000002"
        );
        assert_eq!(config.cloud, Some(Cloud::UsGovDod));
        assert_eq!(config.tenant.unwrap().to_string(), "contoso.onmicrosoft.us");
        assert_eq!(config.server_app.unwrap().as_str(), "Contoso CMG server");
        assert_eq!(config.client_app.unwrap().as_str(), "Contoso CMG client");
    }

    #[test]
    fn a_host_that_sets_nothing_has_no_client_id() {
        for text in [
            "",
            " \r\n",
            "\u{feff}",
            "{}",
            "\u{feff}{}",
            "{\"clients\":{}}",
        ] {
            let config = Config::parse(text.as_bytes()).unwrap();
            assert_eq!(config, Config::default(), "{text:?}");
            assert_eq!(config.client_id(Cloud::Public), None);
        }
    }

    #[test]
    fn says_which_key_is_wrong_and_how_to_mend_it() {
        refused(
            "{",
            "config.json is not JSON from line 1, column 1 on, so correct it there.",
        );
        refused(
            "{\"cloud\": \"public\",}",
            "config.json is not JSON from line 1, column 20 on, so correct it there.",
        );
        refused(
            "{} x",
            "config.json is not JSON from line 1, column 4 on, so correct it there.",
        );
        refused(
            "// hi\n{}",
            "config.json is not JSON from line 1, column 1 on, so correct it there.",
        );
        for text in ["[]", "null", "1", "\"public\""] {
            refused(
                text,
                "config.json has to be one object, so begin it with { and end it with }.",
            );
        }
        refused(
            "{\"graphUrl\": \"https://evil.example\"}",
            "config.json has no key graphUrl, so remove it or correct its name.",
        );
        refused(
            "{\"Cloud\": \"public\"}",
            "config.json has no key Cloud, so remove it or correct its name.",
        );
        refused(
            "{\"clients\": {\"china\": \"5e97358c-d99c-4558-af0c-de7774091dda\"}}",
            "config.json has no key clients.china, so remove it or correct its name.",
        );
        refused(
            "{\"names\": {\"web\": \"x\"}}",
            "config.json has no key names.web, so remove it or correct its name.",
        );
        refused(
            "{\"cloud\": \"public\", \"cloud\": \"usgov\"}",
            "The key cloud comes twice in config.json, so keep one of them.",
        );
        refused(
            "{\"clients\": {\"public\": \"5e97358c-d99c-4558-af0c-de7774091dda\", \"public\": \"x\"}}",
            "The key clients.public comes twice in config.json, so keep one of them.",
        );
        for value in ["1", "-1", "1.5", "true", "null", "[]", "{}"] {
            refused(
                &format!("{{\"cloud\": {value}}}"),
                "The value of cloud in config.json has to be a text, so put it in double quotes.",
            );
        }
        refused(
            "{\"$schema\": 1}",
            "The value of $schema in config.json has to be a text, so put it in double quotes.",
        );
        for value in ["\"x\"", "[]", "null"] {
            refused(
                &format!("{{\"clients\": {value}}}"),
                "The value of clients in config.json has to be an object, so put it in braces.",
            );
        }
        for value in [
            "",
            "x",
            "00000000-0000-0000-0000-000000000000",
            "https://evil.example",
        ] {
            refused(
                &format!("{{\"clients\": {{\"usgov\": \"{value}\"}}}}"),
                "The value of clients.usgov in config.json is no application (client) ID, so copy the GUID from the app registration.",
            );
        }
        for value in ["China", "PUBLIC", "https://login.evil.example"] {
            refused(
                &format!("{{\"cloud\": \"{value}\"}}"),
                &format!("config.json names a cloud {value}, so write public, usgov or usgov-dod."),
            );
        }
        refused(
            "{\"tenant\": \"common\"}",
            "The tenant in config.json is refused: Type one tenant's ID or domain instead of a word for several tenants.",
        );
        refused(
            "{\"names\": {\"serverApp\": \"\"}}",
            "The value of names.serverApp in config.json is refused: Type a name.",
        );
    }

    fn parents(list: &str) -> String {
        format!("{{\"parents\": [{list}]}}")
    }

    #[test]
    fn takes_origins_as_browsers_write_them() {
        for origin in [
            "https://portal.contoso.com",
            "https://portal.contoso.com:8443",
            "https://portal",
            "https://xn--80akhbyknj4f.example",
            "https://10.0.0.1",
            "https://a.example:1",
            "https://a.example:65535",
        ] {
            let config = Config::parse(parents(&format!("\"{origin}\"")).as_bytes()).unwrap();
            assert_eq!(config.parents, [origin]);
            if !origin.ends_with("10.0.0.1") {
                let url = url::Url::parse(origin).unwrap();
                assert_eq!(url.origin().ascii_serialization(), origin);
            }
        }
        assert_eq!(Config::parse(parents("").as_bytes()), Ok(Config::default()));
    }

    #[test]
    fn refuses_a_parent_that_is_no_origin_letter_by_letter() {
        for text in [
            "",
            "*",
            "null",
            "portal.contoso.com",
            "http://portal.contoso.com",
            "HTTPS://portal.contoso.com",
            "https://",
            "https://*.contoso.com",
            "https://Portal.contoso.com",
            "https://portal.contoso.com/",
            "https://portal.contoso.com/cmg",
            "https://portal.contoso.com?x",
            "https://portal.contoso.com#x",
            "https://portal.contoso.com.",
            "https://portal..contoso.com",
            "https://-portal.contoso.com",
            "https://portal_1.contoso.com",
            "https://portal.contoso.com:443",
            "https://portal.contoso.com:",
            "https://portal.contoso.com:0",
            "https://portal.contoso.com:080",
            "https://portal.contoso.com:+80",
            "https://portal.contoso.com:65536",
            "https://user@portal.contoso.com",
            "https://[::1]",
            " https://portal.contoso.com",
            "https://p\u{43e}rtal.contoso.com",
            "wss://portal.contoso.com",
        ] {
            assert_eq!(
                Config::parse(parents(&format!("\"{text}\"")).as_bytes()),
                Err(ConfigError::Parent {
                    text: text.to_owned()
                })
            );
        }
        refused(
            &parents("\"https://portal.contoso.com/\""),
            "config.json names a parent https://portal.contoso.com/, which is no origin, so write https://, the host in \
             lower case (xn-- if international), a port unless it is 443, and nothing after it.",
        );
        refused(
            &parents("\"https://a.example\", \"https://a.example\""),
            "The parent https://a.example comes twice in config.json, so keep one of them.",
        );
        let many: Vec<String> = (0..21)
            .map(|number| format!("\"https://p{number}.example\""))
            .collect();
        refused(
            &parents(&many.join(",")),
            "config.json names 21 parents and at most 20 are read, so keep those that are in use.",
        );
        assert!(Config::parse(parents(&many[1..].join(",")).as_bytes()).is_ok());
        for value in ["\"https://a.example\"", "{}", "null", "1"] {
            refused(
                &format!("{{\"parents\": {value}}}"),
                "The value of parents in config.json has to be a list, so put it in square brackets.",
            );
        }
        for value in ["1", "[]", "null"] {
            refused(
                &parents(value),
                "The value of parents in config.json has to be a text, so put it in double quotes.",
            );
        }
        refused(
            &parents("\"https://a.example\\u200b\""),
            "The value or name of parents in config.json has U+200B as its character 18, which nobody can see, so delete it.",
        );
    }

    #[test]
    fn refuses_what_cannot_be_seen() {
        refused(
            "{\"names\": {\"serverApp\": \"CMG\\u202eppA\"}}",
            "The value or name of names.serverApp in config.json has U+202E as its character 4, which nobody can see, so delete it.",
        );
        refused(
            "{\"cloud\\u200b\": \"public\"}",
            "The value or name of cloud[U+200B] in config.json has U+200B as its character 6, which nobody can see, so delete it.",
        );
        refused(
            "{\"$schema\": \"a\\u0000\"}",
            "The value or name of $schema in config.json has U+0000 as its character 2, which nobody can see, so delete it.",
        );
    }

    #[test]
    fn refuses_a_file_too_large_or_in_another_encoding() {
        let mut text = "{}".to_owned();
        text.push_str(&" ".repeat(SIZE_MAX - 2));
        assert_eq!(Config::parse(text.as_bytes()), Ok(Config::default()));
        text.push(' ');
        refused(
            &text,
            "config.json has 16385 bytes and at most 16384 are read, so shorten it.",
        );
        assert_eq!(
            Config::parse(b"\xff\xfe{\0}\0").map_err(|error| error.sentence(EN)),
            Err("config.json is not UTF-8 text, so save it as UTF-8.".to_owned())
        );
        assert!(Config::parse("[".repeat(SIZE_MAX).as_bytes()).is_err());
        assert!(Config::parse("{\"a\":".repeat(2000).as_bytes()).is_err());
    }

    #[test]
    fn a_long_key_is_told_by_its_beginning() {
        refused(
            &format!("{{\"{}\": 1}}", "k".repeat(100)),
            &format!(
                "config.json has no key {}\u{2026}, so remove it or correct its name.",
                "k".repeat(60)
            ),
        );
    }

    #[track_caller]
    fn tenant_refused(text: &str, sentence: &str) {
        assert_eq!(
            TenantHint::parse(text).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[test]
    fn refuses_what_is_not_one_tenant() {
        let empty = "Type the tenant's ID or one of its domains.";
        tenant_refused("", empty);
        tenant_refused("  ", empty);
        for text in [
            "common",
            "Organizations",
            "consumers",
            "9188040D-6C67-4C5B-B112-36A304B66DAD",
        ] {
            tenant_refused(
                text,
                "Type one tenant's ID or domain instead of a word for several tenants.",
            );
        }
        for text in [
            "00000000-0000-0000-0000-000000000000",
            "5e97358c-d99c-4558-af0c-de7774091dd",
            "{5e97358c-d99c-4558-af0c-de7774091dda}",
            "5e97358cd99c4558af0cde7774091dda",
        ] {
            tenant_refused(
                text,
                "A tenant ID is 32 hexadecimal digits with hyphens, so copy it again from the Entra overview page.",
            );
        }
    }

    #[test]
    fn refuses_every_hostile_tenant() {
        for (text, character) in [
            ("evil.example/", "13 (U+002F)"),
            ("contoso.com@evil", "12 (U+0040)"),
            ("contoso.com%2f..", "12 (U+0025)"),
            ("../common", "3 (U+002F)"),
            ("contoso.com:443", "12 (U+003A)"),
            ("contoso.com?x", "12 (U+003F)"),
            ("contoso.com#x", "12 (U+0023)"),
            ("contoso.com\\x", "12 (U+005C)"),
            ("contoso.com\u{202e}", "12 (U+202E)"),
            ("contoso.com\n", "12 (U+000A)"),
            ("con toso.com", "4 (U+0020)"),
            ("s\u{43e}nt\u{43e}s\u{43e}.com", "2 (U+043E)"),
            ("\u{441}\u{43e}nt\u{43e}s\u{43e}.com", "1 (U+0441)"),
            ("contoso\u{3002}com", "8 (U+3002)"),
            ("admin@contoso.com", "6 (U+0040)"),
        ] {
            tenant_refused(
                text,
                &format!(
                    "Character {character} is no letter a to z, digit, hyphen or dot, so type the domain again."
                ),
            );
        }
        for text in [
            "..",
            ".",
            "contoso..com",
            "-contoso.com",
            "contoso",
            "127.0.0.1",
        ] {
            assert!(TenantHint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn takes_an_id_or_a_domain() {
        for (text, shown) in [
            (
                " 5E97358C-D99C-4558-AF0C-DE7774091DDA ",
                "5e97358c-d99c-4558-af0c-de7774091dda",
            ),
            ("Contoso.onmicrosoft.com", "contoso.onmicrosoft.com"),
            ("xn--80akhbyknj4f.example", "xn--80akhbyknj4f.example"),
        ] {
            assert_eq!(TenantHint::parse(text).unwrap().to_string(), shown);
        }
    }

    proptest! {
        #[test]
        fn a_tenant_taken_is_safe_in_a_path(text in "[a-zA-Z0-9.@%:/\\\\?#\u{43e}\u{202e} -]{0,40}") {
            if let Ok(hint) = TenantHint::parse(&text) {
                let shown = hint.to_string();
                prop_assert!(shown.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'));
                prop_assert!(!shown.contains("..") && !shown.starts_with('.'));
                prop_assert_eq!(TenantHint::parse(&shown), Ok(hint));
            }
        }

        #[test]
        fn reading_a_file_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Err(error) = Config::parse(&bytes) {
                prop_assert!(!error.sentence(EN).is_empty());
            }
        }
    }
}
