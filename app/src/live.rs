//! Parts of a view that follow what is known.
//!
//! Why a box: the code that follows a closure is compiled once for each type of closure, a kilobyte and
//! more each time. Boxed, all that give the same kind of value are one type.

/// A value that is computed anew whenever what it reads changes.
pub(crate) type Live<T> = Box<dyn Fn() -> T + Send>;

/// Follows what the closure reads.
pub(crate) fn live<T>(follow: impl Fn() -> T + Send + 'static) -> Live<T> {
    Box::new(follow)
}
