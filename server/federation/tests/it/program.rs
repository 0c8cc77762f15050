//! The program as a test suite starts it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::StatusCode;

use crate::support::{Folder, client};

/// A running program, ended when the test is over.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(folder: &Folder) -> Command {
    let free_ports = federation::SAMPLE
        .replace("127.0.0.1:3100", "127.0.0.1:0")
        .replace("127.0.0.1:3200", "127.0.0.1:0")
        .replace("127.0.0.1:3300", "127.0.0.1:0")
        .replace("127.0.0.1:3400", "127.0.0.1:0");
    let config = folder.path().join("federation.toml");
    std::fs::write(&config, free_ports).expect("the folder is writable");
    let mut command = Command::new(env!("CARGO_BIN_EXE_federation"));
    command.current_dir(folder.path()).arg("--config").arg(config);
    command.env_remove("FEDERATION_DATA").stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Starts it and reads the issuer from what it prints.
fn start(mut command: Command) -> (Program, String) {
    let mut program = Program(command.spawn().expect("the program starts"));
    let printed = program.0.stdout.take().expect("its output");
    let issuer = BufReader::new(printed).lines().find_map(|line| {
        line.expect("text").trim().strip_prefix("issuer ").map(|issuer| issuer.trim().to_owned())
    });
    (program, issuer.expect("the issuer is printed"))
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().display().to_string()).collect()
}

#[tokio::test]
async fn an_ephemeral_federation_serves_once_it_says_so_and_leaves_no_trace() {
    let folder = Folder::new();
    let mut command = command(&folder);
    command.arg("--ephemeral");

    let (_program, issuer) = start(command);

    let readyz = client().get(format!("{issuer}/readyz")).send().await.expect("an answer");
    assert_eq!(readyz.status(), StatusCode::OK);
    let keys = client().get(format!("{issuer}/jwks")).send().await.expect("an answer");
    assert_eq!(keys.status(), StatusCode::OK);
    assert_eq!(names(&folder), ["federation.toml"]);
}

#[tokio::test]
async fn without_a_word_it_keeps_its_data_below_the_current_folder() {
    let folder = Folder::new();

    let (_program, issuer) = start(command(&folder));

    let readyz = client().get(format!("{issuer}/readyz")).send().await.expect("an answer");
    assert_eq!(readyz.status(), StatusCode::OK);
    assert!(folder.path().join(".data/federation/federation.sqlite").exists());
}
