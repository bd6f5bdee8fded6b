//! Clusters word vectors: spherical k-means from farthest-spread starts, a fixed number of rounds.

/// Words with a vector each.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    /// Words in lower case.
    pub words: Vec<String>,
    /// One after the other, `size` numbers each.
    pub values: Vec<f32>,
    /// Numbers a word.
    pub size: usize,
}

impl Vectors {
    fn row(&self, at: usize) -> &[f32] {
        self.values
            .get(at * self.size..(at + 1) * self.size)
            .unwrap_or_default()
    }

    /// Takes the mean off and makes each of length 1.
    pub fn centre(&mut self) {
        let count = self.words.len().max(1);
        let mut mean = vec![0.0_f64; self.size];
        for at in 0..self.words.len() {
            for (sum, x) in mean.iter_mut().zip(self.row(at)) {
                *sum += f64::from(*x);
            }
        }
        let size = self.size.max(1);
        for row in self.values.chunks_exact_mut(size) {
            for (x, sum) in row.iter_mut().zip(&mean) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_precision_loss,
                    reason = "precision is not needed"
                )]
                let mean = (*sum / count as f64) as f32;
                *x -= mean;
            }
            unit(row);
        }
    }
}

fn unit(row: &mut [f32]) {
    let length = dot(row, row).sqrt().max(1e-9);
    for x in row {
        *x /= length;
    }
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 16];
    for (l, r) in left.chunks_exact(16).zip(right.chunks_exact(16)) {
        for ((sum, l), r) in sums.iter_mut().zip(l).zip(r) {
            *sum += l * r;
        }
    }
    sums.iter().sum()
}

/// Returns the cluster of each word, 1 to `count`.
#[must_use]
pub fn cluster(vectors: &Vectors, count: usize, rounds: usize) -> Vec<u16> {
    let words = vectors.words.len();
    let step = (words / count.max(1)).max(1);
    let mut centres: Vec<Vec<f32>> = (0..count)
        .map(|at| vectors.row((at * step + step / 2) % words.max(1)).to_vec())
        .collect();
    let mut places = vec![0_u16; words];
    for _ in 0..rounds {
        for (at, place) in places.iter_mut().enumerate() {
            *place = nearest(vectors.row(at), &centres);
        }
        let mut sums = vec![vec![0.0_f32; vectors.size]; count];
        for (at, place) in places.iter().enumerate() {
            if let Some(sum) = sums.get_mut(usize::from(*place)) {
                for (s, x) in sum.iter_mut().zip(vectors.row(at)) {
                    *s += x;
                }
            }
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if dot(&sum, &sum) > 0.0 {
                unit(&mut sum);
                *centre = sum;
            }
        }
    }
    places.iter().map(|place| place + 1).collect()
}

fn nearest(row: &[f32], centres: &[Vec<f32>]) -> u16 {
    let mut best = (f32::MIN, 0);
    for (at, centre) in centres.iter().enumerate() {
        let near = dot(row, centre);
        if near > best.0 {
            best = (near, at);
        }
    }
    u16::try_from(best.1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_share_a_cluster() {
        let mut values = vec![0.0; 4 * 16];
        for (word, axis) in [(0, 1), (1, 1), (2, 9), (3, 9)] {
            values[word * 16 + axis] = 1.0;
        }
        values[16] = 0.1;
        let words = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let vectors = Vectors {
            words,
            values,
            size: 16,
        };
        let places = cluster(&vectors, 2, 5);
        assert_eq!(places[0], places[1]);
        assert_eq!(places[2], places[3]);
        assert_ne!(places[0], places[2]);
    }
}
