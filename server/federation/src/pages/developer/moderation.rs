//! The page on which the developer decides who joins an organisation.

use askama::Template;

use super::Frame;
use crate::idp::Moderation;

/// `GET /moderation`
#[derive(Debug, Template)]
#[template(path = "developer/moderation.html")]
pub(crate) struct ModerationPage {
    pub(crate) frame: Frame,
    pub(crate) open: Vec<Moderation>,
    pub(crate) decided: Vec<Moderation>,
}
