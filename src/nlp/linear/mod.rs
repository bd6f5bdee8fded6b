//! Linear classifiers over hashed features, packed small: what the tagger, the parser and the finder of
//! mentions have in common.
//!
//! A feature is a 32-bit key ([`key`]); a model maps it to the labels that it speaks for or against, each
//! with a weight of one byte. Two features may share a key; with half a million features in 2^32 keys an
//! unseen one meets a seen one about once in ten thousand times, which does no harm.

mod pack;
mod perceptron;

pub use pack::{Damaged, Packed};
pub use perceptron::Perceptron;

/// Mixes two hashes; the order matters.
#[must_use]
#[inline]
pub fn mix(left: u64, right: u64) -> u64 {
    (left.rotate_left(29) ^ right).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns the key of a feature: a template's number and what fills it. Never 0.
#[must_use]
#[inline]
pub fn key(template: u32, value: u64) -> u32 {
    let mixed = mix(u64::from(template).wrapping_add(0x517C_C1B7), value);
    let folded = u32::try_from((mixed ^ (mixed >> 29)) >> 32).unwrap_or(1);
    folded.max(1)
}

/// Returns a hash of bytes that is the same on every machine (FNV-1a, then mixed).
#[must_use]
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut h: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in bytes {
        h = (h ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    mix(h, 0x1234_5678)
}
