//! A line on a terminal about work that takes long.

use std::io::{Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long work goes on in silence, and how often the line is renewed after that.
const PERIOD: Duration = Duration::from_millis(500);

/// Says how far a run has come; taken off the screen when dropped.
pub(crate) struct Progress {
    /// Files looked at, and all of them; 0 while they are being listed.
    counts: Arc<(AtomicUsize, AtomicUsize)>,
    /// The end of it, and the thread that waits for that; none where there is no terminal.
    line: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(super) fn new(is_shown: bool) -> Progress {
        let counts = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let shown = Arc::clone(&counts);
        let line = is_shown.then(|| {
            let (sender, receiver) = channel::<()>();
            let thread = std::thread::spawn(move || {
                let mut is_drawn = false;
                while receiver.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
                    let (at, files) =
                        (shown.0.load(Ordering::Relaxed), shown.1.load(Ordering::Relaxed));
                    let text = match files {
                        0 => "listing files".to_owned(),
                        _ => format!("file {at} of {files}"),
                    };
                    let _ = write!(stderr(), "\r\x1b[Kdataward: {text}");
                    is_drawn = true;
                }
                if is_drawn {
                    let _ = write!(stderr(), "\r\x1b[K");
                }
            });
            (sender, thread)
        });
        Progress { counts, line }
    }

    /// The files are listed.
    pub(crate) fn listed(&self, files: usize) {
        self.counts.1.store(files, Ordering::Relaxed);
    }

    /// The next file is being looked at.
    pub(crate) fn step(&self) {
        self.counts.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.line.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}
