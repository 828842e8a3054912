//! Work on all processors whose results come in the order of the items. In: items, what to do with each, who takes the
//! results. Out: nothing but what the taker keeps. Guarantees: results arrive in order whichever thread was quicker, and
//! only [`AHEAD_MAX`] of them wait, so that memory does not grow with the number of items. The surprise: one slow item lets the
//! others run ahead only so far, then they wait for it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Items that may be worked on or waiting before the one whose turn it is; a document is a few hundred kilobytes.
const AHEAD_MAX: usize = 64;

/// Does `work` on each of `items` on all processors and hands the results to `take` in the order of the items.
///
/// # Errors
/// The first error of `take`; no further item is begun then.
pub(super) fn map_in_order<'a, T: Sync, R: Send, E>(
    items: &'a [T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&'a T, R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let (job_sender, jobs) = mpsc::channel();
    let (result_sender, results) = mpsc::channel();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (result_sender, jobs, work) = (result_sender.clone(), &jobs, &work);
            scope.spawn(move || {
                while let Some((at, item)) = next_job(jobs) {
                    // Where the taker has stopped, nobody waits for the result.
                    let _ = result_sender.send((at, work(item)));
                }
            });
        }
        drop(result_sender);
        // The sender of jobs is dropped at the end of this closure, whichever way it ends: then the threads end too.
        let job_sender = job_sender;
        let mut waiting_jobs = items.iter().enumerate();
        for job in waiting_jobs.by_ref().take(AHEAD_MAX) {
            let _ = job_sender.send(job);
        }
        let mut early = BTreeMap::new();
        for (turn, item) in items.iter().enumerate() {
            let Some(result) = wait_for(turn, &results, &mut early) else { break };
            if let Some(job) = waiting_jobs.next() {
                let _ = job_sender.send(job);
            }
            take(item, result)?;
        }
        Ok(())
    })
}

fn next_job<T>(jobs: &Mutex<mpsc::Receiver<T>>) -> Option<T> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// The result whose turn it is; those that come before their turn are kept. None where the threads have ended early,
/// which only a panic makes them do: the scope passes it on.
fn wait_for<R>(
    turn: usize,
    results: &mpsc::Receiver<(usize, R)>,
    early: &mut BTreeMap<usize, R>,
) -> Option<R> {
    loop {
        if let Some(result) = early.remove(&turn) {
            return Some(result);
        }
        let (at, result) = results.recv().ok()?;
        early.insert(at, result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..500).collect();
        let mut taken = Vec::new();
        map_in_order(
            &items,
            |item| item * 2,
            |item, doubled| {
                taken.push((*item, doubled));
                Ok::<_, ()>(())
            },
        )
        .unwrap();
        assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn no_more_than_the_bound_wait_for_their_turn() {
        let items: Vec<usize> = (0..1000).collect();
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let ahead_most = AtomicUsize::new(0);
        map_in_order(
            &items,
            |_| {
                let ahead = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
                ahead_most.fetch_max(ahead, Ordering::SeqCst);
            },
            |_, ()| {
                taken.fetch_add(1, Ordering::SeqCst);
                Ok::<_, ()>(())
            },
        )
        .unwrap();
        // One more may have begun between the job that is sent and the result that is taken.
        assert!(ahead_most.into_inner() <= AHEAD_MAX + 1);
    }

    #[test]
    fn an_error_of_the_taker_ends_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let begun = AtomicUsize::new(0);
        let ended = map_in_order(
            &items,
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |item, _| if *item < 3 { Ok(()) } else { Err(*item) },
        );
        assert_eq!(ended, Err(3));
        assert!(begun.into_inner() <= AHEAD_MAX + 4);
    }

    #[test]
    fn nothing_is_done_for_no_items() {
        let none: [u8; 0] = [];
        assert_eq!(map_in_order(&none, |_| (), |_, ()| Err(())), Ok(()));
    }
}
