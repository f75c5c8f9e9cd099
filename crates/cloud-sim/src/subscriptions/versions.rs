//! The supported `api-version` values of each kind of request.

use crate::answer::Refusal;

/// Requests that support the same versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::subscriptions) enum Family {
    Subscriptions,
    Providers,
    Permissions,
    Groups,
    Locks,
    ResourceGraph,
    Metadata,
}

impl Family {
    fn versions(self) -> &'static [&'static str] {
        match self {
            Self::Subscriptions => &[
                "2022-12-01",
                "2022-09-01",
                "2022-01-01",
                "2021-04-01",
                "2021-01-01",
                "2020-01-01",
                "2019-11-01",
                "2019-10-01",
                "2019-06-01",
                "2018-06-01",
                "2016-06-01",
                "2016-02-01",
                "2015-11-01",
                "2015-01-01",
                "2014-04-01",
            ],
            Self::Providers => &[
                "2025-04-01",
                "2025-03-01",
                "2024-11-01",
                "2024-07-01",
                "2024-03-01",
                "2023-07-01",
                "2022-09-01",
                "2021-04-01",
                "2021-01-01",
                "2020-10-01",
                "2020-08-01",
                "2020-06-01",
                "2019-10-01",
                "2019-08-01",
                "2019-07-01",
                "2019-05-10",
                "2019-05-01",
                "2018-05-01",
                "2018-02-01",
                "2017-05-10",
                "2016-09-01",
                "2016-02-01",
                "2015-11-01",
                "2015-01-01",
                "2014-04-01",
            ],
            Self::Permissions => &[
                "2024-07-01-preview",
                "2022-05-01-preview",
                "2022-04-01",
                "2020-10-01-preview",
                "2020-04-01-preview",
                "2018-09-01-preview",
                "2018-07-01",
                "2018-01-01-preview",
                "2015-07-01",
            ],
            Self::Groups => &[
                "2023-04-01",
                "2021-04-01",
                "2020-10-01",
                "2020-05-01",
                "2020-02-01",
                "2019-11-01",
                "2018-03-01-preview",
            ],
            Self::Locks => &["2020-05-01", "2017-04-01", "2016-09-01", "2015-01-01"],
            Self::ResourceGraph => &["2024-04-01", "2022-10-01", "2021-03-01"],
            Self::Metadata => &[
                "2023-11-01",
                "2023-01-01",
                "2022-09-01",
                "2020-06-01",
                "2019-05-01",
            ],
        }
    }
}

/// Error if the request has no version.
pub(in crate::subscriptions) fn require(query: &[(String, String)]) -> Result<&str, Refusal> {
    query
        .iter()
        .find(|(name, _)| name == "api-version")
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
        .ok_or_else(|| {
            Refusal::new(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.",
            )
        })
}

/// Error if this kind of request does not support the version.
pub(in crate::subscriptions) fn check(
    family: Family,
    query: &[(String, String)],
) -> Result<(), Refusal> {
    let version = require(query)?;
    if family.versions().contains(&version) {
        return Ok(());
    }
    Err(Refusal::new(
        400,
        "InvalidApiVersionParameter",
        format!(
            "The api-version '{version}' is invalid. The supported versions are '{}'.",
            family.versions().join(",")
        ),
    ))
}
