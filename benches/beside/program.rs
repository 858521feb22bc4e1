//! The programs, and the keys by which each does the same.

use std::path::Path;

/// A program that shows a text.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    /// The command; the text's path is put behind it.
    pub(crate) command: &'static [&'static str],
    pub(crate) down: &'static str,
    pub(crate) page: &'static str,
    pub(crate) end: &'static str,
    pub(crate) top: &'static str,
    /// With `{far}` for what is searched.
    pub(crate) search: Option<&'static str>,
    pub(crate) quit: &'static str,
}

/// Stands for this program itself, which then only draws.
pub(crate) const FLOOR: &str = "--floor";

const VIM_OPTIONS: &str = "set linebreak display=lastline ignorecase scrolloff=0 nofoldenable";

pub(crate) const PROGRAMS: [Program; 6] = [
    Program {
        name: "less",
        command: &["less"],
        down: "j",
        page: " ",
        end: "G",
        top: "g",
        search: Some("/{far}\r"),
        quit: "q",
    },
    Program {
        name: "interleaf",
        command: &[env!("CARGO_BIN_EXE_interleaf")],
        down: "j",
        page: " ",
        end: "G",
        top: "g",
        search: Some("/{far}\r"),
        quit: "q",
    },
    Program { name: "floor", command: &[FLOOR], down: "j", page: " ", end: "", top: "", search: None, quit: "q" },
    Program {
        name: "vim",
        command: &["vim", "-R", "--clean", "-c", VIM_OPTIONS],
        down: "\u{5}",
        page: "\u{6}",
        end: "G$",
        top: "gg0",
        search: Some("/{far}\r"),
        quit: ":q!\r",
    },
    Program {
        name: "nvim",
        command: &["nvim", "-R", "--clean", "-c", VIM_OPTIONS],
        down: "\u{5}",
        page: "\u{6}",
        end: "G$",
        top: "gg0",
        search: Some("/{far}\r"),
        quit: ":q!\r",
    },
    Program {
        name: "bat",
        command: &["bat", "--paging=always"],
        down: "j",
        page: " ",
        end: "G",
        top: "g",
        search: Some("/{far}\r"),
        quit: "q",
    },
];

impl Program {
    /// Whether the program is installed.
    pub(crate) fn is_here(&self) -> bool {
        let Some(name) = self.command.first() else { return false };
        if *name == FLOOR {
            return true;
        }
        let found = |folder: &Path| folder.join(name).is_file();
        Path::new(name).is_absolute() && Path::new(name).is_file()
            || std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| found(&folder)))
    }
}
