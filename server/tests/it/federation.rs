//! The application and the real local ProConnect, over HTTP, as people use them.

use std::path::Path;
use std::sync::Arc;

use federation::{Config, Federation, Parts, SystemClock};
