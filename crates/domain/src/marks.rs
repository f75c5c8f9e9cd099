//! The marks this tool leaves on what it makes, by which it knows its own again.
//!
//! A display name is no such mark: anybody may use it twice. The key is (`uniqueName`): Graph keeps it unique in the tenant and
//! takes it as an address, so a repeated create finds the first app instead of making a second ("Upsert application", 2024-08-22).

use uuid::Uuid;

use crate::cmg::AppName;

/// Label on the applications (`tags`), for people who look.
pub const TAG: &str = "CMGEntraSetup";

/// Keeps our name-based GUIDs apart from everybody else's (RFC 9562 section 5.5).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0c_31f5_2d4b_4a1e_9c57_0d8a_7e62_b913);

/// The key of a web (server) app: the same for the same Application name, so that a second run finds the app of the first.
#[must_use]
pub fn server_key(name: &AppName) -> String {
    key("server", name)
}

/// The key of a native (client) app.
#[must_use]
pub fn client_key(name: &AppName) -> String {
    key("client", name)
}

/// The key of the page's own registration: one for each address the page stands at, so that a second run of a script finds the app of
/// the first. It does not begin with `KEY`: that is how what a run may take back is known, and this app is none of it.
#[must_use]
pub fn page_key(address: &str) -> String {
    let guid = Uuid::new_v5(&NAMESPACE, format!("page\n{address}").as_bytes());
    format!("page-of-cmg-entra-setup-{guid}")
}

/// Label on the page's own registration, for people who look.
pub const PAGE_TAG: &str = "CMGEntraSetupPage";

/// Every key begins so.
pub const KEY: &str = "cmg-entra-setup-";

fn key(part: &str, name: &AppName) -> String {
    // A GUID, because Microsoft names no alphabet for the key and an Application name may hold anything.
    let guid = Uuid::new_v5(&NAMESPACE, format!("{part}\n{}", name.as_str()).as_bytes());
    format!("{KEY}{part}-{guid}")
}

/// How the description of a client secret of this tool begins.
const SECRET: &str = "CMG Entra Setup ";

/// The description of a client secret: tells where it came from and from which run.
#[must_use]
pub fn secret_name(run: &str) -> String {
    format!("{SECRET}{run}")
}

/// True if a description is one of this tool's.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    name.strip_prefix(SECRET)
        .is_some_and(|run| Uuid::try_parse(run).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_has_the_same_key_and_another_name_another() {
        let name = |text: &str| AppName::parse(text).unwrap();
        assert_eq!(server_key(&name("CMG")), server_key(&name("CMG")));
        assert_ne!(server_key(&name("CMG")), server_key(&name("cmg")));
        assert_ne!(server_key(&name("CMG")), client_key(&name("CMG")));
    }

    /// Changing a key would make this tool forget every app it has made.
    #[test]
    fn keys_never_change() {
        assert_eq!(
            server_key(&AppName::server()),
            "cmg-entra-setup-server-b44d78c3-854c-5318-884f-e13f1ee73ce1"
        );
        assert_eq!(
            client_key(&AppName::client()),
            "cmg-entra-setup-client-f975ef6a-1624-5247-8457-8ce6785fb073"
        );
        assert_eq!(
            page_key("https://cmg.contoso.com/"),
            "page-of-cmg-entra-setup-5dc4add1-18c9-55d3-b252-777ebcfa9fff"
        );
        assert!(!page_key("").starts_with(KEY));
        assert_eq!(secret_name("r-1"), "CMG Entra Setup r-1");
    }
}
