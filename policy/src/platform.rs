//! The platforms that a capability may be limited to, under the names that Tauri gives them.

/// A platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Platform {
    /// `macOS`
    Macos,
    /// `windows`
    Windows,
    /// `linux`
    Linux,
    /// `android`
    Android,
    /// `iOS`
    Ios,
}

impl Platform {
    /// Every platform, in the order of the bits of [`Platforms`].
    pub const EVERY: [Self; 5] = [Self::Macos, Self::Windows, Self::Linux, Self::Android, Self::Ios];

    /// The name in a capability file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Macos => "macOS",
            Self::Windows => "windows",
            Self::Linux => "linux",
            Self::Android => "android",
            Self::Ios => "iOS",
        }
    }

    /// Cargo's `target_os` for it.
    pub const fn target_os(self) -> &'static str {
        match self {
            Self::Macos => "macos",
            Self::Windows => "windows",
            Self::Linux => "linux",
            Self::Android => "android",
            Self::Ios => "ios",
        }
    }

    /// The platform of a name in a capability file, spelled exactly as Tauri does.
    ///
    /// ```
    /// use portcullis_policy::platform::Platform;
    /// assert_eq!(Platform::parse("macOS"), Some(Platform::Macos));
    /// assert_eq!(Platform::parse("macos"), None);
    /// ```
    pub const fn parse(name: &str) -> Option<Self> {
        let mut at = 0;
        while at < Self::EVERY.len() {
            if same(Self::EVERY[at].name(), name) {
                return Some(Self::EVERY[at]);
            }
            at += 1;
        }
        None
    }

    /// The platform of a `target_os`; `None` for one that no capability file can name.
    pub const fn from_target_os(name: &str) -> Option<Self> {
        let mut at = 0;
        while at < Self::EVERY.len() {
            if same(Self::EVERY[at].target_os(), name) {
                return Some(Self::EVERY[at]);
            }
            at += 1;
        }
        None
    }
}

/// A set of platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Platforms(u8);

impl Platforms {
    /// Every platform, also those that no file can name: what a capability without `platforms` applies to.
    pub const ALL: Self = Self(u8::MAX);
    /// No platform.
    pub const NONE: Self = Self(0);

    /// The set with these [`bits`](Self::bits).
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// One bit for each of [`Platform::EVERY`], the first lowest.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set with one more.
    #[must_use]
    pub const fn with(self, platform: Platform) -> Self {
        Self(self.0 | 1 << platform as u8)
    }

    /// Whether it has this platform.
    pub const fn contains(self, platform: Platform) -> bool {
        self.0 & (1 << platform as u8) != 0
    }

    /// Whether it has the platform of a `target_os`. One that no file can name is only in [`ALL`](Self::ALL).
    ///
    /// ```
    /// use portcullis_policy::platform::{Platform, Platforms};
    /// let mobile = Platforms::NONE.with(Platform::Android).with(Platform::Ios);
    /// assert!(mobile.contains_target_os("ios") && !mobile.contains_target_os("freebsd"));
    /// assert!(Platforms::ALL.contains_target_os("freebsd"));
    /// ```
    pub const fn contains_target_os(self, target_os: &str) -> bool {
        match Platform::from_target_os(target_os) {
            Some(platform) => self.contains(platform),
            None => self.0 == u8::MAX,
        }
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Platform, Platforms};

    #[test]
    fn names_are_tauris() {
        let names: Vec<_> = Platform::EVERY.iter().map(|platform| platform.name()).collect();
        assert_eq!(names, ["macOS", "windows", "linux", "android", "iOS"]);
        for platform in Platform::EVERY {
            assert_eq!(Platform::parse(platform.name()), Some(platform));
            assert_eq!(Platform::from_target_os(platform.target_os()), Some(platform));
            assert!(Platforms::ALL.contains(platform) && !Platforms::NONE.contains(platform));
        }
        assert_eq!(Platform::parse("Linux"), None);
        assert_eq!(Platform::parse(""), None);
    }

    #[test]
    fn sets() {
        let some = Platforms::NONE.with(Platform::Linux).with(Platform::Ios);
        assert!(
            some.contains(Platform::Linux) && some.contains(Platform::Ios) && !some.contains(Platform::Macos)
        );
        assert_eq!(Platforms::from_bits(some.bits()), some);
        assert!(!some.contains_target_os("netbsd"));
        // All five written out are still not every system there is.
        let five = Platform::EVERY.into_iter().fold(Platforms::NONE, Platforms::with);
        assert!(!five.contains_target_os("netbsd"));
    }
}
