//! Answers on the client ID page. They never leave the page.

use crate::ui::field_id::FieldId;
use domain::cloud::Cloud;
use engine::auth::scopes::ScopeSet;
use engine::export::registration::Method;
use engine::export::registration::Registration;
use engine::export::registration::address::AddressFault;
use engine::export::registration::address::PageAddress;

/// The answers as typed or picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationForm {
    /// `Cloud::key`.
    pub cloud: String,
    /// `ScopeSet::key`.
    pub work: String,
    pub address: String,
    /// Other pages embed this page in a frame.
    pub is_framed: bool,
    /// Tenant-wide consent, granted with the registration.
    pub consents: bool,
    /// `Method::key`.
    pub way: String,
    /// The admin has answered something, so the page no longer sets defaults.
    is_own: bool,
}

/// The purposes of a registration, in the order shown.
pub const WORKS: [ScopeSet; 4] = [
    ScopeSet::Check,
    ScopeSet::SetUp,
    ScopeSet::Discovery,
    ScopeSet::Providers,
];

/// Longest text read back, in bytes.
const LONGEST: usize = 4 * 1024;

const VERSION: (&str, &str) = ("version", "1");

impl RegistrationForm {
    /// The stored answers, or the defaults of the page.
    #[must_use]
    pub fn new(home: &str, kept: Option<&str>) -> Self {
        let fresh = Self {
            cloud: Cloud::Public.key().to_owned(),
            work: ScopeSet::SetUp.key().to_owned(),
            address: home.to_owned(),
            is_framed: false,
            consents: false,
            way: Method::Portal.key().to_owned(),
            is_own: false,
        };
        kept.and_then(|text| fresh.read(text)).unwrap_or(fresh)
    }

    fn read(&self, text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut form = self.clone();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if let Some(entry) = FieldId::find(&name) {
                form.set(entry, value.into_owned());
            }
        }
        // Only text that this page would write again byte by byte is accepted; other text came from somewhere else.
        (form.kept() == text).then_some(form)
    }

    /// The form as session storage keeps it.
    #[must_use]
    pub fn kept(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair(VERSION.0, VERSION.1);
        for (entry, typed) in self.typed() {
            text.append_pair(entry.key(), typed);
        }
        text.finish()
    }

    pub fn set(&mut self, entry: FieldId, text: String) {
        let is_on = !text.is_empty();
        if entry == FieldId::RegisterCloud {
            self.cloud = text;
        } else if entry == FieldId::RegisterWork {
            self.work = text;
        } else if entry == FieldId::RegisterAddress {
            self.address = text;
        } else if entry == FieldId::RegisterFramed {
            self.is_framed = is_on;
        } else if entry == FieldId::RegisterConsent {
            self.consents = is_on;
        } else if entry == FieldId::RegisterWay {
            self.way = text;
        } else {
            return;
        }
        self.is_own = true;
    }

    fn typed(&self) -> [(FieldId, &str); 6] {
        let flag = |is_on| if is_on { "on" } else { "" };
        [
            (FieldId::RegisterCloud, &self.cloud),
            (FieldId::RegisterWork, &self.work),
            (FieldId::RegisterAddress, &self.address),
            (FieldId::RegisterFramed, flag(self.is_framed)),
            (FieldId::RegisterConsent, flag(self.consents)),
            (FieldId::RegisterWay, &self.way),
        ]
    }

    /// Sets defaults from the page's settings, unless the admin has already answered.
    pub fn propose(&mut self, cloud: Cloud, is_framed: bool) {
        if !self.is_own {
            self.cloud = cloud.key().to_owned();
            self.is_framed = is_framed;
        }
    }

    #[must_use]
    pub fn cloud(&self) -> Cloud {
        Cloud::find(&self.cloud).unwrap_or_default()
    }

    #[must_use]
    pub fn way(&self) -> Method {
        let known = Method::ALL.into_iter().find(|way| way.key() == self.way);
        known.unwrap_or_default()
    }

    /// The registration that these answers describe.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn registration(&self) -> Result<Registration, AddressFault> {
        Ok(Registration {
            cloud: self.cloud(),
            work: ScopeSet::find(&self.work).unwrap_or_default(),
            address: PageAddress::parse(&self.address)?,
            is_framed: self.is_framed,
            consents: self.consents,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_is_restored_and_invalid_data_is_ignored() {
        let mut form = RegistrationForm::new("https://cmg.contoso.com/", None);
        form.propose(Cloud::UsGov, true);
        assert_eq!((form.cloud(), form.is_framed), (Cloud::UsGov, true));
        form.set(FieldId::RegisterAddress, "https://zürich/?&=%20".to_owned());
        form.set(FieldId::RegisterWay, "bicep".to_owned());
        form.propose(Cloud::Public, false);
        let kept = form.kept();
        assert_eq!(RegistrationForm::new("https://other/", Some(&kept)), form);
        for bad in [
            String::new(),
            format!("{kept}&x=1"),
            kept.replace("version=1", "version=2"),
            format!("{kept}{}", "x".repeat(LONGEST)),
        ] {
            let fresh = RegistrationForm::new("https://other/", Some(&bad));
            assert_eq!(fresh.address, "https://other/", "{bad:.100}");
        }
    }
}
