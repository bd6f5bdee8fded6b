//! The packed form: an open-addressed table from key to a run of (label, weight).
//!
//! A weight's byte holds the square root of its size: sizes differ by more than a hundred times, and cutting
//! the largest off costs a parser a quarter of its heads (tried). `DML1` files have plain sizes.
//!
//! On disk, little-endian: `DML2`, labels u32, step f32, features u32, runs u32; then for each feature, sorted
//! by key: key u32, length u8; then all runs: label u8, weight i8.

/// A model file that is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no model file, or it is cut off")]
pub struct Damaged;

/// A trained classifier, read only.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    labels: usize,
    step: f32,
    mask: usize,
    /// Keys by slot; 0 where there is none. Apart from the rest, since most features looked up have no weights.
    keys: Vec<u32>,
    /// Start of the run and its length in the low byte, by slot.
    places: Vec<u32>,
    /// Label and byte of each weight: as small as on disk, since most of a reading is waiting for memory.
    runs: Vec<(u8, i8)>,
    plain: bool,
}

const MAGIC: &[u8; 4] = b"DML2";
const PLAIN: &[u8; 4] = b"DML1";

/// Largest size: the square of the largest byte.
const LARGEST: f32 = 127.0 * 127.0;

/// Features looked up at a time.
const BATCH: usize = 128;

impl Packed {
    /// Number of labels.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// What a weight of 1 stands for.
    #[must_use]
    pub fn step(&self) -> f32 {
        self.step
    }

    /// Adds the weights of features to the labels' scores; `scores` has a place for each label.
    ///
    /// Looks all up first and adds then, so that the processor waits for several slots at a time.
    pub fn add(&self, features: &[u32], scores: &mut [i32]) {
        let mut first = [0_u32; BATCH];
        let mut runs = [0_u32; BATCH];
        for batch in features.chunks(BATCH) {
            for (found, key) in first.iter_mut().zip(batch) {
                *found = self
                    .keys
                    .get(slot_of(*key, self.mask))
                    .copied()
                    .unwrap_or(0);
            }
            let mut count = 0;
            for (found, key) in first.iter().zip(batch) {
                if *found != 0
                    && let Some(run) = self.run_of(*key)
                    && let Some(place) = runs.get_mut(count)
                {
                    *place = run;
                    count += 1;
                }
            }
            let runs = runs.get(..count).unwrap_or_default();
            self.touch(runs);
            for run in runs {
                self.add_run(*run, scores);
            }
        }
    }

    #[inline]
    fn run_of(&self, key: u32) -> Option<u32> {
        let mut at = slot_of(key, self.mask);
        loop {
            match *self.keys.get(at)? {
                found if found == key => return self.places.get(at).copied(),
                0 => return None,
                _ => at = (at + 1) & self.mask,
            }
        }
    }

    /// Asks for the first weight of each run, so that all of them are on their way at once.
    #[inline]
    fn touch(&self, runs: &[u32]) {
        let mut first = 0;
        for run in runs {
            first ^= self.runs.get((run >> 8) as usize).map_or(0, |run| run.0);
        }
        std::hint::black_box(first);
    }

    #[inline]
    fn add_run(&self, run: u32, scores: &mut [i32]) {
        let start = (run >> 8) as usize;
        let end = start + (run & 0xFF) as usize;
        for &(label, weight) in self.runs.get(start..end).unwrap_or_default() {
            if let Some(score) = scores.get_mut(usize::from(label)) {
                let weight = i32::from(weight);
                *score += if self.plain {
                    weight
                } else {
                    weight * weight.abs()
                };
            }
        }
    }

    /// Returns the weight of one label for a feature.
    #[must_use]
    pub fn weight(&self, key: u32, label: usize) -> i32 {
        let mut scores = vec![0; self.labels];
        self.add(&[key], &mut scores);
        scores.get(label).copied().unwrap_or_default()
    }

