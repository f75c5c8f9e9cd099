//! The authorize endpoint: parses the request and checks where the response may be sent.
//!
//! Source: Microsoft identity platform, "OAuth 2.0 authorization code flow" (2026-08). `reply` builds the response, `steps` handles sign-in
//! and consent.

use crate::Sim;
use crate::entra::authority::Authority;
use crate::entra::client;
use crate::entra::client::Client;
use crate::entra::client::Platform;
use crate::entra::flow::Challenge;
use crate::entra::flow::Flow;
use crate::entra::flow::Mode;
use crate::entra::flow::Prompt;
use crate::entra::flow::Reply;
use crate::entra::flow::Want;
use crate::entra::mint;
use crate::entra::params::Params;
use crate::entra::refusal::Refusal;
use crate::entra::scope::Asked;
use domain::ids::AppId;

/// Why no flow starts, and where the error is shown.
pub(super) enum Trouble {
    /// On the service's own page: the client or its redirect URI is unknown, so nothing may be sent there.
    Page(Refusal),
    /// At the client, as an error response.
    AtClient(Box<Reply>, Refusal),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Page(refusal)
    }
}

/// Validates an authorize request and starts a flow.
pub(super) fn begin(
    sim: &mut Sim,
    host: &str,
    word: &str,
    params: &Params,
) -> Result<Flow, Trouble> {
    let authority = Authority::find(sim, host, word)?;
    if params.has_duplicates() {
        return Err(Refusal::malformed().into());
    }
    let (client, reply) = addressee(sim, authority, word, params)?;
    let refuse = |refusal| Trouble::AtClient(Box::new(reply.clone()), refusal);
    match params.find("response_mode") {
        None | Some("query" | "fragment" | "form_post") => {}
        Some(other) => return Err(refuse(Refusal::response_mode(other))),
    }
    if !reply.wants_code {
        let word = params.find("response_type").unwrap_or_default();
        match word {
            "" => return Err(refuse(Refusal::missing("response_type"))),
            "id_token" if client.id_token_implicit => {}
            "id_token" => return Err(refuse(Refusal::implicit_off(word))),
            other => return Err(refuse(Refusal::response_type(other))),
        }
    } else if reply.wants_id_token && !client.id_token_implicit {
        return Err(refuse(Refusal::implicit_off("id_token")));
    }
    if reply.wants_id_token && reply.mode == Mode::Query {
        return Err(refuse(Refusal::response_mode("query")));
    }
    if reply.wants_id_token && reply.nonce.is_none() {
        return Err(refuse(Refusal::missing("nonce")));
    }
    let reply = Reply {
        challenge: challenge(params, reply.platform).map_err(refuse)?,
        ..reply.clone()
    };
    let asked = Asked::parse(params.find("scope").unwrap_or_default()).map_err(refuse)?;
    if asked.is_empty() {
        return Err(refuse(Refusal::missing("scope")));
    }
    let prompt = match params.find("prompt") {
        None => None,
        Some("login") => Some(Prompt::Login),
        Some("none") => Some(Prompt::None),
        Some("consent" | "admin_consent") => Some(Prompt::Consent),
        Some("select_account") => Some(Prompt::SelectAccount),
        Some(other) => return Err(refuse(Refusal::prompt_word(other))),
    };
    let (is_strong, is_cae_capable) = read_claims(params.find("claims")).map_err(refuse)?;
    let correlation = params
        .find("client-request-id")
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| sim.rng.guid());
    Ok(Flow {
        host: host.to_owned(),
        authority,
        client: client.id,
        asked,
        want: Want::Code(reply),
        prompt,
        hint: params
            .find("login_hint")
            .map(|hint| mint::user_of_hint(hint).unwrap_or_else(|| hint.to_owned())),
        is_strong,
        is_cae_capable,
        account: None,
        consented: false,
        correlation,
    })
}

/// The client, and how to respond to it. An error in this step is shown only on the service's own page.
fn addressee(
    sim: &Sim,
    authority: Authority,
    word: &str,
    params: &Params,
) -> Result<(Client, Reply), Refusal> {
    let client = client_of(sim, authority, word, params)?;
    let redirect = params.find("redirect_uri").unwrap_or_default();
    let platform = registered(&client, redirect).ok_or_else(|| {
        if client.redirects.is_empty() {
            Refusal::redirect_none()
        } else {
            Refusal::redirect_unregistered(redirect, &client.id.to_string())
        }
    })?;
    let types: Vec<&str> = params
        .find("response_type")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .collect();
    let wants_id_token = types.contains(&"id_token");
    Ok((
        client,
        Reply {
            redirect: redirect.to_owned(),
            platform,
            mode: match params.find("response_mode") {
                Some("fragment") => Mode::Fragment,
                Some("form_post") => Mode::FormPost,
                // A response that contains a token must not be in the query.
                _ if wants_id_token => Mode::Fragment,
                _ => Mode::Query,
            },
            state: params.find("state").map(ToOwned::to_owned),
            nonce: params.find("nonce").map(ToOwned::to_owned),
            challenge: None,
            wants_code: types.contains(&"code"),
            wants_id_token,
            wants_client_info: params.find("client_info") == Some("1"),
        },
    ))
}

/// The client that a request names. Error if the path excludes it.
pub(super) fn client_of(
    sim: &Sim,
    authority: Authority,
    word: &str,
    params: &Params,
) -> Result<Client, Refusal> {
    let text = params.get("client_id")?;
    let unknown = || Refusal::client_unknown(text, word);
    let id: AppId = text.parse().map_err(|_| {
        Refusal::new(
            700_016,
            "unauthorized_client",
            format!(
                "Application with identifier '{text}' was not found in the directory '{word}'."
            ),
        )
    })?;
    let client = client::find(sim, authority.tenant(), id).ok_or_else(unknown)?;
    match (client.home, authority.tenant()) {
        (Some(home), Some(tenant)) if home != tenant => Err(unknown()),
        (Some(_), None) => Err(Refusal::not_multi_tenant(
            text,
            &client.name,
            &authority.word(),
        )),
        _ => Ok(client),
    }
}

