//! PowerShell literals that cannot break out.
