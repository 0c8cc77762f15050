//! A mail server over a real socket: takes mails and reads them as a mail program would (RFC 5321, 2045,
//! 2047), or refuses them.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Taking,
    Refusing,
    /// It says nothing any more to who wants to send a mail.
    Silent,
}

/// The server.
pub(crate) struct MailServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

struct State {
    mood: Mood,
    commands: Vec<String>,
    mails: Vec<Delivered>,
}

/// A mail as it arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivered {
    pub(crate) from: String,
    pub(crate) to: String,
    data: String,
}

/// A part of a mail, decoded.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) content_type: String,
    pub(crate) text: String,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = State { mood: Mood::Taking, commands: Vec::new(), mails: Vec::new() };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { port, state }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn become_(&self, mood: Mood) {
        self.state.lock().expect("unpoisoned").mood = mood;
    }

    pub(crate) fn mails(&self) -> Vec<Delivered> {
        self.state.lock().expect("unpoisoned").mails.clone()
    }

    /// What clients said, but for the mails themselves.
    pub(crate) fn commands(&self) -> Vec<String> {
        self.state.lock().expect("unpoisoned").commands.clone()
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 test ESMTP\r\n").await.ok()?;
    let mut mail = Delivered::default();
    while let Some(line) = lines.next_line().await.ok()? {
        let mood = {
            let mut state = state.lock().expect("unpoisoned");
            state.commands.push(line.clone());
            state.mood
        };
        let upper = line.to_ascii_uppercase();
        let answer = if upper.starts_with("EHLO") {
            "250-test\r\n250 AUTH PLAIN LOGIN\r\n".to_owned()
        } else if upper.starts_with("AUTH") {
            "235 ok\r\n".to_owned()
        } else if upper.starts_with("MAIL") {
            mail.from = between(&line);
            "250 ok\r\n".to_owned()
        } else if upper.starts_with("RCPT") && mood == Mood::Silent {
            continue;
        } else if upper.starts_with("RCPT") && mood == Mood::Refusing {
            format!("550 no such mailbox {}\r\n", between(&line))
        } else if upper.starts_with("RCPT") {
            mail.to = between(&line);
            "250 ok\r\n".to_owned()
        } else if upper == "DATA" {
            writer.write_all(b"354 go on\r\n").await.ok()?;
            while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                mail.data.push('\n');
            }
            state.lock().expect("unpoisoned").mails.push(std::mem::take(&mut mail));
            "250 taken\r\n".to_owned()
        } else if upper == "QUIT" {
            "221 bye\r\n".to_owned()
        } else {
            "500 what?\r\n".to_owned()
        };
        writer.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

fn between(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

impl Delivered {
    /// A header, unfolded and decoded.
    pub(crate) fn header(&self, name: &str) -> String {
        header(&self.data, name).unwrap_or_else(|| panic!("no {name}:\n{}", self.data))
    }

    /// The parts of the body.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let content_type = self.header("Content-Type");
        assert!(content_type.starts_with("multipart/alternative"), "{content_type}");
        let boundary = content_type.split("boundary=\"").nth(1).expect("a boundary");
        let boundary = format!("--{}", boundary.split('"').next().expect("its end"));
        let sections: Vec<&str> = self.data.split(&boundary).collect();
        assert!(sections.last().expect("an end").starts_with("--"), "it is closed");
        sections[1..sections.len() - 1].iter().map(|section| part(section.trim_start())).collect()
    }
}

fn part(section: &str) -> Part {
    let (head, body) = section.split_once("\n\n").expect("a body");
    let encoding = header(head, "Content-Transfer-Encoding").unwrap_or_default();
    let bytes = match encoding.as_str() {
        "base64" => STANDARD.decode(body.split_whitespace().collect::<String>()).expect("base64"),
        "quoted-printable" => quoted_printable(body),
        "" | "7bit" | "8bit" => body.as_bytes().to_vec(),
        other => panic!("unknown encoding {other}"),
    };
    let text = String::from_utf8(bytes).expect("UTF-8");
    Part { content_type: header(head, "Content-Type").expect("a type"), text }
}

fn header(text: &str, name: &str) -> Option<String> {
    let head = text.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
    let wanted = format!("{}:", name.to_ascii_lowercase());
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&wanted))?;
    Some(decoded_words(line[wanted.len()..].trim()))
}

/// Decodes `=?utf-8?b?…?=`; the space between two encoded words is none.
fn decoded_words(text: &str) -> String {
    let (mut decoded, mut rest) = (String::new(), text);
    while let Some((before, word)) = rest.split_once("=?") {
        decoded.push_str(before);
        let mut fields = word.splitn(3, '?');
        let charset = fields.next().expect("a charset").to_ascii_lowercase();
        assert_eq!(charset, "utf-8");
        let encoding = fields.next().expect("an encoding").to_ascii_lowercase();
        let (value, after) = fields.next().and_then(|rest| rest.split_once("?=")).expect("a word");
        let bytes = match encoding.as_str() {
            "b" => STANDARD.decode(value).expect("base64"),
            "q" => quoted_printable(&value.replace('_', " ")),
            other => panic!("unknown encoding {other}"),
        };
        decoded.push_str(&String::from_utf8(bytes).expect("UTF-8"));
        rest = if after.starts_with(" =?") { &after[1..] } else { after };
    }
    decoded.push_str(rest);
    decoded
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let mut pieces = text.split('=');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two digits"));
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    bytes
}