/// The platform that a redirect URI is registered for. The comparison is exact, as documented, except for the port of `http://localhost`.
pub(super) fn registered(client: &Client, uri: &str) -> Option<Platform> {
    if uri.is_empty() {
        return None;
    }
    client
        .redirects
        .iter()
        .find(|(_, one)| one == uri)
        .or_else(|| {
            let path = localhost_path(uri)?;
            client
                .redirects
                .iter()
                .find(|(_, one)| localhost_path(one) == Some(path))
        })
        .map(|(platform, _)| *platform)
}

/// The path of an `http://localhost` URL, with any port.
fn localhost_path(uri: &str) -> Option<&str> {
    let rest = uri.strip_prefix("http://localhost")?;
    let rest = match rest.strip_prefix(':') {
        Some(port) => port.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    match rest {
        "" | "/" => Some("/"),
        path if path.starts_with('/') => Some(path),
        _ => None,
    }
}

fn challenge(params: &Params, platform: Platform) -> Result<Option<Challenge>, Refusal> {
    let Some(text) = params.find("code_challenge") else {
        return match (platform, params.find("code_challenge_method")) {
            (Platform::Spa, _) => Err(Refusal::pkce_needed()),
            (Platform::Web | Platform::Native, None) => Ok(None),
            (Platform::Web | Platform::Native, Some(_)) => Err(Refusal::challenge_size()),
        };
    };
    let is_sized = (43..=128).contains(&text.len());
    match params.find("code_challenge_method") {
        Some("S256") if text.len() == 43 => Ok(Some(Challenge::S256(text.to_owned()))),
        // Single-page applications must use S256.
        None | Some("plain") if platform == Platform::Spa => Err(Refusal::pkce_needed()),
        None | Some("plain") if is_sized => Ok(Some(Challenge::Plain(text.to_owned()))),
        None | Some("plain" | "S256") => Err(Refusal::challenge_size()),
        Some(other) => Err(Refusal::challenge_method(other)),
    }
}

/// Whether a claims request asks for multifactor authentication, and whether it declares that the client supports claims challenges.
pub(super) fn read_claims(text: Option<&str>) -> Result<(bool, bool), Refusal> {
    let Some(text) = text else {
        return Ok((false, false));
    };
    let claims: serde_json::Value = serde_json::from_str(text).map_err(|_| Refusal::malformed())?;
    if !claims.is_object() {
        return Err(Refusal::malformed());
    }
    let wanted = &claims["access_token"];
    let is_cae_capable = wanted["xms_cc"]["values"].as_array().is_some_and(|values| {
        values
            .iter()
            .filter_map(|value| value.as_str())
            .any(|value| value.eq_ignore_ascii_case("cp1"))
    });
    let is_strong = wanted
        .as_object()
        .is_some_and(|members| members.keys().any(|key| key != "xms_cc"));
    Ok((is_strong, is_cae_capable))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn client(uris: &[(Platform, &str)]) -> Client {
        Client {
            id: AppId::new(Uuid::from_u128(7)),
            name: "Test".to_owned(),
            home: None,
            redirects: uris
                .iter()
                .map(|(platform, uri)| (*platform, (*uri).to_owned()))
                .collect(),
            is_public: false,
            is_first_party: false,
            configured: Vec::new(),
            id_token_implicit: false,
            has_login_hint_claim: false,
        }
    }

    #[test]
    fn a_redirect_uri_matches_exactly_except_for_localhost_ports() {
        let client = client(&[
            (Platform::Spa, "https://cmg.example/"),
            (Platform::Native, "http://localhost"),
            (Platform::Spa, "http://127.0.0.1:8080/"),
        ]);
        for (uri, platform) in [
            ("https://cmg.example/", Some(Platform::Spa)),
            ("https://cmg.example", None),
            ("https://cmg.example/?x=1", None),
            ("https://CMG.example/", None),
            ("http://localhost:53124", Some(Platform::Native)),
            ("http://localhost:53124/", Some(Platform::Native)),
            ("http://localhost:53124/other", None),
            ("http://localhost.evil.example/", None),
            ("http://127.0.0.1:8080/", Some(Platform::Spa)),
            ("http://127.0.0.1:9090/", None),
            ("", None),
        ] {
            assert_eq!(registered(&client, uri), platform, "{uri}");
        }
    }

    #[test]
    fn a_spa_must_use_pkce_s256_and_a_native_app_may_omit_it() {
        let fit = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        for (query, platform, code) in [
            (String::new(), Platform::Spa, Some(9_002_325)),
            (String::new(), Platform::Native, None),
            (
                format!("code_challenge={fit}&code_challenge_method=S256"),
                Platform::Spa,
                None,
            ),
            (
                format!("code_challenge={fit}&code_challenge_method=plain"),
                Platform::Spa,
                Some(9_002_325),
            ),
            (format!("code_challenge={fit}"), Platform::Native, None),
            (
                "code_challenge=short&code_challenge_method=S256".to_owned(),
                Platform::Spa,
                Some(501_491),
            ),
            (
                format!("code_challenge={fit}&code_challenge_method=S512"),
                Platform::Spa,
                Some(9_002_313),
            ),
        ] {
            let params = Params::parse(query.as_bytes());
            assert_eq!(
                challenge(&params, platform).err().map(|no| no.code),
                code,
                "{query}"
            );
        }
    }
}
