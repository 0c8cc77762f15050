//! Measures the service as a program: who is signed in, documents and files, beside bare handlers that
//! answer the same bytes, with each store, empty and with a hundred thousand sessions. It prints a
//! table and judges nothing.
//!
//! Invariants: what is measured is the release program with its usual log, a person who really signed in
//! at the local ProConnect, and real stores; it and the bare handler take turns under the same load.

#[expect(dead_code, clippy::unwrap_used, reason = "made for the tests, which use more of it")]
#[path = "../../tests/it/support/journey.rs"]
mod journey;

mod bare;
mod crowd;
mod load;
mod program;
mod table;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};

use bare::Bare;
use load::Load;
use program::{Program, Provider};
use table::Table;

/// Sessions of others in the store.
const CROWD: usize = 100_000;
/// Sign-ins that fill the store in memory, which nothing else can fill.
const SIGN_INS: usize = 2_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test` and `cargo clippy` may start it too: it measures for `cargo bench` only.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-sessions");
    let _of_before = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let provider = Provider::start().await?;
    let mut table = Table::default();

    let stores = [
        ("memory", "memory:".to_owned()),
        ("SQLite", format!("sqlite:{}", folder.join("sessions.db").display())),
        ("PostgreSQL", environment("TEST_POSTGRES_URL")?),
        ("Redis", environment("TEST_REDIS_URL")?),
    ];
    for (store, location) in stores {
        let program = Program::start(&provider, &location, &folder.join("server.log")).await?;
        let at_rest = program.memory()?;
        let cookie = program.sign_in().await?;
        let answer = program.get("/api/session", &cookie).await?;
        ensure!(answer.text().contains("\"state\":\"signed_in\""), "nobody is signed in");
        let bare = Bare::start(&answer).await?;
        let measured =
            Load::side_by_side((&bare.url, ""), (&program.url("/api/session"), &cookie))?;
        table.compared(&format!("`session`, {store}"), &measured);
        if store == "memory" {
            for path in ["/connexion", &program.script().await?] {
                let answer = program.get(path, "").await?;
                let bare = Bare::start(&answer).await?;
                let measured = Load::side_by_side((&bare.url, ""), (&program.url(path), ""))?;
                let name = if path == "/connexion" { path } else { "a file of the program" };
                table.compared(&format!("`{name}`"), &measured);
            }
            for _ in 0..SIGN_INS {
                program.sign_in().await?;
            }
            let memory = [at_rest, program.memory()?];
            table.memory(store, &format!("{SIGN_INS} sessions"), memory);
        } else {
            crowd::fill(&location, &cookie, CROWD).await?;
            let measured =
                Load::side_by_side((&bare.url, ""), (&program.url("/api/session"), &cookie))?;
            table.compared(&format!("`session`, {store}, {CROWD} sessions"), &measured);
            table.memory(store, &format!("{CROWD} sessions"), [at_rest, program.memory()?]);
        }
        program.stop()?;
    }
    std::fs::remove_dir_all(&folder)?;
    write!(std::io::stdout().lock(), "{table}")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "told by the script that starts the stores")]
fn environment(name: &str) -> anyhow::Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: run `make bench`"))
}
