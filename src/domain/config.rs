//! config.json: what a host may set, parsed strictly.
