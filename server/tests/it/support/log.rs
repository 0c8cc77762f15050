//! Everything that the process logs, at every level that it ever logs, for the tests that search it.

use std::io;
use std::sync::{LazyLock, Mutex, Once};

use server::config::LogFormat;
use server::telemetry;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

static LINES: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);
static STARTED: Once = Once::new();

/// Starts to keep log lines, once for all tests of this process.
pub(crate) fn capture() {
    STARTED.call_once(|| {
        telemetry::subscriber("trace", LogFormat::Json, Lines, Lines, None).unwrap().init();
    });
}

/// What was logged so far.
pub(crate) fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}

struct Lines;

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}
