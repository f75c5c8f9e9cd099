//! Details about the organization that runs the site. Shown as plain text, attributed to the organization, and separate from the page's own
//! text.

use crate::config::error::ConfigError;
use crate::config::node::Member;
use crate::config::read_line;
use crate::dns::is_host_name;

const NAME_MAX: usize = 100;

/// Maximum length of the notice: a few sentences.
const NOTICE_MAX: usize = 500;

const LINK_MAX: usize = 255;

const FILE_MAX: usize = 64;

/// Details about the organization that runs the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteOwner {
    /// Display name of the organization.
    pub name: Option<String>,
    /// Notice shown to every user.
    pub notice: Option<String>,
    /// Where users get help from a person.
    pub contact: Option<SiteLink>,
    /// Link to the organization's own help page.
    pub help: Option<SiteLink>,
}

/// A link, shown as its complete URL. The page itself sends no request to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteLink(String);

/// Name of an image file in the page's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(String);

impl SiteOwner {
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
                    organization.contact = Some(SiteLink(text));
                }
                "organization.helpUrl" => {
                    let text = value.into_text(&path)?;
                    if !is_web(&text) {
                        return Err(ConfigError::HelpUrl { text });
                    }
                    organization.help = Some(SiteLink(text));
                }
                _ => return Err(ConfigError::UnknownKey { key: path }),
            }
        }
        Ok(organization)
    }

    /// Whether no detail is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl SiteLink {
    /// The complete link, as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Logo {
    /// Accepts only a plain file name, so that the path cannot leave the page's folder.
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

    /// Name of the logo file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is a web address: an origin, followed only by characters that a URL can contain.
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

/// Whether a text is a single email address, without a subject or a body.
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

/// Whether the last label is not a number. Browsers read a number, including `0x7f`, as an IP address, which differs from the shown text.
fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_lower_host(host: &str) -> bool {
    is_host_name(host) && !host.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a text is an origin exactly as browsers write it. Origins are compared as text, so nothing is normalized here.
pub(super) fn is_origin(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(is_authority)
}

/// A lowercase host, and a port unless it is the default port.
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
