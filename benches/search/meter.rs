//! What was used: processor time and memory. In: the system's clocks and `/proc/self/status`; out: seconds and megabytes.

use rustix::time::{ClockId, Timespec, clock_gettime};
use std::time::Duration;

/// Processor time of this thread.
pub(crate) fn thread_time() -> Duration {
    duration(clock_gettime(ClockId::ThreadCPUTime))
}

/// Processor time of this process, all threads together.
pub(crate) fn process_time() -> Duration {
    duration(clock_gettime(ClockId::ProcessCPUTime))
}

fn duration(time: Timespec) -> Duration {
    Duration::try_from(time).unwrap_or_default()
}

/// A line of `/proc/self/status` in megabytes: `VmHWM` for the most that was resident, `RssAnon` for what is not a mapped file.
pub(crate) fn megabytes(line: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|own| own.strip_prefix(line)?.strip_prefix(':'))?;
    let kilobytes: f64 = value.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024.0)
}
