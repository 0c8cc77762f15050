//! The user interface of the service.
