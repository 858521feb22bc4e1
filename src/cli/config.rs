//! `interleaf config`: the reader's settings.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use interleaf::config::{Config, ConfigFault, KeySetting};
use interleaf::keymap::Keymap;

use super::arguments::Globals;
use super::output::{Output, write_file};

/// Say where the settings are, and what they are
///
/// Prints the settings in force as the file would have them, and the path of the file. Exits with 1 where something in
/// the file does not work.
#[derive(Args)]
pub(crate) struct Settings {
    /// Write a file with every setting in it, explained and set to nothing; never over one that exists
    #[arg(long)]
    write: bool,
}

impl Settings {
    /// Prints the settings or writes their file.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let path =
            Config::path().context("there is no home folder to keep settings in; set HOME or XDG_CONFIG_HOME")?;
        let mut output = Output::new(globals);
        if self.write {
            if path.exists() {
                anyhow::bail!("{}: exists already; edit it, or move it away first", path.display());
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
            }
            write_file(&path, Config::template().as_bytes(), false)?;
            output.line(&path.display().to_string())?;
            output.finish()?;
            return Ok(ExitCode::SUCCESS);
        }
        let (config, mut faults) = Config::load_from(&path);
        faults.extend(faults_of_keys(&config, &path)?);
        let state = if path.exists() { "" } else { " (not there; `interleaf config --write` makes it)" };
        output.line(&format!("# {}{state}", path.display()))?;
        for line in lines(&config) {
            output.line(&line)?;
        }
        for fault in &faults {
            output.line(&format!("# wrong: {fault}"))?;
        }
        output.finish()?;
        Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// What the keymap says against keys, tried one after another as the reader does.
fn faults_of_keys(config: &Config, path: &Path) -> Result<Vec<ConfigFault>> {
    let mut keymap = Keymap::default_keys()?;
    let mut faults = Vec::new();
    for setting in &config.keys {
        match keymap.with(&setting.mode, &setting.key, setting.action.as_deref()) {
            Ok(changed) => keymap = changed,
            Err(error) => {
                let message = error.to_string();
                faults.push(ConfigFault { path: path.to_path_buf(), line: setting.line, message });
            }
        }
    }
    Ok(faults)
}

/// The settings, a line each, as the file has them.
fn lines(config: &Config) -> Vec<String> {
    // A text in JSON is one in YAML.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let notebook = config.notebook.as_ref().map(|folder| quoted(&folder.to_string_lossy()));
    let mut lines = vec![
        format!("annotator: {}", config.annotator.as_deref().map_or("null".to_owned(), quoted)),
        format!("notebook: {}", notebook.as_deref().unwrap_or("null")),
        format!("measure: {}", config.measure),
        format!("theme: {}", config.theme.name()),
        format!("reading-speed: {}", config.reading_speed),
        format!("motion: {}", config.motion),
        format!("mouse: {}", config.mouse),
        format!("timecodes: {}", config.timecodes),
    ];
    if !config.keys.is_empty() {
        lines.push("keys:".to_owned());
    }
    let mut mode = None;
    let mut keys: Vec<&KeySetting> = config.keys.iter().collect();
    keys.sort_by_key(|setting| &setting.mode);
    for setting in keys {
        if mode != Some(&setting.mode) {
            lines.push(format!("  {}:", quoted(&setting.mode)));
            mode = Some(&setting.mode);
        }
        let action = setting.action.as_deref().unwrap_or_default();
        lines.push(format!("    {}: {}", quoted(&setting.key), quoted(action)));
    }
    lines
}
