//! Integration tests of the local ProConnect, one binary.
