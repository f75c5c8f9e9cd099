//! Conditional Access policies, in the format of Microsoft Graph.

use serde_json::Value;
use serde_json::json;

/// A policy that requires multifactor authentication of all users, for all apps except these.
pub(super) fn all_apps(state: &str, excluded: &[&str]) -> Value {
    json!({
        "id": "9a7f3d52-6c1e-4f0b-8b44-2d6f0c5e7a10",
        "templateId": null,
        "displayName": "Require a second factor for all apps",
        "createdDateTime": "2026-03-02T08:00:00Z",
        "modifiedDateTime": null,
        "state": state,
        "conditions": {
            "userRiskLevels": [],
            "signInRiskLevels": [],
            "servicePrincipalRiskLevels": [],
            "clientAppTypes": ["all"],
            "applications": {
                "includeApplications": ["All"],
                "excludeApplications": excluded,
                "includeUserActions": [],
                "includeAuthenticationContextClassReferences": [],
                "applicationFilter": null,
            },
            "users": {
                "includeUsers": ["All"],
                "excludeUsers": [],
                "includeGroups": [],
                "excludeGroups": [],
                "includeRoles": [],
                "excludeRoles": [],
                "includeGuestsOrExternalUsers": null,
                "excludeGuestsOrExternalUsers": null,
            },
            "clientApplications": null,
            "platforms": null,
            "locations": null,
            "devices": null,
        },
        "grantControls": {
            "operator": "OR",
            "builtInControls": ["mfa"],
            "customAuthenticationFactors": [],
            "termsOfUse": [],
            "authenticationStrength": null,
        },
        "sessionControls": null,
    })
}
