//! What the interface asks of its server: the server implements it and puts it in context.
//!
//! Invariant: the interface knows no cookie, no store and no HTTP; whoever implements the port has
//! already decided which session the request belongs to.

use async_trait::async_trait;

use crate::wire::{ApiProblem, SessionView, SessionsView, SpaceView};

/// Access to the session of the current request. Server functions take an `Arc<dyn SessionPort>`
/// from the Leptos context.
#[async_trait]
pub trait SessionPort: Send + Sync {
    /// Who is signed in.
    async fn current(&self) -> Result<SessionView, ApiProblem>;
    /// All sessions of whoever is signed in.
    async fn sessions(&self) -> Result<SessionsView, ApiProblem>;
    /// Ends one of them.
    async fn revoke(&self, id: &str) -> Result<(), ApiProblem>;
    /// Ends all of them but the one of the request; returns how many.
    async fn revoke_others(&self) -> Result<u64, ApiProblem>;
    /// Who is signed in; that they ask is activity, which keeps the session alive.
    async fn stay(&self) -> Result<SessionView, ApiProblem>;
    /// Reads at ProConnect again who is signed in.
    async fn refresh_identity(&self) -> Result<SessionView, ApiProblem>;
    /// What the protected space holds, for who signed in in two steps.
    async fn space(&self) -> Result<SpaceView, ApiProblem>;
    /// Keeps a note in the protected space, if it is `person` who is signed in.
    async fn save_note(&self, note: String, person: String) -> Result<(), ApiProblem>;
}
