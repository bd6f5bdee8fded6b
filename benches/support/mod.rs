//! Cost on a core, and percentiles of it.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    reason = "each bench uses a part and reports"
)]

use std::time::{Duration, Instant};

/// Time on a core and times that the core was taken away, of this thread; zeros where the system
/// does not tell. The first is exact only to a tick (1 to 4 ms).
pub(crate) fn thread_cost() -> (Duration, u64) {
    let read = |file: &str| {
        let path = format!("/proc/thread-self/{file}");
        std::fs::read_to_string(path).unwrap_or_default()
    };
    let number = |word: Option<&str>| word.and_then(|word| word.parse().ok()).unwrap_or(0);
    let nanos = number(read("schedstat").split_whitespace().next());
    let status = read("status");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:"));
    (Duration::from_nanos(nanos), number(line.map(str::trim)))
}

/// Times of many runs: by the clock, on a core, and by the clock where the core was not taken away
/// in between (which leaves out long runs more often than short ones).
#[derive(Default)]
pub(crate) struct Times {
    clock: Vec<Duration>,
    core: Vec<Duration>,
    whole: Vec<Duration>,
}

impl Times {
    /// Measures one run.
    pub(crate) fn run<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let before = thread_cost();
        let start = Instant::now();
        let result = divan::black_box(work());
        let elapsed = start.elapsed();
        let after = thread_cost();
        self.clock.push(elapsed);
        self.core.push(after.0.saturating_sub(before.0));
        if after.1 == before.1 {
            self.whole.push(elapsed);
        }
        result
    }

    /// Prints the percentiles of all three.
    pub(crate) fn print(self, name: &str) {
        println!("{name}");
        line("clock", self.clock);
        line("on a core", self.core);
        line("undisturbed", self.whole);
    }

    /// Prints the percentiles on a core, in one line.
    pub(crate) fn print_core(self, name: &str) {
        line(name, self.core);
    }
}

fn line(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let count = times.len();
    let at = |percent: usize| {
        let place = count.saturating_sub(1) * percent / 100;
        times.get(place).copied().unwrap_or_default()
    };
    let (half, most, all) = (at(50), at(99), at(100));
    println!("  {name:<34} {count:>4} runs  p50 {half:>9.2?}  p99 {most:>9.2?}  max {all:>9.2?}");
}
