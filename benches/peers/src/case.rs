//! What is called.

use crate::{
    call::{Answer, Lane},
    command::{ADD, MB, NOTE, Notes, items},
    peer::Peer,
};

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A command that takes nothing and returns nothing.
    Nothing,
    /// The sum of two numbers.
    Add,
    /// 5.8 kB of JSON in and out.
    Identity,
    /// 1 MB of bytes in and out.
    Flip,
    /// A small file in a folder that the caller may read.
    ReadNote,
    /// What the caller may not.
    Wipe,
    /// `Add`, granted by so many capabilities that all match the caller.
    Capabilities(usize),
    /// `Add` as one of so many commands: each in turn, in an order that no cache knows.
    Commands(usize),
}

/// What a command is sent.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Its name.
    pub command: &'static str,
    /// What comes with the name.
    pub body: Body,
}

/// What comes with the name of a command.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Arguments.
    Json(&'static [u8]),
    /// Bytes as they are.
    Bytes(&'static [u8]),
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Nothing,
        Self::Add,
        Self::Identity,
        Self::Flip,
        Self::ReadNote,
        Self::Wipe,
        Self::Capabilities(1),
        Self::Capabilities(20),
        Self::Capabilities(100),
        Self::Capabilities(1_000),
        Self::Commands(10),
        Self::Commands(1_000),
        Self::Commands(10_000),
    ];

    /// What the row is called.
    #[must_use]
    pub fn name(self) -> String {
        let name = match self {
            Self::Nothing => "no arguments",
            Self::Add => "`add(a, b)`",
            Self::Identity => "5.8 kB of JSON in and out",
            Self::Flip => "1 MB of bytes in and out",
            Self::ReadNote => "a file in a scope is read",
            Self::Wipe => "denied",
            Self::Capabilities(1) => "`add`, 1 capability matches",
            Self::Capabilities(count) => return format!("`add`, {} capabilities match", grouped(count)),
            Self::Commands(count) => return format!("`add`, one of {} commands", grouped(count)),
        };
        name.to_owned()
    }

    /// What is sent, one after the other.
    #[must_use]
    pub fn inputs(self) -> Vec<Input> {
        let one = |command, json| vec![Input { command, body: Body::Json(json) }];
        match self {
            Self::Nothing => one("nothing", b"{}"),
            Self::Add | Self::Capabilities(_) => one("add", ADD),
            Self::Identity => one("identity", items().leak()),
            Self::Flip => vec![Input { command: "flip", body: Body::Bytes(vec![7; MB].leak()) }],
            Self::ReadNote => {
                one("read_note", serde_json::json!({ "note": NOTE }).to_string().into_bytes().leak())
            }
            Self::Wipe => one("wipe", b"{}"),
            Self::Commands(count) => (0..count)
                .map(|index| name(index * 7919 % count))
                .map(|command| Input { command, body: Body::Json(ADD) })
                .collect(),
        }
    }

    /// How many messages may be made ready at once: few of the large ones, so that they are not the cache that is measured.
    #[must_use]
    pub fn at_once(self) -> usize {
        match self {
            Self::Flip => 4,
            Self::Identity => 16,
            _ => 64,
        }
    }

    /// The peers that can, each held against the first of them, which is written by hand: all must do the same work.
    ///
    /// # Panics
    ///
    /// If one does not.
    #[must_use]
    pub fn lanes(self, notes: &Notes) -> [Option<Box<dyn Lane>>; Peer::ALL.len()] {
        let inputs = self.inputs();
        let mut expected: Vec<Answer> = Vec::new();
        Peer::ALL.map(|peer| {
            let mut lane = peer.lane(self, &inputs, notes)?;
            let answers = lane.answers(inputs.len());
            if expected.is_empty() {
                expected.clone_from(&answers);
            }
            assert_eq!(answers.len(), expected.len(), "{}, {}", peer.name(), self.name());
            for (answer, expected) in answers.iter().zip(&expected) {
                assert!(
                    answer.is_as(expected) && !matches!(answer, Answer::Other(_)),
                    "{}, {}: {answer:?}, not {expected:?}",
                    peer.name(),
                    self.name(),
                );
            }
            Some(lane)
        })
    }
}

/// The name of one of many commands.
fn name(index: usize) -> &'static str {
    portcullis_benches::sized::name(index).leak()
}

fn grouped(count: usize) -> String {
    if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) }
}
