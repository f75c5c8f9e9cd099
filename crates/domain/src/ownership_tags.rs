//! Ownership tags and keys that this tool writes to its objects, so that it can recognize them.
//!
//! A display name does not identify an app, because several apps can share it. The key (`uniqueName`) does: Graph keeps it unique in the
//! tenant and accepts it as an address, so a repeated create finds the first app instead of creating a second ("Upsert application",
//! 2024-08-22).

use uuid::Uuid;

use crate::cmg::AppName;

/// Tag on the apps (`tags`), for admins to see.
pub const TAG: &str = "CMGEntraSetup";

/// Namespace that keeps the tool's name-based GUIDs distinct from others (RFC 9562 section 5.5).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0c_31f5_2d4b_4a1e_9c57_0d8a_7e62_b913);

/// Key of a web (server) app. The same Application name gives the same key, so a second run finds the app of the first.
#[must_use]
pub fn server_key(name: &AppName) -> String {
    key("server", name)
}

/// Key of a native (client) app.
#[must_use]
pub fn client_key(name: &AppName) -> String {
    key("client", name)
}

/// Key of the page's own app registration: one for each address of the page, so that a second run of a script finds the app of the first.
/// It does not start with `KEY`, because undo may only remove apps whose key starts with `KEY`.
#[must_use]
pub fn page_key(address: &str) -> String {
    let guid = Uuid::new_v5(&NAMESPACE, format!("page\n{address}").as_bytes());
    format!("page-of-cmg-entra-setup-{guid}")
}

/// Tag on the page's own app registration, for admins to see.
pub const PAGE_TAG: &str = "CMGEntraSetupPage";

/// Prefix of every key that undo may act on.
pub const KEY_PREFIX: &str = "cmg-entra-setup-";

fn key(part: &str, name: &AppName) -> String {
    // A GUID, because Microsoft documents no character set for the key and an Application name may contain any character.
    let guid = Uuid::new_v5(&NAMESPACE, format!("{part}\n{}", name.as_str()).as_bytes());
    format!("{KEY_PREFIX}{part}-{guid}")
}

/// Prefix of the description of this tool's client secrets.
const SECRET: &str = "CMG Entra Setup ";

/// Description of a client secret, with the tool and the run that created it.
#[must_use]
pub fn secret_name(run: &str) -> String {
    format!("{SECRET}{run}")
}

/// True if this tool wrote the description.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    name.strip_prefix(SECRET)
        .is_some_and(|run| Uuid::try_parse(run).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_equal_only_for_the_same_name_and_role() {
        let name = |text: &str| AppName::parse(text).unwrap();
        assert_eq!(server_key(&name("CMG")), server_key(&name("CMG")));
        assert_ne!(server_key(&name("CMG")), server_key(&name("cmg")));
        assert_ne!(server_key(&name("CMG")), client_key(&name("CMG")));
    }

    /// If a key changed, the tool would no longer recognize the apps it created.
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
        assert!(!page_key("").starts_with(KEY_PREFIX));
        assert_eq!(secret_name("r-1"), "CMG Entra Setup r-1");
    }
}
