//! The list: every way in which this project does otherwise than Tauri, on purpose, with the reason and the test.

/// Makes the kinds and the list of one table.
macro_rules! list {
    ($($kind:ident $id:literal: $theirs:literal, $ours:literal, $why:literal, $test:ident;)*) => {
        /// A way in which we do otherwise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Difference {
            $(#[doc = $ours] $kind,)*
        }

        /// The list.
        pub const LIST: &[Entry] = &[$(Entry {
            difference: Difference::$kind,
            id: $id,
            theirs: $theirs,
            ours: $ours,
            why: $why,
            test: stringify!($test),
        }),*];
    };
}

/// An entry of the list.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which one.
    pub difference: Difference,
    /// Its name in the list.
    pub id: &'static str,
    /// What Tauri does.
    pub theirs: &'static str,
    /// What we do.
    pub ours: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The test, in `tests/differences.rs`.
    pub test: &'static str,
}

impl Difference {
    /// Its entry in the list.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        let found = LIST.iter().find(|entry| entry.difference == self);
        found.unwrap_or(&LIST[0])
    }
}

list! {
    // What is decided.
    DenyMindsLabels "deny-minds-windows":
        "a denial holds in every window and webview, whichever its capability names",
        "a denial holds where its capability does",
        "to take a right from one window must not break the others, and must not seem to",
        a_denial_is_about_the_windows_of_its_capability;
    DenyAloneNarrows "deny-alone-narrows":
        "an entry with nothing but `deny` grants the permission, and to most readers all but what it denies",
        "an entry with nothing but `deny` narrows what others grant, and grants nothing",
        "whoever writes only what is forbidden has not said that the rest is allowed",
        an_entry_with_deny_alone_grants_nothing;
    ClosedWithoutAManifest "closed-by-default":
        "as long as a program has no permission file or command list, every window of its own may call every command",
        "a command is open to nobody but those who are granted it",
        "what somebody forgot to write down must not be what everybody may do",
        without_permission_files_a_command_is_closed;
    UndeclaredLabel "declared-windows":
        "a window of any label is a caller, and `*` matches it",
        "a window that `authority!` does not declare may call nothing",
        "a page that can open windows must not choose by the label what it may call",
        a_window_that_is_not_declared_may_call_nothing;
    Frames "main-frame":
        "a frame has the rights of a page of its origin in that webview: frames are not told apart",
        "a frame has them where the capability says `\"frames\": \"any\"`",
        "an advertisement in a frame is not the page around it",
        a_frame_has_no_rights_of_the_page_around_it;
    OpaqueOrigin "opaque-origins":
        "a pattern for every host admits `file:` pages, which have no origin",
        "a page of an opaque origin matches no capability",
        "`null` names nobody: a sandboxed frame and a page from a mail have the same",
        a_page_without_an_origin_matches_no_pattern;
    OurKeys "keys-of-ours":
        "`deny`, `optional`, `clients` and `frames` are passed over, and `permissions` must be there",
        "`deny` denies, `optional` waits for the host, `clients` are callers that are no window; one of them is enough",
        "they are this project's additions to the format; where Tauri still guards the id, the build refuses them",
        keys_of_ours_count_here_alone;
    DefaultById "default-by-its-key":
        "`x:default` is what stands under the key `default`; a permission that is named `default` is never found",
        "`default` is what is defined under that name, whichever way",
        "a definition that nobody can reach is a trap",
        what_is_named_default_is_default;

    // Capability files that we refuse while the program is compiled.
    PatternIsAnOrigin "patterns-are-origins":
        "a pattern of remote pages may have a path, a query, a user name",
        "it is scheme, host and port; `/`, `/*` and `/**` behind it are read as nothing",
        "the origin of a page is all that an engine vouches for; Tauri's own answer depends on the way that a message takes",
        a_pattern_with_a_path_is_refused;
    PatternStar "stars-in-patterns":
        "`https://example.com*` admits `https://example.com.evil.test`, `https://*example.com` admits `https://evilexample.com`",
        "`*` is a whole scheme, a whole host, all that is before `.host`, or a port",
        "nobody means what these admit",
        a_star_within_a_host_is_refused;
    LabelGlob "label-globs":
        "globs of labels also have `[..]` and `[!..]`",
        "`*` and `?`; everything else that a glob may mean elsewhere is refused",
        "which windows a capability is for must be plain to who reads it",
        a_class_of_characters_in_a_label_is_refused;
    UnknownKey "unknown-keys":
        "a key that it does not know is passed over: `window`, `platform`, `alow`",
        "it is refused, with the key that is meant",
        "a misspelt `deny` allows",
        an_unknown_key_is_refused;
    KeyTwice "keys-twice":
        "of a key that stands twice in an object, the last counts",
        "it is refused",
        "what a reviewer sees first is then not what counts",
        a_key_that_stands_twice_is_refused;
    ReachesNobody "reaches-nobody":
        "a capability without windows and webviews, or with `local: false` and no `remote`, is dead without a word",
        "it is refused",
        "somebody believes that it counts",
        a_capability_that_reaches_nobody_is_refused;
    SaysNothing "says-nothing":
        "a capability with an empty list of permissions is taken",
        "it is refused",
        "somebody believes that it counts",
        a_capability_that_grants_nothing_is_refused;
    StandsForNothing "stands-for-nothing":
        "a grant of a permission without commands is taken, and `x:default` where there is no default",
        "a grant that gives nobody a command is refused",
        "somebody believes that it grants; what is a scope alone has no place here, since no scope is global",
        a_grant_that_stands_for_nothing_is_refused;
    OtherPlatforms "other-platforms":
        "a grant of what is for other platforms alone is taken",
        "it is refused, if the capability has none of these platforms",
        "somebody believes that it grants",
        a_grant_for_other_platforms_alone_is_refused;
    EmptyScope "empty-scope":
        "`\"allow\": []` is taken, and is then everything to Tauri's own matching and nothing to some plugins",
        "it is refused; everything is written `\"allow\": \"all\"`",
        "an empty list must not mean everything, and two readers must not read it in two ways",
        an_empty_scope_is_refused;
    EntriesOnAnId "entries-of-sets":
        "entries of a grant of a set go to all that is in it, whether it reads them or not, and to the global scope",
        "entries belong to one permission type that has a scope; on an id of a permission file they are refused",
        "what nobody enforces must not look as if it were",
        entries_on_an_id_of_a_permission_file_are_refused;
    CommandExists "commands-exist":
        "a permission may be about a command that there is not, and a command may be granted to nobody",
        "both are refused, and so is a denial that takes nothing from anybody",
        "that is how a renamed command loses its guard or its users",
        a_grant_for_no_command_is_refused;

    // Permission files that we refuse.
    ScopeInAPermissionFile "no-global-scope":
        "a permission brings entries; one without commands puts them into a scope that all windows share",
        "a permission of a permission file has no scope; there is no global scope",
        "entries that were granted to one window must not count in another",
        a_scope_in_a_permission_file_is_refused;
    DefinedTwice "defined-twice":
        "of two definitions of an id, that of the last file counts; of a set and a permission, it depends on who asks",
        "it is refused",
        "a file that sorts later must not change what another means",
        an_id_that_is_defined_twice_is_refused;
    SetHoldsItself "cycles":
        "a set that holds itself ends the build with an overflow of the stack",
        "it is refused, with the way around",
        "an error has a place",
        a_set_that_holds_itself_is_refused;
    IdIsFree "ids-are-ids":
        "where it is defined, an id is any text, which then cannot be granted",
        "it has the grammar of ids",
        "a permission that cannot be granted is a mistake",
        a_definition_that_is_no_id_is_refused;
    MemberIsNoId "members-are-ids":
        "a member of a set that is no id stops the build with a panic, if the set is granted",
        "it is refused with its place, granted or not",
        "an error has a place",
        a_member_that_is_no_id_is_refused;

    // Files that Tauri refuses and we take.
    JsonComments "comments":
        "a comment, or a comma at the end, in a `.json` file is refused",
        "`.json` and `.jsonc` may have both",
        "people write why a grant is there, beside it",
        comments_are_taken;
    SetWithoutDescription "descriptions":
        "a set must have a description",
        "it may",
        "an id can say enough",
        a_set_without_a_description_is_taken;
    PartsOfAnId "parts-of-ids":
        "an id has at most one `:` unless it begins with `core:`, and does not begin with `tauri-plugin-`",
        "it has as many as it needs",
        "namespaces nest; both rules are about names of crates",
        an_id_of_three_parts_is_taken;
}
