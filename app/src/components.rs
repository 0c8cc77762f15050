//! The pieces that pages are made of, one file each, with exact DSFR markup and ARIA.
//!
//! Invariant: a component never talks to the network, and writes its class names literally, so that
//! the stylesheet's build sees them. What no page uses is not in the browser's program, only in the
//! gallery.
#![cfg_attr(
    feature = "hydrate",
    expect(dead_code, unused_imports, reason = "pages use a part, the gallery shows all")
)]

mod accordion;
mod alert;
mod badge;
mod brand_block;
mod breadcrumb;
mod busy_button;
mod button;
mod card;
mod connect_button;
mod copy_button;
mod disclosure;
mod display_settings;
mod dropdown;
mod external_link;
mod failure;
mod field;
mod footer;
mod france_connect_button;
mod header;
mod language;
mod menu;
mod modal;
mod notice;
mod page_heading;
mod password;
mod select;
mod session_end;
mod skip_links;
mod stepper;
mod summary;
mod table;
mod tile;
mod user_menu;

pub(crate) use accordion::Accordion;
pub(crate) use alert::{Alert, AlertKind};
pub(crate) use badge::{Badge, BadgeKind};
pub(crate) use brand_block::BrandBlock;
pub(crate) use breadcrumb::Breadcrumb;
pub(crate) use busy_button::BusyButton;
pub(crate) use button::{Button, ButtonKind, ButtonLink};
pub(crate) use card::Card;
pub(crate) use connect_button::ConnectButton;
pub(crate) use copy_button::CopyButton;
pub(crate) use disclosure::Disclosure;
pub(crate) use display_settings::{DisplaySettings, DisplaySettingsItem, Settings};
pub(crate) use dropdown::Dropdown;
pub(crate) use external_link::ExternalLink;
pub(crate) use failure::{Failure, Problem};
pub(crate) use field::{Field, FieldKind};
pub(crate) use footer::Footer;
pub(crate) use france_connect_button::FranceConnectButton;
pub(crate) use header::Header;
pub(crate) use language::LanguageSelector;
pub(crate) use menu::Menu;
pub(crate) use modal::Modal;
pub(crate) use notice::{Notice, NoticeKind};
pub(crate) use page_heading::PageHeading;
pub(crate) use password::PasswordField;
pub(crate) use select::{Select, SelectOption};
pub(crate) use session_end::{Offline, SessionEnd};
pub(crate) use skip_links::SkipLinks;
pub(crate) use stepper::Stepper;
pub(crate) use summary::{Row, Summary, Value, value_view};
pub(crate) use table::Table;
pub(crate) use tile::Tile;
pub(crate) use user_menu::{UserList, UserTools, leave_for};
