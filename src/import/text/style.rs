//! How a line looks, where the format says so.

/// The look of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Style {
    /// 1-based line of the source.
    pub source_line: u32,
    /// What it is a line of.
    pub kind: Kind,
    /// Bytes at its beginning that are set bold.
    pub strong: u32,
    /// All of its paragraph is set bold.
    pub all_strong: bool,
    /// All of its paragraph is set italic.
    pub all_emphasis: bool,
    /// It goes on with the paragraph of the line before.
    pub goes_on: bool,
}

/// What a line is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Kind {
    /// A paragraph.
    #[default]
    Text,
    /// A heading of this level, 0 for the highest.
    Heading(u8),
    /// A list, a quotation, a table or code: what stands before a colon there is no speaker, as a rule.
    Aside,
}
