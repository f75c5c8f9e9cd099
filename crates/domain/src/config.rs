//! config.json: the settings a site owner can make, parsed strictly. `docs/config.md` explains every key; `docs/config.schema.json`
//! describes them for editors.
//!
//! A site owner sets client IDs, a cloud, a tenant, wizard defaults, details about the organization, and features to turn off. The file
//! cannot name an address that requests go to: every network host is in [`super::cloud`]. The file is untrusted: errors of size, encoding,
//! and unknown or repeated keys name the key.

use jiff::SignedDuration;

use crate::app_id_uri::choice::UriForm;
use crate::cloud::Cloud;
use crate::cmg;
use crate::cmg::AppName;
use crate::cmg::ConnectionName;
use crate::cmg::DESCRIPTION_MAX;
use crate::cmg::NameError;
use crate::cmg::SecretLife;
use crate::cmg::check_name;
use crate::config::error::ConfigError;
use crate::config::features::Features;
use crate::config::node::Member;
use crate::config::node::Node;
use crate::config::node::checked;
use crate::config::organization::Logo;
use crate::config::organization::SiteOwner;
use crate::config::organization::is_origin;
use crate::dns::Domain;
use crate::ids::AppId;
use crate::locale::Locale;
use crate::tenant::TenantHint;

pub mod error;
pub mod features;
mod node;
pub mod organization;

/// Maximum file size. A file with all keys has about 1,500 bytes.
pub const SIZE_MAX: usize = 16 * 1024;

/// File format version that this page reads. Raised when the meaning of a key changes, not when a key is added.
pub const VERSION: u32 = 1;

/// Maximum number of origins that may embed this page.
const PARENTS_MAX: usize = 20;

/// Maximum prefix length: the prefix plus the default name must be a valid name.
const PREFIX_MAX: usize = cmg::APP_NAME_MAX - cmg::SERVER_APP_NAME.len();

/// Maximum length of the name in an App ID URI.
const URI_NAME_MAX: usize = 100;

/// Allowed sign-in age, in minutes. Below five, differences between computer clocks are too large.
const AGES: std::ops::RangeInclusive<f64> = 5.0..=720.0;

/// The site owner's settings. The default has no settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Client ID of the page's own app registration in each cloud. Clouds do not share registrations.
    clients: Vec<(Cloud, AppId)>,
    /// The cloud selected by default.
    pub cloud: Option<Cloud>,
    /// The language of the page, unless the admin chooses another one. `boot.js` and `embed.js` apply it before the program starts.
    pub language: Option<Locale>,
    /// The tenant to sign in to.
    pub tenant: Option<TenantHint>,
    /// Default values of the wizard.
    pub proposals: Box<Defaults>,
    /// Details about the organization that runs the site.
    pub organization: Box<SiteOwner>,
    /// Logo of the organization.
    pub logo: Option<Logo>,
    /// Which features are offered.
    pub features: Features,
    /// Maximum age of a sign-in when the page writes; `None` allows any age.
    pub sign_in_age: Option<SignedDuration>,
    /// Origins whose pages may embed this page; none by default. `boot.js` checks them before the page starts.
    pub parents: Vec<String>,
}

/// Defaults for the wizard's fields, used until the admin types a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// Default name of the server app.
    pub server_app: Option<AppName>,
    /// Default name of the client app.
    pub client_app: Option<AppName>,
    /// Default name of the Azure service connection.
    pub connection_name: Option<ConnectionName>,
    /// Default description of the connection.
    pub connection_description: Option<String>,
    /// Form of App ID URI selected by default.
    pub uri_form: Option<UriForm>,
    /// Default name in the App ID URI.
    pub uri_name: Option<String>,
    /// Verified domain used by default in the App ID URI.
    pub uri_domain: Option<Domain>,
    /// Default lifetime of the client secret.
    pub secret_life: Option<SecretLife>,
}

