//! Integration tests of the backend-for-frontend, one binary.
