//! The header names this program uses. They are constants, because parsing a name adds the table of all standard names to the page.

use http::HeaderName;
use http::header::CONTENT_TYPE;
use http::header::LOCATION;
use http::header::RETRY_AFTER;
use http::header::WWW_AUTHENTICATE;

/// The page's ID of a step, sent to Microsoft Graph.
pub const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
/// The page's ID of a step, sent to Azure Resource Manager.
pub const MS_CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
/// Microsoft Graph's ID of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
/// Azure Resource Manager's ID of a request.
pub const MS_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
/// How long to wait before a retry, in milliseconds.
pub const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
/// Older name of `retry-after-ms`.
pub const MS_RETRY_AFTER_MS: HeaderName = HeaderName::from_static("x-ms-retry-after-ms");
/// Azure Resource Graph left out subscriptions because the account sees more than it takes ("Guidance for throttled requests in Azure
/// Resource Graph", 2026).
pub const TENANT_SUBSCRIPTION_LIMIT_HIT: HeaderName =
    HeaderName::from_static("x-ms-tenant-subscription-limit-hit");
/// Preferences for the response (RFC 7240).
pub const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Allows a response that lags behind recent writes (Microsoft Graph's advanced queries).
pub const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// All response headers that the program reads, if the browser exposes them to the page.
pub const READ: [HeaderName; 9] = [
    CONTENT_TYPE,
    LOCATION,
    WWW_AUTHENTICATE,
    RETRY_AFTER,
    RETRY_AFTER_MS,
    MS_RETRY_AFTER_MS,
    REQUEST_ID,
    MS_REQUEST_ID,
    TENANT_SUBSCRIPTION_LIMIT_HIT,
];
