//! The reader's settings: one commented YAML file in the XDG configuration folder.
//!
//! A fault in the file names its line and costs only the setting that it is in: that one has its default, all others
//! are as written.

mod read;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

/// What a reader can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Whose layer the reader's notes are; `None` in a personal notebook.
    pub annotator: Option<String>,
    /// The folder that is the notebook of interviews outside any other.
    pub notebook: Option<PathBuf>,
    /// Columns of the text at most.
    pub measure: u16,
    /// The colours.
    pub theme: Theme,
    /// Words that the reader reads in a minute.
    pub reading_speed: u16,
    /// Whether anything may move that the reader did not move.
    pub motion: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether timecodes are shown.
    pub timecodes: bool,
    /// Keys that do something else than by default, in the file's order.
    pub keys: Vec<KeySetting>,
}

/// The colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the terminal's background is.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// With the strongest contrasts.
    HighContrast,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 4] = [Theme::Auto, Theme::Dark, Theme::Light, Theme::HighContrast];

    /// The word that the file and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::HighContrast => "high-contrast",
        }
    }

    /// The theme that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// A key that the reader has set. What the words mean is for the keymap to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    /// The mode in which it counts.
    pub mode: String,
    /// The key, as written.
    pub key: String,
    /// What it does: an action's name; `None` for nothing.
    pub action: Option<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Something in the file that does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What is wrong, what counts instead, and what to do.
    pub message: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.path.display(), self.message),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            annotator: None,
            notebook: None,
            measure: 76,
            theme: Theme::Auto,
            reading_speed: 230,
            motion: true,
            mouse: true,
            timecodes: true,
            keys: Vec::new(),
        }
    }
}

impl Config {
    /// Where the file is looked for: `interleaf/config.yaml` in `$XDG_CONFIG_HOME` or `~/.config`. `None` where the
    /// reader has no home.
    pub fn path() -> Option<PathBuf> {
        Some(Xdg::new().ok()?.config_dir().join("interleaf").join("config.yaml"))
    }

    /// The reader's settings and what is wrong with their file; the defaults where there is no file.
    pub fn load() -> (Self, Vec<ConfigFault>) {
        Self::path().map(|path| Self::load_from(&path)).unwrap_or_default()
    }

    /// The settings in the file `path`, as [`load`](Self::load).
    pub fn load_from(path: &Path) -> (Self, Vec<ConfigFault>) {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Self::default(), Vec::new()),
            Err(error) => {
                let message = format!("cannot be read: {error}; all settings have their defaults");
                (Self::default(), vec![ConfigFault { path: path.to_path_buf(), line: 0, message }])
            }
        }
    }

    /// The settings that `text` makes; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> (Self, Vec<ConfigFault>) {
        read::read(text, path)
    }

    /// The file to begin with: every setting with its default and what it is for.
    pub const fn template() -> &'static str {
        include_str!("template.yaml")
    }
}

#[cfg(test)]
mod tests;
