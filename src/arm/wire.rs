//! Azure Resource Manager's objects as they travel.
