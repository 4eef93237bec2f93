//! The forms that the text of a scope entry may have to have: what each is called, and an example of it. Const, so that
//! a program can judge its entries while it is compiled; what a text must be to have a form is said where that form is.

/// A form of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Form {
    /// Paths, by a base folder or a root, components, `*` and `**`.
    Path = 1,
    /// Addresses, by scheme, host, port and the beginning of the path.
    Url = 2,
    /// Any text, by `*` and `?`.
    Glob = 4,
    /// A regular expression for the whole of a text.
    Pattern = 8,
}

impl Form {
    /// All there are.
    pub const EVERY: [Self; 4] = [Self::Path, Self::Url, Self::Glob, Self::Pattern];

    /// The bit that stands for it.
    pub const fn bit(self) -> u8 {
        self as u8
    }

    /// Its name, with an article.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "a path pattern",
            Self::Url => "a URL pattern",
            Self::Glob => "a text glob",
            Self::Pattern => "a regular expression",
        }
    }

    /// An example.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Path => "$APPDATA/notes/**",
            Self::Url => "https://*.example.com/api/*",
            Self::Glob => "report-*",
            Self::Pattern => "[a-z]+-[0-9]{1,4}",
        }
    }
}
