//! Which redirect URIs Microsoft Entra ID accepts ("Redirect URI (reply URL) restrictions and limitations").

use serde_json::Value;

use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::invalid;

const LONGEST: usize = 256;
const MOST: usize = 256;

#[derive(Clone, Copy)]
enum Platform {
    Web,
    Spa,
    PublicClient,
}

pub(in crate::directory) fn check(application: &Object) -> Result<(), Refusal> {
    let mut total = 0;
    for (name, platform) in [
        ("web", Platform::Web),
        ("spa", Platform::Spa),
        ("publicClient", Platform::PublicClient),
    ] {
        let uris: Vec<&str> = application
            .get(name)
            .and_then(|platform| platform["redirectUris"].as_array())
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        total += uris.len();
        for (place, uri) in uris.iter().enumerate() {
            if uris[..place].contains(uri) {
                return Err(Refusal::new(
                    400,
                    "Request_BadRequest",
                    "Request contains a property with duplicate values.",
                )
                .detail("DuplicateValue", "redirectUris"));
            }
            if !is_fit(platform, uri) {
                return Err(invalid(&format!("{name}.redirectUris"), "Application"));
            }
        }
    }
    if total > MOST {
        return Err(invalid("redirectUris", "Application"));
    }
    Ok(())
}

fn is_fit(platform: Platform, uri: &str) -> bool {
    if uri.len() > LONGEST || !uri.is_ascii() || uri.contains(['#', '*', ' ']) {
        return false;
    }
    if uri.contains(['!', '$', '\'', '(', ')', ',', ';']) {
        return false;
    }
    let Some((scheme, rest)) = uri.split_once(':') else {
        return false;
    };
    let host = rest
        .strip_prefix("//")
        .map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
    match (scheme, host) {
        ("https", Some(host)) => !host.is_empty() && !host.starts_with('['),
        // `http` is allowed only for the local computer. `[::1]` is not supported.
        ("http", Some(host)) => {
            let name = host.split(':').next().unwrap_or_default();
            name == "localhost" || name == "127.0.0.1"
        }
        ("http" | "https", None) => false,
        _ => match platform {
            Platform::Web | Platform::Spa => false,
            Platform::PublicClient => !rest.is_empty() && !scheme.is_empty(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn taken(platform: &str, uri: &str, expected: bool) {
        let application = json!({ platform: { "redirectUris": [uri] } });
        let application = application.as_object().unwrap();
        assert_eq!(check(application).is_ok(), expected, "{platform} {uri}");
    }

    #[test]
    fn each_platform_accepts_its_own_redirect_uris() {
        taken("web", "http://localhost", true);
        taken("web", "http://localhost:8080/x", true);
        taken(
            "web",
            "https://cmg.contoso.com/CCM_Proxy_ServerAuth/ImplicitAuth",
            true,
        );
        taken("web", "http://contoso.com", false);
        taken("web", "http://[::1]/", false);
        taken("web", "ms-appx-web://Microsoft.AAD.BrokerPlugin/x", false);
        taken(
            "publicClient",
            "ms-appx-web://Microsoft.AAD.BrokerPlugin/x",
            true,
        );
        taken("publicClient", "urn:ietf:wg:oauth:2.0:oob", true);
        taken("spa", "https://contoso.com/it's", false);
        taken("spa", "https://contoso.com/#x", false);
        taken("spa", "https://*.contoso.com", false);
        taken("spa", "https://münchen.example", false);
        taken("spa", "localhost", false);
        taken("spa", "", false);
        taken(
            "spa",
            &format!("https://a.example/{}", "x".repeat(240)),
            false,
        );
    }
}
