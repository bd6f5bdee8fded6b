//! Attributions: who says what, in which words (source, cue, content).