impl Config {
    /// Parses the file. An empty file changes no setting.
    ///
    /// # Errors
    /// The first error, with its key.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        if bytes.len() > SIZE_MAX {
            return Err(ConfigError::TooLarge { bytes: bytes.len() });
        }
        let text = str::from_utf8(bytes).map_err(|_| ConfigError::NotUtf8)?;
        // Editors on Windows write a byte order mark.
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
        let members = checked(members, "")?;
        // Check the version first: keys of a later version are unknown here and would give a misleading error.
        if let Some(version) = members.iter().find(|member| member.path == "version") {
            check_version(&version.value)?;
        }
        let mut config = Self::default();
        for Member { path, value } in members {
            match path.as_str() {
                "$schema" => drop(value.into_text(&path)?),
                "version" => {}
                "clients" => config.clients = read_clients(value.into_members(&path)?)?,
                "cloud" => config.cloud = Some(read_cloud(&value.into_text(&path)?)?),
                "language" => config.language = Some(read_language(&value.into_text(&path)?)?),
                "tenant" => {
                    let hint = TenantHint::parse(&value.into_text(&path)?);
                    config.tenant = Some(hint.map_err(ConfigError::Tenant)?);
                }
                "names" => config.proposals.read_names(value.into_members(&path)?)?,
                "connection" => config
                    .proposals
                    .read_connection(value.into_members(&path)?)?,
                "appIdUri" => config.proposals.read_uri(value.into_members(&path)?)?,
                "secretLife" => config.proposals.secret_life = Some(read_life(&value)?),
                "organization" => {
                    config.organization = Box::new(SiteOwner::read(value.into_members(&path)?)?);
                }
                "logo" => config.logo = Some(Logo::parse(value.into_text(&path)?)?),
                "features" => config.features = Features::read(value.into_members(&path)?)?,
                "signInAge" => config.sign_in_age = Some(read_age(&value)?),
                "parents" => config.parents = read_parents(value, &path)?,
                _ => return Err(ConfigError::UnknownKey { key: path }),
            }
        }
        Ok(config)
    }

    /// Client ID for sign-in in a cloud, if the site owner set one.
    #[must_use]
    pub fn client_id(&self, cloud: Cloud) -> Option<AppId> {
        self.clients
            .iter()
            .find(|(known, _)| *known == cloud)
            .map(|(_, id)| *id)
    }
}

impl Defaults {
    fn read_names(&mut self, members: Vec<Member>) -> Result<(), ConfigError> {
        let mut prefix = None;
        for Member { path, value } in members {
            let slot = match path.as_str() {
                "names.prefix" => &mut prefix,
                "names.serverApp" => &mut self.server_app,
                "names.clientApp" => &mut self.client_app,
                _ => return Err(ConfigError::UnknownKey { key: path }),
            };
            let mut text = value.into_text(&path)?;
            if path == "names.prefix" && !text.is_empty() {
                let length = text.encode_utf16().count();
                if length > PREFIX_MAX {
                    let most = PREFIX_MAX;
                    return Err(of_key(path, NameError::TooLong { length, most }));
                }
                // A prefix may end with a space but a name may not, so validate the complete name.
                text.push_str(cmg::SERVER_APP_NAME);
            }
            *slot = Some(AppName::parse(&text).map_err(|error| of_key(path, error))?);
        }
        let before = prefix
            .as_ref()
            .and_then(|name| name.as_str().strip_suffix(cmg::SERVER_APP_NAME));
        if let Some(before) = before {
            let client = AppName::parse(&format!("{before}{}", cmg::CLIENT_APP_NAME)).ok();
            self.client_app = self.client_app.take().or(client);
            self.server_app = self.server_app.take().or(prefix);
        }
        let server = self.server_app.as_ref().map(AppName::as_str);
        let client = self.client_app.as_ref().map(AppName::as_str);
        // The unique key of each app is derived from its name.
        if server.unwrap_or(cmg::SERVER_APP_NAME) == client.unwrap_or(cmg::CLIENT_APP_NAME) {
            return Err(ConfigError::SameName);
        }
        Ok(())
    }

