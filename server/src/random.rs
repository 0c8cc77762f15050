//! Randomness as an argument: unguessable values come from an [`Entropy`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore as _;

/// A source of cryptographically secure random bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The thread's generator (`ChaCha`), seeded and reseeded by the operating system's, which would be
/// one more system call for each request.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// An unguessable value of 256 bits, as 43 characters of base64url.
///
/// ProConnect asks for at least 32 characters in `state` and `nonce`; RFC 7636 §4.1 for at least
/// 43 in a `code_verifier`.
pub fn token(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
