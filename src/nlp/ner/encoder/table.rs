//! Vectors of pieces, places and codes: rows of eight-bit numbers with a step each.
//!
//! On disk, little-endian: `DME1`; pieces, places, codes, width, u32 each; then all rows in that order: the step
//! as f32, the numbers as i8.

use super::pieces::{FIRST, LAST, Piece};
use super::window::{SIZE, Window};
use crate::nlp::ner::features::CODES;

/// Numbers of a vector.
pub(super) const WIDTH: usize = 384;

const MAGIC: &[u8; 4] = b"DME1";

/// All rows.
#[derive(Debug)]
pub(super) struct Table {
    steps: Vec<f32>,
    numbers: Vec<i8>,
    pieces: usize,
}

impl Table {
    /// Reads a table for a vocabulary of `pieces`; none when it is damaged or another one's.
    pub(super) fn read(bytes: &[u8], pieces: usize) -> Option<Self> {
        let (magic, rest) = bytes.split_first_chunk::<4>()?;
        let (counts, rows) = rest.split_first_chunk::<16>()?;
        let counts: Vec<usize> = counts
            .chunks_exact(4)
            .filter_map(|four| usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok())
            .collect();
        let all = pieces + SIZE + CODES;
        if magic != MAGIC
            || counts != [pieces, SIZE, CODES, WIDTH]
            || rows.len() != all * (WIDTH + 4)
        {
            return None;
        }
        let mut steps = Vec::with_capacity(all);
        let mut numbers = Vec::with_capacity(all * WIDTH);
        for row in rows.chunks_exact(WIDTH + 4) {
            let (step, row) = row.split_first_chunk::<4>()?;
            steps.push(f32::from_le_bytes(*step));
            numbers.extend(row.iter().map(|byte| byte.cast_signed()));
        }
        Some(Self {
            steps,
            numbers,
            pieces,
        })
    }

    fn add(&self, row: usize, to: &mut [f32]) {
        let (Some(step), Some(numbers)) = (
            self.steps.get(row),
            self.numbers.get(row * WIDTH..(row + 1) * WIDTH),
        ) else {
            return;
        };
        for (sum, number) in to.iter_mut().zip(numbers) {
            *sum += step * f32::from(*number);
        }
    }

    /// Fills `out` with the vectors of a window, marks before and behind it, and returns how many.
    pub(super) fn vectors(&self, window: &Window, out: &mut Vec<f32>) -> usize {
        let count = (window.pieces.len() + 2).min(SIZE);
        out.clear();
        out.resize(count * WIDTH, 0.0);
        let mut rows = out.chunks_exact_mut(WIDTH).zip(0..);
        let mut put = |piece: Piece, codes: &[u8]| {
            if let Some((row, place)) = rows.next() {
                self.add(usize::from(piece), row);
                self.add(self.pieces + place, row);
                for code in codes {
                    self.add(self.pieces + SIZE + usize::from(*code), row);
                }
            }
        };
        put(FIRST, &[]);
        for at in 0..window.words.len() {
            for piece in window.pieces_of(at) {
                put(*piece, window.codes_of(at));
            }
        }
        put(LAST, &[]);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::ner::encoder::window::Entry;

    fn file(pieces: u32) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for count in [pieces, 128, 96, 384] {
            out.extend(u32::to_le_bytes(count));
        }
        for row in 0..pieces + 128 + 96 {
            out.extend(f32::to_le_bytes(0.5));
            out.extend([u8::try_from(row % 100).unwrap_or_default(); WIDTH]);
        }
        out
    }

    #[test]
    fn a_vector_is_the_sum_of_piece_place_and_codes() {
        let table = Table::read(&file(5), 5).expect("a table");
        let window = Window {
            pieces: vec![3, 4],
            codes: vec![7],
            words: vec![Entry {
                token: 0,
                piece: 0,
                code: 0,
                open: true,
            }],
        };
        let mut out = Vec::new();
        assert_eq!(table.vectors(&window, &mut out), 4);
        let firsts: Vec<f32> = out.chunks(WIDTH).map(|row| row[0]).collect();
        let half = |rows: [usize; 2]| rows.iter().map(|row| (row % 100) as f32 * 0.5).sum::<f32>();
        let code = ((5 + 128 + 7) % 100) as f32 * 0.5;
        assert_eq!(
            firsts,
            [
                half([1, 5]),
                half([3, 6]) + code,
                half([4, 7]) + code,
                half([2, 8])
            ]
        );
    }

    #[test]
    fn a_cut_or_foreign_file_is_none() {
        let whole = file(5);
        assert!(Table::read(&whole, 6).is_none());
        assert!(Table::read(&whole[..whole.len() - 1], 5).is_none());
        assert!(Table::read(b"DME1", 5).is_none());
    }
}
