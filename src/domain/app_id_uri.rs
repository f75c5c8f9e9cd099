//! Judges an Application ID URI before Entra does: parse, then judge against a tenant's rules.
