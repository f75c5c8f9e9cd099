//! The shape Configuration Manager needs of the two apps, with sources.