    fn read_connection(&mut self, members: Vec<Member>) -> Result<(), ConfigError> {
        for Member { path, value } in members {
            match path.as_str() {
                "connection.name" => {
                    let name = ConnectionName::parse(&value.into_text(&path)?);
                    self.connection_name = Some(name.map_err(|error| of_key(path, error))?);
                }
                "connection.description" => {
                    self.connection_description = Some(read_line(value, path, DESCRIPTION_MAX)?);
                }
                _ => return Err(ConfigError::UnknownKey { key: path }),
            }
        }
        Ok(())
    }

    fn read_uri(&mut self, members: Vec<Member>) -> Result<(), ConfigError> {
        for Member { path, value } in members {
            let text = match path.as_str() {
                "appIdUri.form" | "appIdUri.name" | "appIdUri.domain" => value.into_text(&path)?,
                _ => return Err(ConfigError::UnknownKey { key: path }),
            };
            if path == "appIdUri.form" {
                // A complete URI belongs to one app, so it cannot be a default.
                let form = UriForm::find(&text).filter(|form| *form != UriForm::Own);
                self.uri_form = Some(form.ok_or(ConfigError::UriForm { text })?);
            } else if path == "appIdUri.domain" {
                self.uri_domain = Some(Domain::parse(&text).map_err(ConfigError::UriDomain)?);
            } else {
                if !is_uri_name(&text) {
                    return Err(ConfigError::UriName { text });
                }
                self.uri_name = Some(text);
            }
        }
        Ok(())
    }
}

