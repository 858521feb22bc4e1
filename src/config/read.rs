//! The settings' file, setting by setting.

use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

use super::{Config, ConfigFault, KeySetting, Theme};

const SETTINGS: [&str; 9] =
    ["annotator", "notebook", "measure", "theme", "reading-speed", "motion", "mouse", "timecodes", "keys"];

/// What is being read, and what was found wrong so far.
struct Reading<'a> {
    text: &'a str,
    path: &'a Path,
    faults: Vec<ConfigFault>,
}

pub(super) fn read(text: &str, path: &Path) -> (Config, Vec<ConfigFault>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reading = Reading { text, path, faults: Vec::new() };
    let mut config = Config::default();
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => {}
        Ok(Value::Mapping(settings)) => reading.settings(&settings, &mut config),
        Ok(_) => {
            reading.fault(1, "expected lines like `measure: 76`; all settings have their defaults".to_owned());
        }
        Err(error) => {
            let line = error.location().map_or(0, |at| at.line());
            reading.fault(line, format!("not YAML: {error}; all settings have their defaults"));
        }
    }
    reading.faults.sort_by_key(|fault| fault.line);
    (config, reading.faults)
}

impl Reading<'_> {
    fn settings(&mut self, settings: &Mapping, config: &mut Config) {
        for (name, value) in settings {
            let Some(name) = name.as_str() else {
                self.fault(0, format!("`{}` is no setting", shown(name)));
                continue;
            };
            let line = line_of(self.text, &[name]);
            if value.is_null() && SETTINGS.contains(&name) {
                continue;
            }
            match name {
                "annotator" => self.set(line, name, annotator(value), |it| config.annotator = Some(it)),
                "notebook" => self.set(line, name, folder(value), |it| config.notebook = Some(it)),
                "measure" => self.set(line, name, number(value, 20, 200), |it| config.measure = it),
                "theme" => self.set(line, name, theme(value), |it| config.theme = it),
                "reading-speed" => self.set(line, name, number(value, 50, 2000), |it| config.reading_speed = it),
                "motion" => self.set(line, name, switch(value), |it| config.motion = it),
                "mouse" => self.set(line, name, switch(value), |it| config.mouse = it),
                "timecodes" => self.set(line, name, switch(value), |it| config.timecodes = it),
                "keys" => self.keys(line, value, config),
                _ => {
                    let known = SETTINGS.join(", ");
                    self.fault(line, format!("there is no setting `{name}`; there are {known}"));
                }
            }
        }
    }

    fn set<T>(&mut self, line: usize, name: &str, found: Result<T, String>, set: impl FnOnce(T)) {
        match found {
            Ok(value) => set(value),
            Err(expected) => self.fault(line, format!("`{name}` must be {expected}; it has its default")),
        }
    }

    fn keys(&mut self, line: usize, value: &Value, config: &mut Config) {
        let Some(modes) = value.as_mapping() else {
            self.fault(
                line,
                "`keys` must have modes under it, and keys under each mode; keys have their defaults".into(),
            );
            return;
        };
        for (mode, keys) in modes {
            let mode = shown(mode);
            let line = line_of(self.text, &["keys", &mode]);
            let Some(keys) = keys.as_mapping() else {
                if !keys.is_null() {
                    self.fault(line, format!("`keys: {mode}` must have lines like `J: next-turn` under it"));
                }
                continue;
            };
            for (key, action) in keys {
                let key = shown(key);
                let line = line_of(self.text, &["keys", &mode, &key]);
                let action = match action {
                    Value::String(action) if !action.trim().is_empty() => Some(action.trim().to_owned()),
                    Value::String(_) | Value::Null => None,
                    _ => {
                        self.fault(
                            line,
                            format!("`{key}` must have an action's name; it does what it does by default"),
                        );
                        continue;
                    }
                };
                config.keys.push(KeySetting { mode: mode.clone(), key, action, line });
            }
        }
    }

    fn fault(&mut self, line: usize, message: String) {
        self.faults.push(ConfigFault { path: self.path.to_path_buf(), line, message });
    }
}

/// A scalar as it is written.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(is) => is.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Null => "~".to_owned(),
        _ => "…".to_owned(),
    }
}

fn annotator(value: &Value) -> Result<String, String> {
    let expected = "a name without / and line breaks".to_owned();
    let name = match value {
        Value::String(name) => name.trim().trim_start_matches('@').to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(expected),
    };
    let bad =
        name.is_empty() || name.starts_with('.') || name.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    if bad { Err(expected) } else { Ok(name) }
}

fn folder(value: &Value) -> Result<PathBuf, String> {
    let written = value.as_str().map(str::trim).filter(|path| !path.is_empty()).ok_or("a folder's path")?;
    let path = match written.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            let home = etcetera::home_dir().map_err(|_| "a path without ~, as no home folder is known")?;
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(written),
    };
    if path.is_absolute() { Ok(path) } else { Err("a path that begins with / or ~".to_owned()) }
}

fn number(value: &Value, least: u16, most: u16) -> Result<u16, String> {
    let number = value.as_u64().and_then(|number| u16::try_from(number).ok());
    number.filter(|number| (least..=most).contains(number)).ok_or(format!("a number from {least} to {most}"))
}

fn theme(value: &Value) -> Result<Theme, String> {
    value
        .as_str()
        .and_then(Theme::from_name)
        .ok_or_else(|| format!("one of {}", Theme::ALL.map(Theme::name).join(", ")))
}

/// Yes or no, in the words of YAML 1.1 too.
fn switch(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(is) => Ok(*is),
        Value::String(word) => match word.to_lowercase().as_str() {
            "yes" | "on" => Ok(true),
            "no" | "off" => Ok(false),
            _ => Err("true or false".to_owned()),
        },
        _ => Err("true or false".to_owned()),
    }
}

/// The line, from 1, of the key at the end of `path`, each in the block of the one before; the line of the last one
/// found where the rest is written in another style; 0 where none is.
fn line_of(text: &str, path: &[&str]) -> usize {
    let mut found = 0;
    let mut outer: Option<usize> = None;
    let mut lines = text.lines().enumerate();
    for name in path {
        for (number, line) in lines.by_ref() {
            let content = line.trim_start();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let indent = line.len() - content.len();
            if outer.is_some_and(|outer| indent <= outer) {
                return found;
            }
            if (outer.is_some() || indent == 0) && is_key(content, name) {
                found = number + 1;
                outer = Some(indent);
                break;
            }
        }
    }
    found
}

fn is_key(line: &str, name: &str) -> bool {
    let bare = line.trim_start_matches(['"', '\'', '?', ' ']);
    bare.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
}
