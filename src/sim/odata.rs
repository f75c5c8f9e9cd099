//! Strict reading of OData filters.
