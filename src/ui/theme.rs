//! How things look, by what they mean. The concrete styles follow from the colours that the terminal has.
//!
//! Nothing is told by colour alone: questions are bold, marks differ by their sign, and without colours highlights are
//! underlined and hits reversed. The speakers' hues are those of Okabe and Ito (2008), which people with the common
//! kinds of colour blindness can tell apart.

use ratatui::style::{Color, Modifier, Style};

use super::palette;
use crate::model::{Annotation, Kind};

/// The colours that a terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colors {
    /// None, or none wanted.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// 256, of which all but the sixteen are the same everywhere.
    Many,
    /// 24 bits.
    #[default]
    True,
}

/// Whether the terminal's background is dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
}

/// How things look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// The colours that the terminal has.
    pub colors: Colors,
    /// Its background.
    pub background: Background,
    /// Whether contrasts are to be the strongest: nothing is faint, grounds are full, and colours on a light ground darker.
    pub is_strong: bool,
}

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color::Rgb(r, g, b)
}

/// A colour of a light theme that has at least seven times the contrast of its ground, as WCAG's level AAA asks.
fn darker(color: Color) -> Color {
    let part = |part: u8| (u16::from(part) * 2 / 3) as u8;
    match color {
        Color::Rgb(r, g, b) => rgb(part(r), part(g), part(b)),
        color => color,
    }
}

/// For each speaker: on dark, on light, of sixteen.
const SPEAKERS: [(Color, Color, Color); 7] = [
    (rgb(110, 190, 240), rgb(0, 95, 155), Color::Cyan),
    (rgb(240, 175, 70), rgb(160, 90, 0), Color::Yellow),
    (rgb(80, 200, 160), rgb(0, 120, 85), Color::Green),
    (rgb(225, 150, 195), rgb(155, 65, 120), Color::Magenta),
    (rgb(240, 130, 80), rgb(180, 70, 0), Color::Red),
    (rgb(235, 225, 110), rgb(120, 110, 0), Color::LightYellow),
    (rgb(130, 165, 245), rgb(40, 70, 170), Color::LightBlue),
];

impl Theme {
    fn pick(&self, dark: Color, light: Color, sixteen: Color) -> Option<Color> {
        match (self.colors, self.background) {
            (Colors::None, _) => None,
            (Colors::Sixteen, _) => Some(sixteen),
            (_, Background::Dark) => Some(self.shown(dark)),
            (_, Background::Light) if self.is_strong => Some(self.shown(darker(light))),
            (_, Background::Light) => Some(self.shown(light)),
        }
    }

    fn fg(&self, dark: Color, light: Color, sixteen: Color) -> Style {
        self.pick(dark, light, sixteen).map_or(Style::new(), |color| Style::new().fg(color))
    }

    /// Whether there are colours besides the reader's own sixteen.
    fn is_colorful(&self) -> bool {
        matches!(self.colors, Colors::Many | Colors::True)
    }

    /// A colour as the terminal can show it.
    fn shown(&self, color: Color) -> Color {
        match (self.colors, color) {
            (Colors::Many, Color::Rgb(r, g, b)) => palette::nearest_of_256(r, g, b),
            _ => color,
        }
    }

    /// Words on a ground of their own, with letters that can be read on it even where the terminal's background is not
    /// as the theme takes it to be; `None` without full colours. Grounds are faint, and of 256 colours the nearest would
    /// be grey: `many` are those to take, on dark and on light.
    fn on(&self, dark: Color, light: Color, many: (u8, u8)) -> Option<Style> {
        let (letters, ground, of_many) = match self.background {
            Background::Dark => (rgb(228, 228, 230), dark, many.0),
            Background::Light => (rgb(28, 28, 32), light, many.1),
        };
        match self.colors {
            Colors::True => Some(Style::new().fg(letters).bg(ground)),
            Colors::Many => Some(Style::new().fg(self.shown(letters)).bg(Color::Indexed(of_many))),
            Colors::None | Colors::Sixteen => None,
        }
    }

    /// Black words on a full ground; `None` without full colours.
    fn full(&self, ground: Color) -> Option<Style> {
        self.is_colorful().then(|| Style::new().fg(self.shown(rgb(0, 0, 0))).bg(self.shown(ground)))
    }

