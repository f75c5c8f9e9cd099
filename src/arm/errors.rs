//! Azure Resource Manager's refusals, recognised.
