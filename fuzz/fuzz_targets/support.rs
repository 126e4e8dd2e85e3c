//! What all targets have in common: a bound on memory, and what is checked of each input.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "../../tests/support/fuzzed.rs"]
mod fuzzed;

pub use fuzzed::*;

/// Bytes that may be allocated at a time. libFuzzer has such a bound only with the address sanitizer.
const MOST: usize = 400 << 20;

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, and a count of what is allocated.
struct Counted;

#[global_allocator]
static ALLOCATOR: Counted = Counted;

// SAFETY: each call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

fn count(bytes: usize) {
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
    if live > MOST {
        // Once: a panic allocates as well.
        LIVE.store(0, Ordering::Relaxed);
        panic!("{live} bytes allocated");
    }
}
