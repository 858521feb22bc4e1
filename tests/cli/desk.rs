//! A folder with files in it and the command to run there, so that tests read as sentences.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// A short invented interview with labels and times.
pub(crate) const FERRY: &str = "\
The Last Ferry

[00:00:04] ADA PRYCE: When did you first take the wheel?

[00:00:09] TOM BELLIS: I was eleven. My uncle had gone below to look for his teeth.

He found them in the tea urn, you know.

[00:00:31] ADA PRYCE: And who steered after that?

[00:00:35] TOM BELLIS: I did, for forty years. Nobody asked for it back.
";

/// A folder of its own for one test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// With a file, in whichever folder its name says.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// With the interview `ferry.txt`.
    pub(crate) fn with_ferry(self) -> Self {
        self.with("ferry.txt", FERRY)
    }

    /// The path of a file.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a file holds.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `interleaf` with these words.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_with_input(words, "")
    }

    /// Runs `interleaf` with these words and this on standard input.
    pub(crate) fn run_with_input(&self, words: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_interleaf"))
            .args(words)
            .current_dir(self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_DATA_HOME", self.path("data"))
            .write_stdin(input.as_ref())
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    /// Exit code 0; standard output.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self.out
    }

    /// Exit code 1; standard output.
    #[track_caller]
    pub(crate) fn wrong(self) -> String {
        assert_eq!(self.code, Some(1), "{self:#?}");
        self.out
    }

    /// Exit code 2 and nothing on standard output; standard error.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!(self.code, Some(2), "{self:#?}");
        assert_eq!(self.out, "");
        self.err
    }

    /// Exit code 0; standard output as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.well()).unwrap()
    }
}

/// Asserts that `text` has all of `parts`.
#[track_caller]
pub(crate) fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}
