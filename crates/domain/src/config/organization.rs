//! What the people who host the page say of themselves. Shown as theirs, as text, and never mixed with what the page says.

use crate::config::error::ConfigError;
use crate::config::node::Member;
use crate::config::read_line;
use crate::dns::is_host_name;

/// Longest name of an organization.
const NAME_MAX: usize = 100;

/// Longest notice: a few sentences.
const NOTICE_MAX: usize = 500;

/// Longest link.
const LINK_MAX: usize = 255;

/// Longest name of a file.
const FILE_MAX: usize = 64;

/// What is said of the host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organization {
    /// What it is called.
    pub name: Option<String>,
    /// What it tells everybody who comes.
    pub notice: Option<String>,
    /// Whom to ask.
    pub contact: Option<Link>,
    /// What to read.
    pub help: Option<Link>,
}

/// A link a person may follow, shown letter by letter. The page itself asks nothing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

/// A picture that lies beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(String);

impl Organization {
    pub(super) fn read(members: Vec<Member>) -> Result<Self, ConfigError> {
        let mut organization = Self::default();
        for Member { path, value } in members {
            match path.as_str() {
                "organization.name" => {
                    organization.name = Some(read_line(value, path, NAME_MAX)?);
                }
                "organization.notice" => {
                    organization.notice = Some(read_line(value, path, NOTICE_MAX)?);
                }
                "organization.contact" => {
                    let text = value.into_text(&path)?;
                    if !is_web(&text) && !is_mail(&text) {
                        return Err(ConfigError::Contact { text });
                    }
                    organization.contact = Some(Link(text));
                }
                "organization.helpUrl" => {
                    let text = value.into_text(&path)?;
                    if !is_web(&text) {
                        return Err(ConfigError::HelpUrl { text });
                    }
                    organization.help = Some(Link(text));
                }
                _ => return Err(ConfigError::UnknownKey { key: path }),
            }
        }
        Ok(organization)
    }

    /// Nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Link {
    /// The whole of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Logo {
    /// Takes the name of a file, and nothing that leads anywhere else.
    pub(super) fn parse(text: String) -> Result<Self, ConfigError> {
        let is_of_name = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_')
        };
        let is_picture = text.ends_with(".svg") || text.ends_with(".png");
        if is_picture
            && text.len() <= FILE_MAX
            && text.bytes().all(is_of_name)
            && !text.starts_with(['-', '.', '_'])
        {
            Ok(Self(text))
        } else {
            Err(ConfigError::Logo { text })
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is an address of a page: an origin, and after it only what a URL has as it stands.
fn is_web(text: &str) -> bool {
    let is_of_url = |byte: u8| {
        byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
    };
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some((authority, path)) = rest.split_at_checked(end) else {
        return false;
    };
    let host = authority.split(':').next().unwrap_or_default();
    text.len() <= LINK_MAX
        && is_authority(authority)
        && is_name(host)
        && path.bytes().all(is_of_url)
}

/// Whether a text is one mail address, without a subject or a body to send.
fn is_mail(text: &str) -> bool {
    let Some((local, host)) = text
        .strip_prefix("mailto:")
        .and_then(|address| address.split_once('@'))
    else {
        return false;
    };
    let is_of_local =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'+');
    text.len() <= LINK_MAX
        && !local.is_empty()
        && local.bytes().all(is_of_local)
        && is_lower_host(host)
        && is_name(host)
}

/// Whether the last part is a word. Browsers read a number there, `0x7f` too, as an IP address, which is another than is shown.
fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_lower_host(host: &str) -> bool {
    is_host_name(host) && !host.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a text is an origin letter by letter as browsers write one, which is how it is compared: nothing is mended here.
pub(super) fn is_origin(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(is_authority)
}

/// A host in lower case, and a port unless it is the one that is not written.
fn is_authority(text: &str) -> bool {
    let (host, is_port) = match text.split_once(':') {
        None => (text, true),
        Some((host, port)) => (
            host,
            port.parse::<u16>()
                .is_ok_and(|number| number != 0 && number != 443 && number.to_string() == port),
        ),
    };
    is_port && is_lower_host(host)
}