/// Whether the name makes a valid URI in every tenant.
fn is_uri_name(text: &str) -> bool {
    text.len() <= URI_NAME_MAX
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

fn check_version(value: &Node) -> Result<(), ConfigError> {
    match value {
        Node::Number(number) if *number == f64::from(VERSION) => Ok(()),
        Node::Number(number)
            if number.fract() == 0.0 && (f64::from(VERSION)..1000.0).contains(number) =>
        {
            Err(ConfigError::Newer {
                // The check above limits the number to less than a thousand. Formatting a fraction would add float formatting code to the
                // page.
                version: *number as u16,
            })
        }
        Node::Number(_)
        | Node::Text(_)
        | Node::Boolean(_)
        | Node::Object(_)
        | Node::List(_)
        | Node::Null => Err(ConfigError::Version),
    }
}

fn read_life(value: &Node) -> Result<SecretLife, ConfigError> {
    let days = |life: &SecretLife| f64::from(u16::from(life.years()) * 365);
    let Node::Number(number) = value else {
        return Err(ConfigError::SecretLife);
    };
    let found = SecretLife::ALL
        .into_iter()
        .find(|life| days(life) == *number);
    found.ok_or(ConfigError::SecretLife)
}

fn read_age(value: &Node) -> Result<SignedDuration, ConfigError> {
    match value {
        Node::Number(number) if number.fract() == 0.0 && AGES.contains(number) => {
            Ok(SignedDuration::from_mins(*number as i64))
        }
        Node::Number(_)
        | Node::Text(_)
        | Node::Boolean(_)
        | Node::Object(_)
        | Node::List(_)
        | Node::Null => Err(ConfigError::SignInAge),
    }
}

/// Reads one line of text that is shown to users.
fn read_line(value: Node, key: String, most: usize) -> Result<String, ConfigError> {
    let text = value.into_text(&key)?;
    match check_name(&text, most) {
        Ok(()) => Ok(text),
        Err(error) => Err(of_key(key, error)),
    }
}

fn of_key(key: String, error: NameError) -> ConfigError {
    ConfigError::Line { key, error }
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

fn read_language(text: &str) -> Result<Locale, ConfigError> {
    let is_it = |language: &Locale| !language.is_pseudo() && language.tag() == text;
    let found = Locale::ALL.into_iter().find(is_it);
    found.ok_or_else(|| ConfigError::Language {
        text: text.to_owned(),
    })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::Locale;

    const EN: Locale = Locale::En;

    #[track_caller]
    fn refused(text: &str, sentence: &str) {
        assert_eq!(
            Config::parse(text.as_bytes()).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn clients_cloud_tenant_and_names_are_read() {
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
        assert_eq!(
            config.proposals.server_app.unwrap().as_str(),
            "Contoso CMG server"
        );
        assert_eq!(
            config.proposals.client_app.unwrap().as_str(),
            "Contoso CMG client"
        );
    }

    #[test]
    fn an_empty_file_gives_the_default_configuration() {
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
    fn the_error_names_the_invalid_key_and_its_fix() {
        refused(
            "{",
            "config.json is not valid JSON at line 1, column 1, so correct it there.",
        );
        refused(
            "{\"cloud\": \"public\",}",
            "config.json is not valid JSON at line 1, column 20, so correct it there.",
        );
        refused(
            "{} x",
            "config.json is not valid JSON at line 1, column 4, so correct it there.",
        );
        refused(
            "// hi\n{}",
            "config.json is not valid JSON at line 1, column 1, so correct it there.",
        );
        for text in ["[]", "null", "1", "\"public\""] {
            refused(
                text,
                "config.json must be one object, so begin it with { and end it with }.",
            );
        }
        refused(
            "{\"graphUrl\": \"https://evil.example\"}",
            "The key graphUrl in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"Cloud\": \"public\"}",
            "The key Cloud in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"clients\": {\"china\": \"5e97358c-d99c-4558-af0c-de7774091dda\"}}",
            "The key clients.china in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"names\": {\"web\": \"x\"}}",
            "The key names.web in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"cloud\": \"public\", \"cloud\": \"usgov\"}",
            "The key cloud appears twice in config.json, so keep one of them.",
        );
        refused(
            "{\"clients\": {\"public\": \"5e97358c-d99c-4558-af0c-de7774091dda\", \"public\": \"x\"}}",
            "The key clients.public appears twice in config.json, so keep one of them.",
        );
        for value in ["1", "-1", "1.5", "true", "null", "[]", "{}"] {
            refused(
                &format!("{{\"cloud\": {value}}}"),
                "The value of cloud in config.json must be text, so put it in double quotes.",
            );
        }
        refused(
            "{\"$schema\": 1}",
            "The value of $schema in config.json must be text, so put it in double quotes.",
        );
        for value in ["\"x\"", "[]", "null"] {
            refused(
                &format!("{{\"clients\": {value}}}"),
                "The value of clients in config.json must be an object, so put it in braces.",
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
                "The value of clients.usgov in config.json is not an application (client) ID, so copy the GUID from the app registration.",
            );
        }
        for value in ["China", "PUBLIC", "https://login.evil.example"] {
            refused(
                &format!("{{\"cloud\": \"{value}\"}}"),
                &format!(
                    "The cloud {value} in config.json is unknown, so write public, usgov or usgov-dod."
                ),
            );
        }
        refused(
            "{\"tenant\": \"common\"}",
            "The tenant in config.json is not valid: Type one tenant's ID or domain instead of a word for several tenants.",
        );
        refused(
            "{\"names\": {\"serverApp\": \"\"}}",
            "The value of names.serverApp in config.json is empty, so enter a value or remove the key.",
        );
    }

    #[test]
    fn a_newer_version_is_reported_before_unknown_keys() {
        refused(
            "{\"later\": 1, \"version\": 2}",
            "config.json has version 2 and this page reads version 1, so publish the newer page or write the file for version 1.",
        );
        for value in ["0", "-1", "1.5", "1000", "1e99", "\"1\"", "null", "{}"] {
            refused(
                &format!("{{\"version\": {value}}}"),
                "The value of version in config.json must be the number 1, so correct it or remove the key.",
            );
        }
    }

    #[test]
    fn invalid_wizard_defaults_are_refused_with_a_reason() {
        refused(
            "{\"names\": {\"prefix\": \"\"}}",
            "The value of names.prefix in config.json is empty, so enter a value or remove the key.",
        );
        refused(
            "{\"names\": {\"prefix\": \" x\"}}",
            "The value of names.prefix in config.json begins or ends with a space, so remove that space.",
        );
        refused(
            &format!("{{\"names\": {{\"prefix\": \"{}\"}}}}", "x".repeat(108)),
            "The value of names.prefix in config.json has 108 characters and the limit is 107, so shorten it.",
        );
        refused(
            "{\"connection\": {\"nme\": \"x\"}}",
            "The key connection.nme in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            &format!("{{\"connection\": {{\"name\": \"{}\"}}}}", "x".repeat(101)),
            "The value of connection.name in config.json has 101 characters and the limit is 100, so shorten it.",
        );
        refused(
            "{\"names\": {\"prefix\": \"X \", \"clientApp\": \"X CMG-ServerApp\"}}",
            "config.json gives both apps the same name, so change names.serverApp or names.clientApp.",
        );
        refused(
            "{\"appIdUri\": {\"form\": \"own\"}}",
            "The App ID URI form own in config.json is unknown, so write tenant-app, tenant-name or domain-name.",
        );
        refused(
            "{\"appIdUri\": {\"name\": \"a/b\"}}",
            "The value a/b of appIdUri.name in config.json is not valid, so write at most 100 letters a to z, digits, hyphens, dots and \
             underscores, a letter or digit first.",
        );
        refused(
            "{\"appIdUri\": {\"domain\": \"contoso\"}}",
            &format!(
                "The value of appIdUri.domain in config.json is not valid: {}",
                EN.domain_not_a_domain()
            ),
        );
        refused(
            "{\"appIdUri\": {\"uri\": \"x\"}}",
            "The key appIdUri.uri in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"signInAge\": 4}",
            "The value of signInAge in config.json must be a whole number of minutes from 5 to 720, without quotes.",
        );
        refused(
            "{\"secretLife\": 90}",
            "The value of secretLife in config.json must be a number of days that the page offers, so write 365 or 730, without quotes.",
        );
    }

    #[test]
    fn invalid_site_owner_settings_are_refused_with_a_reason() {
        refused(
            "{\"organization\": {\"contact\": \"tel:+1\"}}",
            "The value tel:+1 of organization.contact in config.json is not a valid link, so write https:// with a host name in lower case, \
             or mailto: and one address.",
        );
        refused(
            "{\"organization\": {\"helpUrl\": \"http://wiki\"}}",
            "The value http://wiki of organization.helpUrl in config.json is not a valid link, so write https://, a host name in lower case, \
             and the path.",
        );
        refused(
            "{\"organization\": {\"notice\": \"\"}}",
            "The value of organization.notice in config.json is empty, so enter a value or remove the key.",
        );
        refused(
            "{\"organization\": {\"logo\": \"x.svg\"}}",
            "The key organization.logo in config.json is unknown, so remove it or correct its name.",
        );
        refused(
            "{\"logo\": \"https://evil.example/logo.svg\"}",
            "The logo https://evil.example/logo.svg in config.json is not the name of a file beside the page, so put logo.svg or \
             logo.png beside index.html and write only its name, in lower case.",
        );
        refused(
            "{\"features\": {\"retire\": \"false\"}}",
            "The value of features.retire in config.json must be true or false, without quotes.",
        );
        refused(
            "{\"features\": {\"undo\": false}}",
            "The key features.undo in config.json is unknown, so remove it or correct its name.",
        );
    }

    #[test]
    fn a_prefix_applies_to_default_names_only() {
        let names = |text: &str| {
            let config = Config::parse(format!("{{\"names\": {text}}}").as_bytes()).unwrap();
            let shown = |name: Option<AppName>| name.map(|name| name.as_str().to_owned());
            (
                shown(config.proposals.server_app),
                shown(config.proposals.client_app),
            )
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            names("{\"prefix\": \"Contoso \"}"),
            (some("Contoso CMG-ServerApp"), some("Contoso CMG-ClientApp"))
        );
        assert_eq!(
            names("{\"clientApp\": \"Y\", \"prefix\": \"X-\"}"),
            (some("X-CMG-ServerApp"), some("Y"))
        );
        assert_eq!(names("{}"), (None, None));
    }

    fn parents(list: &str) -> String {
        format!("{{\"parents\": [{list}]}}")
    }

    #[test]
    fn parent_origins_are_accepted_as_browsers_write_them() {
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
    fn a_parent_that_is_not_an_exact_origin_is_refused() {
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
            "The parent https://portal.contoso.com/ in config.json is not an origin, so write https://, the host name in \
             lower case (xn-- if international), a port unless it is 443, and nothing after it.",
        );
        refused(
            &parents("\"https://a.example\", \"https://a.example\""),
            "The parent https://a.example appears twice in config.json, so keep one of them.",
        );
        let many: Vec<String> = (0..21)
            .map(|number| format!("\"https://p{number}.example\""))
            .collect();
        refused(
            &parents(&many.join(",")),
            "config.json lists 21 parents and the limit is 20, so keep those that are in use.",
        );
        assert!(Config::parse(parents(&many[1..].join(",")).as_bytes()).is_ok());
        for value in ["\"https://a.example\"", "{}", "null", "1"] {
            refused(
                &format!("{{\"parents\": {value}}}"),
                "The value of parents in config.json must be a list, so put it in square brackets.",
            );
        }
        for value in ["1", "[]", "null"] {
            refused(
                &parents(value),
                "The value of parents in config.json must be text, so put it in double quotes.",
            );
        }
        refused(
            &parents("\"https://a.example\\u200b\""),
            "Character 18 (U+200B) in the value or name of parents in config.json is invisible, so delete it.",
        );
    }

    #[test]
    fn invisible_characters_are_refused() {
        refused(
            "{\"names\": {\"serverApp\": \"CMG\\u202eppA\"}}",
            "Character 4 (U+202E) in the value or name of names.serverApp in config.json is invisible, so delete it.",
        );
        refused(
            "{\"cloud\\u200b\": \"public\"}",
            "Character 6 (U+200B) in the value or name of cloud[U+200B] in config.json is invisible, so delete it.",
        );
        refused(
            "{\"$schema\": \"a\\u0000\"}",
            "Character 2 (U+0000) in the value or name of $schema in config.json is invisible, so delete it.",
        );
    }

    #[test]
    fn a_file_too_large_or_not_in_utf_8_is_refused() {
        let mut text = "{}".to_owned();
        text.push_str(&" ".repeat(SIZE_MAX - 2));
        assert_eq!(Config::parse(text.as_bytes()), Ok(Config::default()));
        text.push(' ');
        refused(
            &text,
            "config.json has 16385 bytes and the limit is 16384, so shorten it.",
        );
        assert_eq!(
            Config::parse(b"\xff\xfe{\0}\0").map_err(|error| error.sentence(EN)),
            Err("config.json is not UTF-8 text, so save it as UTF-8.".to_owned())
        );
        assert!(Config::parse("[".repeat(SIZE_MAX).as_bytes()).is_err());
        assert!(Config::parse("{\"a\":".repeat(2000).as_bytes()).is_err());
    }

    #[test]
    fn a_long_key_is_truncated_in_the_error() {
        refused(
            &format!("{{\"{}\": 1}}", "k".repeat(100)),
            &format!(
                "The key {}\u{2026} in config.json is unknown, so remove it or correct its name.",
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
