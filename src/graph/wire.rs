//! Microsoft Graph's objects as they travel.
