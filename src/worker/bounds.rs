//! The bounds of a worker that the system itself holds it to. In: numbers of bytes; out: nothing, from then
//! on. Guarantees: private memory beyond the bound is refused, which ends the process; it leaves no dump of
//! its memory on the disk; it ends when its parent does, however that ended.
//!
//! The surprise: the bound counts what is private and can be written (the heap and the stacks, the unused
//! part of a stack as well). Files that are mapped to be read, which is what a release is, do not count.

use super::WorkerError;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::thread;

/// What a process has before it does anything: its first stack, the allocator's first pages, buffers.
const OWN_BYTES: u64 = 16 << 20;

/// Bounds the private memory of this process to `memory_bytes` beside a stack of `stack_bytes`, for good.
pub(super) fn bound_memory(memory_bytes: u64, stack_bytes: u64) -> Result<(), WorkerError> {
    let wanted = memory_bytes.saturating_add(stack_bytes).saturating_add(OWN_BYTES);
    // What the system allows at most may be less already.
    let allowed = getrlimit(Resource::Data).maximum.unwrap_or(u64::MAX);
    for (resource, bytes) in [(Resource::Data, wanted.min(allowed)), (Resource::Core, 0)] {
        let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
        setrlimit(resource, limit).map_err(|error| WorkerError::System {
            what: "bound the memory of a worker",
            source: error.into(),
        })?;
    }
    Ok(())
}

/// Ends this process as soon as nobody can write to its standard input any more.
pub(super) fn end_with_parent() -> Result<(), WorkerError> {
    let watch = || {
        let stdin = io::stdin();
        loop {
            // No event is asked for: only the end of the pipe is reported. What waits in it is not.
            let mut ends = [PollFd::new(&stdin, PollFlags::empty())];
            match poll(&mut ends, None) {
                Err(rustix::io::Errno::INTR) => {}
                _ => std::process::exit(0),
            }
        }
    };
    let thread = thread::Builder::new().name("parent".to_owned()).stack_size(64 << 10);
    let spawned = thread.spawn(watch);
    spawned
        .map(drop)
        .map_err(|source| WorkerError::System { what: "watch the parent of a worker", source })
}
