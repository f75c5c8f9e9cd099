//! Parses the `scope` parameter: OpenID Connect scopes, resources, permissions. Does not check whether they exist.

use crate::entra::refusal::Refusal;

/// The parsed parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// `openid`: the client requests an ID token.
    pub(super) openid: bool,
    pub(super) profile: bool,
    pub(super) email: bool,
    /// `offline_access`: the client requests a refresh token.
    pub(super) offline_access: bool,
    /// One entry for each spelling of a resource, in the order of the request.
    pub(super) resources: Vec<AskedResource>,
}

/// The permissions of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskedResource {
    /// The resource as spelled, up to the last `/` before the permission. `None` for names without a resource, which mean Microsoft Graph.
    pub(super) uri: Option<String>,
    /// Permission names. Empty for `.default`.
    pub(super) permissions: Vec<String>,
}

impl AskedResource {
    /// `.default`: all granted or configured permissions.
    pub(super) fn is_default(&self) -> bool {
        self.permissions.is_empty()
    }
}

impl Asked {
    pub(super) fn parse(scope: &str) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        let mut defaults = false;
        for word in scope.split_ascii_whitespace() {
            match word {
                "openid" => asked.openid = true,
                "profile" => asked.profile = true,
                "email" => asked.email = true,
                "offline_access" => asked.offline_access = true,
                _ => {
                    let (uri, permission) = match word.rsplit_once('/') {
                        // The resource keeps its own trailing slash: `https://management.azure.com//.default`.
                        Some((uri, permission)) => (Some(uri.to_owned()), permission),
                        None => (None, word),
                    };
                    if permission.is_empty() || uri.as_deref() == Some("") {
                        return Err(Refusal::scope_invalid(word, "The scope format is invalid."));
                    }
                    defaults |= permission == ".default";
                    let place = match asked.resources.iter().position(|one| one.uri == uri) {
                        Some(place) => place,
                        None => {
                            asked.resources.push(AskedResource {
                                uri,
                                permissions: Vec::new(),
                            });
                            asked.resources.len() - 1
                        }
                    };
                    if permission != ".default" {
                        asked.resources[place]
                            .permissions
                            .push(permission.to_owned());
                    }
                }
            }
        }
        let named = asked.resources.iter().any(|one| !one.is_default());
        if defaults && (named || asked.resources.len() > 1) {
            return Err(Refusal::scope_invalid(
                scope,
                ".default scope can't be combined with resource-specific scopes.",
            ));
        }
        Ok(asked)
    }

    pub(super) fn openid_words(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.openid, "openid"),
            (self.profile, "profile"),
            (self.email, "email"),
            (self.offline_access, "offline_access"),
        ]
        .into_iter()
        .filter_map(|(is_asked, word)| is_asked.then_some(word))
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_bare_scope_means_graph_and_a_resource_keeps_its_slash() {
        let asked = Asked::parse("openid User.Read https://management.azure.com//user_impersonation api://t/a/user_impersonation").unwrap();
        assert!(asked.openid && !asked.offline_access);
        let spelled: Vec<_> = asked
            .resources
            .iter()
            .map(|one| (one.uri.as_deref(), one.permissions.join(" ")))
            .collect();
        assert_eq!(
            spelled,
            [
                (None, "User.Read".to_owned()),
                (
                    Some("https://management.azure.com/"),
                    "user_impersonation".to_owned()
                ),
                (Some("api://t/a"), "user_impersonation".to_owned()),
            ]
        );
    }

    #[test]
    fn the_default_scope_excludes_other_resource_scopes() {
        for (scope, code) in [
            (
                "https://graph.microsoft.com/.default openid offline_access",
                None,
            ),
            (
                "https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read",
                Some(70011),
            ),
            (
                "https://graph.microsoft.com/.default User.Read",
                Some(70011),
            ),
            ("/User.Read", Some(70011)),
        ] {
            assert_eq!(Asked::parse(scope).err().map(|no| no.code), code, "{scope}");
        }
    }
}
