//! Colours of 24 bits on terminals that have 256.

use ratatui::style::Color;

/// The levels of red, green and blue in the cube of colours 16 to 231.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of 256 that is nearest to one of 24 bits. The first sixteen are the reader's own, and never taken.
pub(super) fn nearest_of_256(r: u8, g: u8, b: u8) -> Color {
    let level = |part: u8| (0u8..6).min_by_key(|at| part.abs_diff(LEVELS[usize::from(*at)])).unwrap_or(0);
    let (red, green, blue) = (level(r), level(g), level(b));
    let of_cube = [red, green, blue].map(|at| LEVELS[usize::from(at)]);
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    // Colours 232 to 255 are greys, ten apart.
    let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
    let distance = |color: [u8; 3]| -> u32 {
        let parts = color.into_iter().zip([r, g, b]);
        parts.map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    match distance([8 + 10 * grey; 3]) < distance(of_cube) {
        true => Color::Indexed(232 + grey),
        false => Color::Indexed(16 + 36 * red + 6 * green + blue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_stay_grey_and_colours_keep_their_hue() {
        for (color, nearest) in [
            ((0, 0, 0), 16),
            ((255, 255, 255), 231),
            ((135, 135, 142), 245),
            ((75, 75, 82), 239),
            ((110, 190, 240), 75),
            ((240, 175, 70), 215),
            ((180, 70, 0), 130),
        ] {
            assert_eq!(nearest_of_256(color.0, color.1, color.2), Color::Indexed(nearest), "{color:?}");
        }
    }
}
