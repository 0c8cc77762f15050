//! Uses the service for a long time as many people would, while its store and its provider are
//! restarted: no session may be lost or outlive its end, memory and files may not grow, and no error
//! may show but those that an outage explains. Ends with an error otherwise.
//!
//! Invariant: what is used is the release program, a real Redis that keeps its data, and the local
//! ProConnect with its data folder; who is who, and who is signed in, is known here independently.

#[expect(dead_code, clippy::unwrap_used, reason = "made for the tests, which use more of it")]
#[path = "../../tests/it/support/journey.rs"]
mod journey;

mod ledger;
mod outage;
mod person;
mod world;

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use tokio::task::JoinSet;

use ledger::Ledger;
use outage::{Outages, What};
use person::Person;
use world::World;

/// People who use the service at the same time.
const PEOPLE: usize = 20;
/// How long the store and the provider are away.
const AWAY: Duration = Duration::from_secs(3);
/// How often memory and files are looked at.
const LOOK: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test` and `cargo clippy` may start it too: it runs for `cargo bench` only.
    let mut arguments = std::env::args();
    if !arguments.any(|argument| argument == "--bench") {
        return Ok(());
    }
    let minutes: u64 = minutes()?;
    let duration = Duration::from_secs(minutes * 60);
    let mut world = World::start().await?;
    let (ledger, outages) = (Arc::new(Ledger::default()), Arc::new(Outages::default()));
    let end = Instant::now() + duration;
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        let person = Person::new(number, &world, Arc::clone(&ledger), Arc::clone(&outages));
        people.spawn(person.live(end));
    }
    let restarts = [What::Store, What::Provider, What::Store, What::Provider];
    let mut seen = Vec::new();
    for (number, what) in restarts.into_iter().enumerate() {
        let share = u32::try_from(number + 1)?;
        let at = end.checked_sub(duration * (5 - share) / 5).unwrap_or(end);
        watch(&world, at, &mut seen).await?;
        outages.begin(what);
        world.take_away(what).await?;
        tokio::time::sleep(AWAY).await;
        world.bring_back(what).await?;
        outages.end(what);
    }
    watch(&world, end, &mut seen).await?;
    while let Some(done) = people.join_next().await {
        done??;
    }
    let report = ledger.report(minutes, &seen);
    write!(std::io::stdout().lock(), "{report}")?;
    world.stop().await?;
    ensure!(report.passed(), "something happened that may not happen");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "told by the script that starts it")]
fn minutes() -> anyhow::Result<u64> {
    Ok(std::env::var("SOAK_MINUTES").map_or(Ok(30), |text| text.parse())?)
}

/// Waits, and notes memory (kB) and open files meanwhile.
async fn watch(world: &World, until: Instant, seen: &mut Vec<(u64, u64)>) -> anyhow::Result<()> {
    while Instant::now() < until {
        tokio::time::sleep(LOOK.min(until - Instant::now())).await;
        seen.push(world.size_of_the_service()?);
    }
    Ok(())
}
