#!/bin/sh
# Rebuilds ner.bin with the tagger that is built in, and scores it. Run it again after the tagger changed.
set -eu
cd "$(dirname "$0")/../../.."
cargo run --release -- train ner --corpora "${1:-../shared/corpora}"
