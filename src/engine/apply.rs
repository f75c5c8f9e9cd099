//! Does exactly what an approved plan says.
