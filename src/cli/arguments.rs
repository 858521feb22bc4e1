//! Flags that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use interleaf::config::Config;
use interleaf::library::Settings;

/// Flags that every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Globals {
    /// Keep annotations in this folder instead of the notebook's own
    #[arg(long, value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub(crate) annotations: Option<PathBuf>,
    /// Work in this annotator's layer
    #[arg(long, value_name = "NAME", global = true, help_heading = "Everywhere")]
    pub(crate) annotator: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, help_heading = "Everywhere")]
    pub(crate) color: Color,
    /// Say only what was asked for: no remarks on standard error
    #[arg(long, short, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
}

impl Globals {
    /// What opening an interview needs to know.
    pub(crate) fn settings(&self) -> Settings {
        self.settings_with(&Config::load().0)
    }

    /// What opening an interview needs to know, with the reader's settings.
    pub(crate) fn settings_with(&self, config: &Config) -> Settings {
        Settings {
            annotations: self.annotations.clone(),
            notebook: config.notebook.clone(),
            annotator: self.annotator.clone().or_else(|| config.annotator.clone()),
            ..Settings::default()
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where output goes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Destination {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}
