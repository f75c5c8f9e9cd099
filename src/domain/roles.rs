//! Least role for each step; evaluation of Azure Resource Manager permissions.
