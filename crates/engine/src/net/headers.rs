//! The headers this program writes and reads, each by one name. Constants: a name that has to be parsed brings the tables of all
//! known names into the page.

use http::HeaderName;
use http::header::CONTENT_TYPE;
use http::header::LOCATION;
use http::header::RETRY_AFTER;
use http::header::WWW_AUTHENTICATE;

/// Our ID of a step, told to Microsoft Graph.
pub const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
/// Our ID of a step, told to Azure Resource Manager.
pub const MS_CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
/// Microsoft Graph's ID of an exchange.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
/// Azure Resource Manager's ID of an exchange.
pub const MS_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
/// How long to wait, in milliseconds.
pub const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
/// The same under its older name.
pub const MS_RETRY_AFTER_MS: HeaderName = HeaderName::from_static("x-ms-retry-after-ms");
/// What a request prefers of its answer (RFC 7240).
pub const PREFER: HeaderName = HeaderName::from_static("prefer");

/// That an answer may lag behind (Microsoft Graph's advanced queries).
pub const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// Everything that is read of an answer, as far as the browser lets a page see it.
pub const READ: [HeaderName; 8] = [
    CONTENT_TYPE,
    LOCATION,
    WWW_AUTHENTICATE,
    RETRY_AFTER,
    RETRY_AFTER_MS,
    MS_RETRY_AFTER_MS,
    REQUEST_ID,
    MS_REQUEST_ID,
];