    /// A speaker's name, by the speaker's number.
    pub fn speaker(&self, number: usize) -> Style {
        let (dark, light, sixteen) = SPEAKERS[number % SPEAKERS.len()];
        self.fg(dark, light, sixteen).add_modifier(Modifier::BOLD)
    }

    /// The words of an interviewer.
    pub fn question(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The words of front and back matter.
    pub fn matter(&self) -> Style {
        if self.is_strong {
            return Style::new();
        }
        self.fg(rgb(175, 175, 180), rgb(85, 85, 95), Color::Reset)
    }

    /// The interview's title.
    pub fn title(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The line under the title.
    pub fn subtitle(&self) -> Style {
        self.matter().add_modifier(Modifier::ITALIC)
    }

    /// A heading of the document.
    pub fn heading(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// What is there but asks for no attention: timecodes, stage directions, hints.
    pub fn faint(&self) -> Style {
        match self.colors {
            _ if self.is_strong => Style::new(),
            Colors::True | Colors::Many => self.fg(rgb(135, 135, 142), rgb(108, 108, 115), Color::Reset),
            _ => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// The thin lines between the panes.
    pub fn rule(&self) -> Style {
        match self.colors {
            _ if self.is_strong => Style::new(),
            Colors::True | Colors::Many => self.fg(rgb(75, 75, 82), rgb(195, 195, 200), Color::Reset),
            _ => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// Words that bear one annotation, or several.
    pub fn highlight(&self, several: bool) -> Style {
        let ground = match several {
            _ if self.is_strong => self.full(if several { rgb(255, 180, 60) } else { rgb(255, 225, 90) }),
            false => self.on(rgb(66, 58, 24), rgb(255, 243, 190), (58, 229)),
            true => self.on(rgb(98, 80, 22), rgb(255, 226, 130), (94, 222)),
        };
        match ground {
            Some(style) if several => style.add_modifier(Modifier::UNDERLINED),
            Some(style) => style,
            None if several => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::ITALIC),
            None => Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    /// Words that bear another annotator's annotation.
    pub fn others_highlight(&self) -> Style {
        if self.is_strong {
            return self.full(rgb(150, 240, 180)).unwrap_or(Style::new().add_modifier(Modifier::UNDERLINED));
        }
        self.on(rgb(34, 56, 46), rgb(220, 240, 226), (22, 194))
            .unwrap_or(Style::new().add_modifier(Modifier::UNDERLINED | Modifier::DIM))
    }

    /// Another annotator's name, by the number of the layer.
    pub fn layer(&self, number: usize) -> Style {
        self.speaker(number + 2).remove_modifier(Modifier::BOLD)
    }

    /// A search hit, and the one at the cursor.
    pub fn hit(&self, current: bool) -> Style {
        match (self.colors, current) {
            (Colors::True | Colors::Many, false) if self.is_strong => self.full(rgb(140, 225, 255)).unwrap_or_default(),
            (_, true) if self.is_strong => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            (Colors::True | Colors::Many, false) => {
                self.on(rgb(28, 72, 88), rgb(190, 232, 245), (24, 153)).unwrap_or_default()
            }
            (Colors::True | Colors::Many, true) => {
                Style::new().fg(self.shown(rgb(20, 20, 20))).bg(self.shown(rgb(120, 205, 235)))
            }
            (_, false) => Style::new().add_modifier(Modifier::REVERSED | Modifier::DIM),
            (_, true) => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        }
    }

    /// Where hits are, on the scrollbar.
    pub fn hit_mark(&self) -> Style {
        self.fg(rgb(120, 205, 235), rgb(0, 110, 150), Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Selected words.
    pub fn selection(&self) -> Style {
        if self.is_strong {
            return Style::new().add_modifier(Modifier::REVERSED);
        }
        self.on(rgb(62, 76, 112), rgb(200, 215, 245), (60, 189))
            .unwrap_or(Style::new().add_modifier(Modifier::REVERSED))
    }

    /// The chosen entry of a list.
    pub fn chosen(&self, has_keys: bool) -> Style {
        match has_keys {
            false => Style::new().add_modifier(Modifier::BOLD),
            true if self.is_colorful() && !self.is_strong => self.selection().add_modifier(Modifier::BOLD),
            true => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The sign of a kind of annotation.
    pub fn mark(&self, kind: Kind) -> Style {
        match kind {
            Kind::Highlight => self.fg(rgb(215, 185, 80), rgb(150, 115, 0), Color::Yellow),
            Kind::Note => self.fg(rgb(120, 190, 235), rgb(0, 95, 155), Color::Cyan),
            Kind::Question | Kind::FollowUp => self.fg(rgb(240, 140, 95), rgb(180, 70, 0), Color::Red),
            Kind::Bookmark => self.fg(rgb(225, 150, 195), rgb(155, 65, 120), Color::Magenta),
            Kind::Topic => self.fg(rgb(90, 200, 160), rgb(0, 120, 85), Color::Green),
        }
    }

    /// The sign of an annotation: of its kind, hollow where it is another annotator's, its own where two writers
    /// changed it.
    pub fn note_sign(&self, annotation: &Annotation, is_own: bool) -> (&'static str, Style) {
        match (annotation.conflict.is_some(), is_own) {
            (true, _) => (CONFLICT, self.error()),
            (false, true) => (sign(annotation.kind), self.mark(annotation.kind)),
            (false, false) => (others_sign(annotation.kind), self.mark(annotation.kind)),
        }
    }

    /// A tag.
    pub fn tag(&self) -> Style {
        self.fg(rgb(140, 190, 150), rgb(50, 110, 65), Color::Green)
    }

    /// The bar at the cursor's paragraph.
    pub fn cursor_bar(&self) -> Style {
        if self.is_strong {
            return Style::new();
        }
        self.fg(rgb(150, 150, 160), rgb(120, 120, 130), Color::Reset)
    }

    /// Something went wrong.
    pub fn error(&self) -> Style {
        self.fg(rgb(255, 130, 120), rgb(180, 30, 20), Color::Red).add_modifier(Modifier::BOLD)
    }
}

/// The sign of a kind of annotation.
pub const fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Highlight => "▪",
        Kind::Note => "●",
        Kind::Question => "?",
        Kind::FollowUp => "◆",
        Kind::Bookmark => "★",
        Kind::Topic => "▸",
    }
}

/// The sign of a kind of annotation in another annotator's layer: hollow.
const fn others_sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Highlight => "▫",
        Kind::Note => "○",
        Kind::Question => "¿",
        Kind::FollowUp => "◇",
        Kind::Bookmark => "☆",
        Kind::Topic => "▹",
    }
}

/// The sign of an annotation that two writers changed.
const CONFLICT: &str = "≠";

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours after WCAG 2.2.
    fn contrast(one: Color, other: Color) -> f64 {
        let light = |color| {
            let Color::Rgb(r, g, b) = color else { return 0.0 };
            let part = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        };
        let (one, other) = (light(one) + 0.05, light(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn strong_contrasts_are_strong_on_black_and_on_white() {
        for (background, ground) in [(Background::Dark, rgb(0, 0, 0)), (Background::Light, rgb(255, 255, 255))] {
            let theme = Theme { background, is_strong: true, ..Theme::default() };
            let speakers = (0..SPEAKERS.len()).map(|number| theme.speaker(number));
            let marks = Kind::ALL.into_iter().map(|kind| theme.mark(kind));
            for style in speakers.chain(marks).chain([theme.tag(), theme.error(), theme.hit_mark()]) {
                let letters = style.fg.unwrap_or_default();
                assert!(contrast(letters, ground) >= 7.0, "{letters:?} on {background:?}");
            }
            for style in [theme.highlight(false), theme.highlight(true), theme.others_highlight(), theme.hit(false)] {
                let (letters, ground) = (style.fg.unwrap_or_default(), style.bg.unwrap_or_default());
                assert!(contrast(letters, ground) >= 7.0, "{letters:?} on {ground:?}");
            }
            for style in [theme.faint(), theme.matter(), theme.rule(), theme.cursor_bar()] {
                assert_eq!(style, Style::new());
            }
        }
    }

    #[test]
    fn what_is_read_is_never_too_faint() {
        for (background, ground) in [(Background::Dark, rgb(28, 28, 28)), (Background::Light, rgb(250, 250, 246))] {
            let theme = Theme { background, ..Theme::default() };
            let speakers = (0..SPEAKERS.len()).map(|number| theme.speaker(number));
            for style in speakers.chain([theme.faint(), theme.matter(), theme.tag(), theme.error()]) {
                let letters = style.fg.unwrap_or_default();
                assert!(contrast(letters, ground) >= 4.5, "{letters:?} on {background:?}");
            }
        }
    }
}
