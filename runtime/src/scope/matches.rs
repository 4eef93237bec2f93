//! What an entry of a program's own scope means: which inputs it matches. The two sides of it, exact for `allow` and
//! folded for `deny`, are types that cannot be mixed up.

use std::{fmt, ops::Deref};

use super::{entry::Scope, fold};

/// Which inputs an entry matches: what makes a type with `derive(Scope)` the scope of a permission.
///
/// An input is admitted if `allows` is true for one of the `allow` entries that the caller is granted, and `denies` for
/// none of the `deny` entries. See [`Scope`] for an example.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the scope of a permission: nothing says which inputs its entries match",
    label = "not a scope",
    note = "derive `portcullis::Scope` for it, and implement `portcullis::scope::Matches`",
    note = "`PathScope<Read>`, `PathScope<Write>` (feature `path`) and `UrlScope` (feature `url`) are there to be used"
)]
pub trait Matches: Scope {
    /// What a caller sends, and what a command is given once it is admitted.
    type Input: serde::de::DeserializeOwned + Send + 'static;

    /// Whether this entry, under `allow`, admits the input: exactly as it was sent.
    fn allows(&self, input: Exact<'_, Self::Input>) -> bool;

    /// Whether this entry, under `deny`, refuses the input: whatever somebody could take for it.
    fn denies(&self, input: Folded<'_, Self::Input>) -> bool;
}

/// An input exactly as it was sent.
pub struct Exact<'a, T: ?Sized>(pub(super) &'a T);

impl<T: ?Sized> Clone for Exact<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Exact<'_, T> {}

impl<T: ?Sized> Deref for Exact<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Exact<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Exact").field(&self.0).finish()
    }
}

/// An input that is looked at through its folded form: its text can be compared with what is like it, and cannot be had.
pub struct Folded<'a, T: ?Sized>(pub(super) &'a T);

impl<'a, T: ?Sized> Folded<'a, T> {
    /// A text of the input.
    #[must_use]
    pub fn text(self, part: impl FnOnce(&'a T) -> &'a str) -> FoldedText<'a> {
        FoldedText(part(self.0))
    }

    /// A text of the input that may not be there.
    #[must_use]
    pub fn optional_text(self, part: impl FnOnce(&'a T) -> Option<&'a str>) -> Option<FoldedText<'a>> {
        part(self.0).map(FoldedText)
    }

    /// All of several texts of the input.
    pub fn texts<I: IntoIterator<Item = &'a str>>(
        self,
        parts: impl FnOnce(&'a T) -> I,
    ) -> impl Iterator<Item = FoldedText<'a>> {
        parts(self.0).into_iter().map(FoldedText)
    }

    /// A number, a truth value or nothing of these: what has one spelling.
    #[must_use]
    pub fn number<N: Number>(self, part: impl FnOnce(&'a T) -> N) -> N {
        part(self.0)
    }
}

impl<'a> Folded<'a, String> {
    /// The input, which is text.
    #[must_use]
    pub fn as_text(self) -> FoldedText<'a> {
        FoldedText(self.0)
    }
}

impl<T: ?Sized> Clone for Folded<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Folded<'_, T> {}

impl<T: ?Sized> fmt::Debug for Folded<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Folded(..)")
    }
}

/// Text of a folded input.
#[derive(Clone, Copy)]
pub struct FoldedText<'a>(&'a str);

impl FoldedText<'_> {
    /// Whether it could be taken for this.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        fold::same(self.0, text)
    }

    /// Whether it begins with what could be taken for this.
    #[must_use]
    pub fn starts_with(self, text: &str) -> bool {
        fold::fold(self.0).starts_with(&fold::fold(text))
    }

    /// Whether it ends with what could be taken for this.
    #[must_use]
    pub fn ends_with(self, text: &str) -> bool {
        fold::fold(self.0).ends_with(&fold::fold(text))
    }

    /// Whether it contains what could be taken for this.
    #[must_use]
    pub fn contains(self, text: &str) -> bool {
        fold::fold(self.0).contains(&fold::fold(text))
    }

    /// The folded form itself, for text types that match it.
    pub(super) fn fold(self) -> String {
        fold::fold(self.0)
    }

    /// As it was sent, for text types that must look at both.
    pub(super) fn unfolded(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for FoldedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoldedText(..)")
    }
}

/// What has one spelling only: numbers, truth values, and what may not be there of them.
pub trait Number: Copy + sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! numbers {
    ($($type:ty)*) => { $( impl sealed::Sealed for $type {} impl Number for $type {} )* };
}

numbers!(bool i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);

impl<N: Number> sealed::Sealed for Option<N> {}
impl<N: Number> Number for Option<N> {}
