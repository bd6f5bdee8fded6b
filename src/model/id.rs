//! Ids: 128 bits, a newtype each.
//!
//! What a person makes gets a time-ordered random id from the `Ids` port, so that two copies of a
//! project merge without renumbering. What the engine finds gets a hash of what it is
//! ([`hash_id`]), so that the same find keeps its id over runs and a selection stays.

/// Returns a stable 128-bit id for `parts`: the same parts give the same id on every machine.
#[must_use]
pub fn hash_id(kind: &str, parts: &[&[u8]]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(hasher.finalize().as_bytes().get(..16).unwrap_or(&[0; 16]));
    u128::from_le_bytes(bytes)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub u128);

        impl $name {
            /// Returns the id that `parts` always have.
            #[must_use]
            pub fn hashed(parts: &[&[u8]]) -> Self {
                Self($crate::model::hash_id(stringify!($name), parts))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({:032x})", stringify!($name), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                u128::from_str_radix(text, 16).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = std::num::ParseIntError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )+};
}
pub(crate) use ids;

ids! {
    /// An article of a project.
    ArticleId;
    /// A mention, time expression, attribution or statement.
    AnnotationId;
    /// Somebody who decides.
    CoderId;
    /// An entry of the operation log.
    OperationId;
}
