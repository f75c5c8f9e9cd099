//! The first path segment, which names a tenant or a group of tenants, and the metadata documents about it.

use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::directory::tenant::Tenant;
use crate::entra::refusal::Refusal;
use domain::cloud::Cloud;
use domain::ids::TenantId;

/// Which accounts the path allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// `common`: any account.
    Common,
    /// `organizations`: any work or school account.
    Organizations,
    /// `consumers`: personal accounts. There are none here.
    Consumers,
    Tenant(TenantId),
}

impl Authority {
    /// Parses the path segment. Error if the tenant belongs to another cloud than the sign-in host.
    pub(super) fn find(sim: &Sim, host: &str, word: &str) -> Result<Self, Refusal> {
        match word.to_ascii_lowercase().as_str() {
            "common" => return Ok(Self::Common),
            "organizations" => return Ok(Self::Organizations),
            "consumers" => return Ok(Self::Consumers),
            _ => {}
        }
        let tenant = Self::tenant_of(sim, word)?;
        let theirs = cloud_of(sim, tenant);
        if theirs.login_host() == host {
            Ok(Self::Tenant(tenant))
        } else {
            Err(Refusal::other_cloud(
                &tenant.to_string(),
                instance(theirs.login_host()),
                instance(host),
            ))
        }
    }

    /// The tenant with this GUID or domain, in any cloud.
    pub(super) fn tenant_of(sim: &Sim, word: &str) -> Result<TenantId, Refusal> {
        if let Ok(id) = word.parse::<TenantId>() {
            return match sim.tenant(id) {
                Some(_) => Ok(id),
                None => Err(Refusal::tenant_unknown(word)),
            };
        }
        let looks_like_domain = word.contains('.')
            && word.split('.').all(|label| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
        if !looks_like_domain {
            return Err(Refusal::tenant_word(word));
        }
        sim.tenants
            .iter()
            .find(|tenant| has_domain(tenant, word))
            .map(|tenant| tenant.id)
            .ok_or_else(|| Refusal::tenant_unknown(word))
    }

    /// `None` if the path does not name a tenant.
    pub(super) fn tenant(self) -> Option<TenantId> {
        match self {
            Self::Tenant(tenant) => Some(tenant),
            Self::Common | Self::Organizations | Self::Consumers => None,
        }
    }

    /// The path segment as written in metadata documents.
    pub(super) fn word(self) -> String {
        match self {
            Self::Common => "common".to_owned(),
            Self::Organizations => "organizations".to_owned(),
            Self::Consumers => "consumers".to_owned(),
            Self::Tenant(tenant) => tenant.to_string(),
        }
    }
}

/// Whether this is a verified domain of the tenant.
fn has_domain(tenant: &Tenant, word: &str) -> bool {
    tenant
        .domains
        .iter()
        .any(|domain| domain.is_verified && domain.name.eq_ignore_ascii_case(word))
}

pub(super) fn cloud_of(sim: &Sim, tenant: TenantId) -> Cloud {
    sim.tenant(tenant)
        .map_or(Cloud::Public, |tenant| tenant.cloud)
}

/// The short name of a sign-in host's cloud.
pub(super) fn instance(host: &str) -> &'static str {
    if host == Cloud::Public.login_host() {
        "microsoftonline.com"
    } else {
        "microsoftonline.us"
    }
}

/// Issuer of version 2 tokens.
pub(super) fn issuer_v2(host: &str, tenant: &str) -> String {
    format!("https://{host}/{tenant}/v2.0")
}

/// Issuer of version 1 tokens. It is the same in every cloud except China.
pub(super) fn issuer_v1(tenant: &str) -> String {
    format!("https://sts.windows.net/{tenant}/")
}

/// The OpenID configuration. At the wrong cloud's host, it names the right host, as the service does.
pub(super) fn configuration(sim: &Sim, host: &str, word: &str, v2: bool) -> Result<Value, Refusal> {
    let (host, name, cloud) = match Authority::find(sim, host, word) {
        Ok(Authority::Tenant(tenant)) => (host, tenant.to_string(), Some(cloud_of(sim, tenant))),
        Ok(authority) => (host, authority.word(), None),
        Err(refusal) if refusal.code == 90038 => {
            let tenant = Authority::tenant_of(sim, word)?;
            let cloud = cloud_of(sim, tenant);
            (cloud.login_host(), tenant.to_string(), Some(cloud))
        }
        Err(refusal) => return Err(refusal),
    };
    let issuer_name = if cloud.is_some() {
        name.clone()
    } else {
        "{tenantid}".to_owned()
    };
    let (path, keys, issuer) = if v2 {
        (
            "oauth2/v2.0",
            "discovery/v2.0/keys",
            issuer_v2(host, &issuer_name),
        )
    } else {
        ("oauth2", "discovery/keys", issuer_v1(&issuer_name))
    };
    let graph = match (cloud, host == Cloud::Public.login_host()) {
        (Some(cloud), _) => cloud.graph_host(),
        (None, true) => Cloud::Public.graph_host(),
        (None, false) => Cloud::UsGov.graph_host(),
    };
    let region = match cloud {
        None => Value::Null,
        Some(Cloud::Public) => json!("EU"),
        Some(Cloud::UsGov | Cloud::UsGovDod) => json!("USGov"),
    };
    let mut document = json!({
        "token_endpoint": format!("https://{host}/{name}/{path}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("https://{host}/{name}/{keys}"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer,
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("https://{graph}/oidc/userinfo"),
        "authorization_endpoint": format!("https://{host}/{name}/{path}/authorize"),
        "device_authorization_endpoint": format!("https://{host}/{name}/{path}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("https://{host}/{name}/{path}/logout"),
        "claims_supported": [
            "sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat",
            "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"
        ],
        "tenant_region_scope": region,
        "cloud_instance_name": instance(host),
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": graph,
        "rbac_url": "https://pas.windows.net",
    });
    if cloud == Some(Cloud::UsGov) {
        document["tenant_region_sub_scope"] = json!("DODCON");
    } else if cloud == Some(Cloud::UsGovDod) {
        document["tenant_region_sub_scope"] = json!("DOD");
    }
    Ok(document)
}

/// Instance discovery: which hosts belong to the same cloud.
pub(super) fn instances(sim: &Sim, endpoint: &str) -> Result<Value, Refusal> {
    let unknown = || Refusal::new(50049, "invalid_instance", "Unknown or invalid instance.");
    let rest = endpoint.strip_prefix("https://").ok_or_else(unknown)?;
    let (host, path) = rest.split_once('/').ok_or_else(unknown)?;
    let word = path.split('/').next().unwrap_or_default();
    if !ALIASES.iter().any(|aliases| aliases.contains(&host)) {
        return Err(unknown());
    }
    // An unknown tenant is not an error: this endpoint validates only the host.
    let word = Authority::find(sim, host, word).map_or_else(|_| word.to_owned(), Authority::word);
    let metadata: Vec<Value> = ALIASES
        .iter()
        .map(|aliases| {
            json!({
                "preferred_network": aliases[0],
                "preferred_cache": aliases.get(1).unwrap_or(&aliases[0]),
                "aliases": aliases,
            })
        })
        .collect();
    Ok(json!({
        "tenant_discovery_endpoint": format!("https://{host}/{word}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": metadata,
    }))
}

/// Host names of each cloud: the preferred network host first, the preferred cache host second.
const ALIASES: [&[&str]; 3] = [
    &[
        "login.microsoftonline.com",
        "login.windows.net",
        "login.microsoft.com",
        "sts.windows.net",
    ],
    &["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
    &["login.microsoftonline.us", "login.usgovcloudapi.net"],
];
