//! A program that only draws: the least that a key can cost.

use std::io::{Read as _, Write as _};

use crate::transcript::FIRST;

/// Fills the screen anew for every key until `q`.
pub(crate) fn draw() {
    if crossterm::terminal::enable_raw_mode().is_err() {
        return;
    }
    let (columns, rows) = crossterm::terminal::size().unwrap_or((120, 40));
    let mut stdout = std::io::stdout();
    let mut keys = [0; 64];
    for frame in 0.. {
        let letter = char::from(b'a' + (frame % 26) as u8);
        let line = letter.to_string().repeat(usize::from(columns).saturating_sub(1));
        let mut screen = format!("\x1b[H{FIRST} {frame}\x1b[K");
        for _ in 1..rows {
            screen.push_str("\r\n");
            screen.push_str(&line);
        }
        if stdout.write_all(screen.as_bytes()).and_then(|()| stdout.flush()).is_err() {
            break;
        }
        match std::io::stdin().read(&mut keys) {
            Ok(count) if count > 0 && !keys[..count].contains(&b'q') => {}
            _ => break,
        }
    }
    // The pseudo-terminal goes with the program.
    let _ = crossterm::terminal::disable_raw_mode();
}
