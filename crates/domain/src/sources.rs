//! Microsoft's pages: the sources of rules and steps, and places in the Azure portal.
//!
//! The only file with addresses of Microsoft's documentation. Read on 2026-11-23; a date is that of the page.

use crate::cloud::Cloud;
use crate::ids::AppId;
use crate::ids::ObjectId;
use crate::ids::SubscriptionId;
use crate::ids::TenantId;

/// A page of Microsoft's documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Title of the page, in Microsoft's words.
    pub title: &'static str,
    /// Date of the page, as precise as it is known.
    pub date: &'static str,
    path: &'static str,
}

impl Source {
    /// Address of the page. The site chooses the reader's language.
    #[must_use]
    pub fn address(self) -> String {
        format!("https://learn.microsoft.com/{}", self.path)
    }
}

const fn source(title: &'static str, date: &'static str, path: &'static str) -> Source {
    Source { title, date, path }
}

/// Every setting of both apps.
pub const REGISTER: Source = source(
    "Manually register Microsoft Entra apps for the CMG",
    "2026-08-06",
    "intune/configmgr/core/clients/manage/cmg/manually-register-azure-ad-apps",
);
/// Import of the apps, the App ID URI, and the resource providers.
pub const CONFIGURE: Source = source(
    "Configure Microsoft Entra ID for CMG",
    "2026",
    "intune/configmgr/core/clients/manage/cmg/configure-azure-ad",
);
/// How clients on the internet prove who they are.
pub const AUTHENTICATION: Source = source(
    "Configure client authentication for CMG",
    "2026",
    "intune/configmgr/core/clients/manage/cmg/configure-authentication",
);
/// Creation of the gateway and its connection to the site.
pub const SET_UP: Source = source(
    "Set up CMG for Configuration Manager",
    "2026",
    "intune/configmgr/core/clients/manage/cmg/setup-cloud-management-gateway",
);
/// The wizard, renewal of the secret, and the block of sign-ins.
pub const WIZARD: Source = source(
    "Azure Services Wizard",
    "2026",
    "intune/configmgr/core/servers/deploy/configure/azure-services-wizard",
);
/// Discovery of users and groups.
pub const DISCOVERY: Source = source(
    "Configure discovery methods",
    "2026",
    "intune/configmgr/core/servers/deploy/configure/configure-discovery-methods",
);
/// Hosts that the site must reach.
pub const ENDPOINTS: Source = source(
    "Internet access requirements",
    "2026-06-08",
    "intune/configmgr/core/plan-design/network/internet-endpoints",
);
/// The redirect URI of the web (server) app.
pub const NEW_2309: Source = source(
    "What's new in version 2309",
    "2023",
    "intune/configmgr/core/plan-design/changes/whats-new-in-version-2309",
);
/// The age limit of the web (server) app.
pub const NEW_2409: Source = source(
    "What's new in version 2409",
    "2024",
    "intune/configmgr/core/plan-design/changes/whats-new-in-version-2409",
);
/// Entra's rules for App ID URIs.
pub const URIS: Source = source(
    "Restrictions on identifier URIs",
    "2025-01-29",
    "entra/identity-platform/identifier-uri-restrictions",
);
/// Owners and credentials of apps.
pub const PRACTICES: Source = source(
    "Security best practices for application properties",
    "2026",
    "entra/identity-platform/security-best-practices-for-app-registration",
);
/// Consent for the whole organization.
pub const CONSENT: Source = source(
    "Grant tenant-wide admin consent",
    "2026",
    "entra/identity/enterprise-apps/grant-admin-consent",
);
/// Policies for secrets and App ID URIs.
pub const POLICY: Source = source(
    "Configure app management policies",
    "2025-07-23",
    "entra/identity/enterprise-apps/configure-app-management-policies",
);
/// The properties of an app.
pub const APPLICATION: Source = source(
    "Microsoft Graph: application resource type",
    "2026",
    "graph/api/resources/application",
);
/// The properties of a service principal.
pub const PRINCIPAL: Source = source(
    "Microsoft Graph: servicePrincipal resource type",
    "2026",
    "graph/api/resources/serviceprincipal",
);
/// Registration of resource providers.
pub const PROVIDERS: Source = source(
    "Azure resource providers and types",
    "2026-02-05",
    "azure/azure-resource-manager/management/resource-providers-and-types",
);
/// The administration service.
pub const ADMIN_SERVICE: Source = source(
    "How to set up the administration service in Configuration Manager",
    "2026",
    "intune/configmgr/develop/adminservice/set-up",
);

