//! The pieces that pages are made of, one file each, with exact DSFR markup and ARIA.
//!
//! Invariant: a component never talks to the network, and writes its class names literally, so that
//! the stylesheet's build sees them.

mod alert;
mod brand_block;
mod connect_button;
mod display_settings;
mod external_link;
mod failure;
mod footer;
mod header;
mod menu;
mod page_heading;
mod session_end;
mod session_tools;
mod skip_links;
mod summary;

pub(crate) use alert::{Alert, AlertKind};
pub(crate) use brand_block::BrandBlock;
pub(crate) use connect_button::ConnectButton;
pub(crate) use display_settings::{DisplaySettings, DisplaySettingsItem, Settings};
pub(crate) use external_link::ExternalLink;
pub(crate) use failure::{Failure, Problem};
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use menu::Menu;
pub(crate) use page_heading::PageHeading;
pub(crate) use session_end::{Offline, SessionEnd};
pub(crate) use session_tools::SessionTools;
pub(crate) use skip_links::SkipLinks;
pub(crate) use summary::{Row, Summary, Value};
