//! A folder with interviews in it, and a home of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use interleaf::model::Annotation;
use interleaf::store::{AnnotationsFile, Draft, Drafts};
use tempfile::TempDir;

use crate::reader::{PATIENCE, Reader};

/// A short invented interview with labels and times.
pub(crate) const FERRY: &str = "\
The Last Ferry

[00:00:04] ADA PRYCE: When did you first take the wheel?

[00:00:09] TOM BELLIS: I was eleven. My uncle had gone below to look for his teeth.

He found them in the tea urn, you know.

[00:00:31] ADA PRYCE: And who steered after that?

[00:00:35] TOM BELLIS: I did, for forty years. Nobody asked for it back.
";

/// The file of the annotations of the ferry.
pub(crate) const NOTES: &str = "annotations/ferry.txt.yaml";

/// A folder of its own for one test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("talks")).unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    /// A folder with the interview `ferry.txt`.
    pub(crate) fn with_ferry() -> Self {
        Self::new().with("ferry.txt", FERRY)
    }

    /// With a file, in whichever folder its name says.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The folder of the interviews, in which the program is started.
    pub(crate) fn talks(&self) -> PathBuf {
        self.folder.path().join("talks")
    }

    /// The reader's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The path of a file among the interviews.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.talks().join(name)
    }

    /// What a file holds.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All files among the interviews, by their paths from there.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, root, found);
                } else {
                    found.push(path.strip_prefix(root).unwrap().display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.talks(), &self.talks(), &mut found);
        found.sort();
        found
    }

    /// The words of all notes in a file of annotations, which has to be one that can be read and in which no id stands
    /// twice.
    pub(crate) fn notes(&self, name: &str) -> Vec<Annotation> {
        let file = AnnotationsFile::load(&self.path(name)).unwrap_or_else(|error| panic!("{error}"));
        assert!(file.warnings().is_empty(), "{:?}", file.warnings());
        file.annotations().to_vec()
    }

    /// The drafts that are kept of notes on an interview.
    pub(crate) fn drafts(&self, name: &str) -> Vec<Draft> {
        Drafts::at(self.home().join("state/interleaf/drafts")).of(&self.path(name))
    }

    /// Waits until a file is there.
    pub(crate) fn waits_for(&self, name: &str) {
        wait_until(name, || self.path(name).exists());
    }

    /// Opens an interview in a terminal of 80 by 24.
    pub(crate) fn open(&self, name: &str) -> Reader {
        self.open_sized(name, 80, 24)
    }

    /// Opens an interview in a terminal of another size.
    pub(crate) fn open_sized(&self, name: &str, columns: u16, rows: u16) -> Reader {
        let program = Path::new(env!("CARGO_BIN_EXE_interleaf"));
        Reader::start(self, &[program.as_os_str(), name.as_ref()], columns, rows)
    }

    /// Runs the program without a terminal; gives back standard output, standard error and the exit code.
    pub(crate) fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_interleaf"));
        command.args(arguments).current_dir(self.talks()).env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
    }

    /// An environment in which nothing of the machine's own reader is found.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let home = self.home();
        let at = |name: &str| home.join(name).display().to_string();
        vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", home.display().to_string()),
            ("XDG_CONFIG_HOME", at("config")),
            ("XDG_DATA_HOME", at("data")),
            ("XDG_STATE_HOME", at("state")),
            ("XDG_CACHE_HOME", at("cache")),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
        ]
    }
}

/// Waits until something is so.
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
