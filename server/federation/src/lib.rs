//! A local ProConnect.
