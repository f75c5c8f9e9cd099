//! config.json: what a host may set, parsed strictly.
//!
//! A host names client IDs, a cloud, a tenant and default names. It cannot name an address: every host the page talks to is in
//! [`super::cloud`]. Read as untrusted text: size, encoding, unknown and repeated keys are all told by name.

use crate::domain::cloud::Cloud;
use crate::domain::cmg::AppName;
use crate::domain::config::error::ConfigError;
use crate::domain::config::node::Member;
use crate::domain::config::node::Node;
use crate::domain::config::node::checked;
use crate::domain::dns::is_host_name;
use crate::domain::ids::AppId;
use crate::domain::tenant::TenantHint;

pub mod error;
mod node;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::words::Words;

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

    proptest! {
        #[test]
        fn reading_a_file_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Err(error) = Config::parse(&bytes) {
                prop_assert!(!error.sentence(EN).is_empty());
            }
        }
    }
}
