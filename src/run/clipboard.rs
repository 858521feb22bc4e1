//! The clipboard of the machine that the reader runs on, for terminals that may not hand a copy on (OSC 52).

use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::Message;
use crate::app::Action;

/// Programs that take a copy: what the environment must name for them, and how they are called.
const PROGRAMS: [(&str, &[&str]); 5] = [
    ("WAYLAND_DISPLAY", &["wl-copy"]),
    ("DISPLAY", &["xclip", "-selection", "clipboard"]),
    ("DISPLAY", &["xsel", "--clipboard", "--input"]),
    ("WSL_DISTRO_NAME", &["clip.exe"]),
    ("TMUX", &["tmux", "load-buffer", "-w", "-"]),
];

/// Where the terminal may not hand a copy on, gives `text` to a program that does, on another thread, and says what
/// came of it.
pub(super) fn copy_besides(text: String, sender: Sender<Message>) {
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if !may_be_lost(environment) {
        return;
    }
    let programs = programs(environment);
    thread::spawn(move || {
        let told = match programs.iter().find(|program| hand_over(program, &text).is_ok()) {
            Some(program) => Ok(format!("Copied, by {} too.", program.first().copied().unwrap_or_default())),
            None => {
                Err("Handed to the terminal, which may not take copies: wl-copy, xclip, xsel or pbcopy would.".into())
            }
        };
        // Where nobody listens any more, nobody misses it.
        let _ = sender.send(Message::Action(Action::Told(told)));
    });
}

/// Whether the terminal is one of those that are known not to take copies, or to ask for a setting first.
fn may_be_lost(environment: impl Fn(&str) -> Option<String>) -> bool {
    let says = |name: &str, word: &str| environment(name).is_some_and(|value| value.starts_with(word));
    let is_plain = ["linux", "vt", "screen", "tmux"].into_iter().any(|word| says("TERM", word));
    is_plain || environment("VTE_VERSION").is_some() || says("TERM_PROGRAM", "Apple_Terminal")
}

/// The programs to try, in this order. Over ssh only tmux, which hands on to the terminal: all others would copy on the
/// wrong machine.
fn programs(environment: impl Fn(&str) -> Option<String>) -> Vec<&'static [&'static str]> {
    let is_far = environment("SSH_CONNECTION").is_some();
    let fits = |(needs, _): &(&str, &[&str])| environment(needs).is_some() && (!is_far || *needs == "TMUX");
    let named = PROGRAMS.into_iter().filter(fits).map(|(_, program)| program);
    let mac: Option<&[&str]> = (cfg!(target_os = "macos") && !is_far).then_some(&["pbcopy"]);
    mac.into_iter().chain(named).collect()
}

fn hand_over(program: &[&str], text: &str) -> io::Result<()> {
    let [name, arguments @ ..] = program else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut command = Command::new(name);
    // They stay behind to serve the copy, and must not hold the terminal.
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    let status = child.wait()?;
    written?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn environment<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn only_terminals_that_may_lose_a_copy_need_another_way() {
        assert!(may_be_lost(environment(&[("TERM", "linux")])));
        assert!(may_be_lost(environment(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")])));
        assert!(!may_be_lost(environment(&[("TERM", "xterm-kitty")])));
        assert!(!may_be_lost(environment(&[])));
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn the_desktop_says_which_program_and_ssh_that_only_tmux() {
        let wayland = [("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":0")];
        let names: Vec<&str> = programs(environment(&wayland)).into_iter().map(|program| program[0]).collect();
        assert_eq!(names, ["wl-copy", "xclip", "xsel"]);
        let far = [("DISPLAY", "localhost:10"), ("SSH_CONNECTION", "1 2 3 4")];
        assert!(programs(environment(&far)).is_empty());
        let far_in_tmux = [("DISPLAY", "localhost:10"), ("SSH_CONNECTION", "1 2 3 4"), ("TMUX", "/run/tmux")];
        assert_eq!(programs(environment(&far_in_tmux))[0][0], "tmux");
    }

    #[cfg(unix)]
    #[test]
    fn the_program_gets_the_text_and_its_failure_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        let script = format!("cat > '{}'", path.display());
        hand_over(&["sh", "-c", &script], "“The lamp” — Ada").unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "“The lamp” — Ada");
        assert!(hand_over(&["sh", "-c", "exit 3"], "x").is_err());
        assert!(hand_over(&["no such program"], "x").is_err());
    }
}