    /// Packs trained weights; `top` and more become the largest, those that round to 0 fall out.
    #[must_use]
    pub fn pack(labels: usize, mut features: Vec<(u32, Vec<(u8, f32)>)>, top: f32) -> Vec<u8> {
        features.sort_unstable_by_key(|(key, _)| *key);
        features.dedup_by_key(|(key, _)| *key);
        let step = top / LARGEST;
        let mut heads = Vec::new();
        let mut runs = Vec::new();
        let mut count = 0_u32;
        for (key, weights) in features {
            let mut run: Vec<_> = weights
                .iter()
                .map(|(label, weight)| (*label, quantised(*weight / step)))
                .filter(|(_, weight)| *weight != 0)
                .collect();
            run.sort_unstable();
            if run.is_empty() {
                continue;
            }
            run.truncate(255);
            count += 1;
            heads.extend(key.to_le_bytes());
            heads.push(u8::try_from(run.len()).unwrap_or(u8::MAX));
            for (label, weight) in run {
                runs.push(label);
                runs.extend(weight.to_le_bytes());
            }
        }
        let mut out = MAGIC.to_vec();
        out.extend(u32::try_from(labels).unwrap_or_default().to_le_bytes());
        out.extend(step.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(
            u32::try_from(runs.len() / 2)
                .unwrap_or_default()
                .to_le_bytes(),
        );
        out.extend(heads);
        out.extend(runs);
        out
    }

    /// Reads a packed model.
    ///
    /// # Errors
    /// When the bytes are not one.
    pub fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let plain = bytes.starts_with(PLAIN);
        let magic = if plain { PLAIN } else { MAGIC };
        let rest = bytes.strip_prefix(magic).ok_or(Damaged)?;
        let (labels, rest) = u32_at(rest)?;
        let (step, rest) = rest.split_first_chunk::<4>().ok_or(Damaged)?;
        let (count, rest) = u32_at(rest)?;
        let (total, rest) = u32_at(rest)?;
        let count = count as usize;
        let total = total as usize;
        if total >= 1 << 24 || rest.len() != count * 5 + total * 2 {
            return Err(Damaged);
        }
        let (heads, tail) = rest.split_at(count * 5);
        let runs = tail
            .chunks_exact(2)
            .map(|pair| (pair[0], i8::from_le_bytes([pair[1]])))
            .collect();
        let size = (count * 2).next_power_of_two().max(2);
        let mut model = Self {
            labels: labels as usize,
            step: f32::from_le_bytes(*step),
            mask: size - 1,
            keys: vec![0; size],
            places: vec![0; size],
            runs,
            plain,
        };
        model.fill(heads, total)?;
        Ok(model)
    }

    fn fill(&mut self, heads: &[u8], total: usize) -> Result<(), Damaged> {
        let mut start = 0_u32;
        for head in heads.chunks_exact(5) {
            let (key, len) = u32_at(head)?;
            let len = u32::from(*len.first().ok_or(Damaged)?);
            if key == 0 {
                return Err(Damaged);
            }
            let mut at = slot_of(key, self.mask);
            while self.keys[at] != 0 {
                at = (at + 1) & self.mask;
            }
            self.keys[at] = key;
            self.places[at] = start << 8 | len;
            start += len;
        }
        if start as usize == total {
            Ok(())
        } else {
            Err(Damaged)
        }
    }
}

#[inline]
fn slot_of(key: u32, mask: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 3) as usize & mask
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to the range of i8 just before"
)]
fn quantised(weight: f32) -> i8 {
    (weight.abs().sqrt().round().min(127.0) * weight.signum()) as i8
}

fn u32_at(bytes: &[u8]) -> Result<(u32, &[u8]), Damaged> {
    let (head, rest) = bytes.split_first_chunk::<4>().ok_or(Damaged)?;
    Ok((u32::from_le_bytes(*head), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_weights_come_back() {
        let bytes = Packed::pack(
            3,
            vec![(7, vec![(0, 1.0), (2, -2.0)]), (9, vec![(1, 0.000_01)])],
            2.0,
        );
        let model = Packed::read(&bytes).unwrap();
        let mut scores = [0; 3];
        model.add(&[7, 9, 8], &mut scores);
        assert_eq!(scores, [8_100, 0, -16_129]);
        assert_eq!(model.labels(), 3);
    }

    #[test]
    fn a_cut_file_is_refused() {
        let bytes = Packed::pack(3, vec![(7, vec![(0, 1.0), (2, -2.0)])], 2.0);
        for end in 0..bytes.len() {
            assert!(Packed::read(&bytes[..end]).is_err());
        }
    }
}