/// Redirect URIs.
pub const REPLY_URL: Source = source(
    "Redirect URI (reply URL) best practices and limitations",
    "2026",
    "entra/identity-platform/reply-url",
);
/// App registrations in each cloud.
pub const NATIONAL_CLOUDS: Source = source(
    "Microsoft Entra authentication and national clouds",
    "2026",
    "entra/identity-platform/authentication-national-cloud",
);

/// All pages.
pub const ALL: [Source; 19] = [
    REGISTER,
    CONFIGURE,
    AUTHENTICATION,
    SET_UP,
    WIZARD,
    DISCOVERY,
    ENDPOINTS,
    NEW_2309,
    NEW_2409,
    URIS,
    PRACTICES,
    CONSENT,
    POLICY,
    APPLICATION,
    PRINCIPAL,
    PROVIDERS,
    ADMIN_SERVICE,
    REPLY_URL,
    NATIONAL_CLOUDS,
];

/// The app registration in the Azure portal.
#[must_use]
pub fn app_registration(cloud: Cloud, tenant: TenantId, app: AppId) -> String {
    let host = cloud.portal_host();
    format!(
        "https://{host}/{tenant}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/{app}"
    )
}

/// The enterprise application in the Azure portal; its menu has *Sign-in logs*. The form of Microsoft's own links in
/// `microsoft/zerotrustassessment` (2026). No page of Microsoft documents the form for the sign-in logs themselves.
#[must_use]
pub fn enterprise_application(
    cloud: Cloud,
    tenant: TenantId,
    principal: ObjectId,
    app: AppId,
) -> String {
    let host = cloud.portal_host();
    format!(
        "https://{host}/{tenant}/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/{principal}/appId/{app}"
    )
}

/// The resource providers of a subscription in the Azure portal.
#[must_use]
pub fn resource_providers(cloud: Cloud, tenant: TenantId, subscription: SubscriptionId) -> String {
    let host = cloud.portal_host();
    format!("https://{host}/#@{tenant}/resource/subscriptions/{subscription}/resourceproviders")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_has_its_own_title_and_address() {
        let titles: BTreeSet<_> = ALL.iter().map(|it| it.title).collect();
        let addresses: BTreeSet<_> = ALL.iter().map(|it| it.address()).collect();
        assert_eq!((titles.len(), addresses.len()), (ALL.len(), ALL.len()));
        for source in ALL {
            let path = source.path;
            let is_plain =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c);
            assert!(path.chars().all(is_plain) && path.contains('/'), "{path}");
            // A language in the path would replace the reader's own.
            let first = path.split('/').next().unwrap();
            assert!(
                ["intune", "entra", "graph", "azure"].contains(&first),
                "{path}"
            );
            assert!(source.date.starts_with("20"), "{path}");
        }
    }

    #[test]
    fn links_to_the_portal_name_the_tenant_and_the_object() {
        let tenant: TenantId = "5e97358c-d99c-4558-8000-000000010000".parse().unwrap();
        let app: AppId = "00000000-0000-4000-8000-000000000001".parse().unwrap();
        assert_eq!(
            app_registration(Cloud::Public, tenant, app),
            "https://portal.azure.com/5e97358c-d99c-4558-8000-000000010000/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/00000000-0000-4000-8000-000000000001"
        );
        let principal: ObjectId = "00000000-0000-4000-8000-000000000003".parse().unwrap();
        assert_eq!(
            enterprise_application(Cloud::Public, tenant, principal, app),
            "https://portal.azure.com/5e97358c-d99c-4558-8000-000000010000/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/00000000-0000-4000-8000-000000000003/appId/00000000-0000-4000-8000-000000000001"
        );
        let subscription: SubscriptionId = "00000000-0000-4000-8000-000000000002".parse().unwrap();
        for cloud in [Cloud::UsGov, Cloud::UsGovDod] {
            assert_eq!(
                resource_providers(cloud, tenant, subscription),
                "https://portal.azure.us/#@5e97358c-d99c-4558-8000-000000010000/resource/subscriptions/00000000-0000-4000-8000-000000000002/resourceproviders"
            );
        }
    }
}
