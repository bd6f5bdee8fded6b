#!/bin/sh
# Rebuilds labels.tsv, lemmas.tsv, tagger.bin and parser.bin, and scores them.
set -eu
cd "$(dirname "$0")/../../.."
cargo run --release -- train tag --epochs 8 --corpora "${1:-../shared/corpora}"
