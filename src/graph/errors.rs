//! Microsoft Graph's refusals, recognised.
