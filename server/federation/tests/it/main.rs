//! Integration tests of the local ProConnect over real sockets: each test starts a federation of
//! its own on free ports, with a clock that only moves when told to.

mod acceptance;
mod accounts;
mod admin;
mod authorize;
mod callback;
mod email_code;
mod headers;
mod health;
mod hostile;
mod identite;
mod identite_accounts;
mod identite_levels;
mod identity;
mod idp_hint;
mod levels;
mod lifecycle;
mod live;
mod logout;
mod mail;
mod mire;
mod pkce;
mod program;
mod providers;
mod random;
mod resource_server;
mod routing;
mod scenarios;
mod scopes;
mod session;
mod sign_in;
mod sso;
mod support;
mod tokens;
mod trail;
mod two_services;
