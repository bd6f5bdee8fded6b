//! Intent → operation with its inverse. Pure.

/// What a person wants changed. (The operations follow.)
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {}
