//! Stores on the network: shared by instances, lost and found again.

mod down;
mod shared;
