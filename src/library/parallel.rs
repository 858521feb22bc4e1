//! Work on many files at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Most threads that read files at once.
const THREADS: usize = 8;

/// Calls `work` with each number below `count` from several threads, in about that order; no more are begun once
/// `cancel` is set.
pub(super) fn each(count: usize, cancel: &AtomicBool, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let run = || {
        while !cancel.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            work(index);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS).min(count.max(1));
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
}
