//! Answers as they travel: status, headers, JSON.
