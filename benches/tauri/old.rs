//! A program that has 120 commands under Tauri's own macro.

// The macro writes functions that nothing documents.
#![allow(missing_docs)]

use crate::page::Handler;

macro_rules! commands {
    ($($name:ident)*) => {
        $(#[tauri::command]
        fn $name(value: u32) -> u32 {
            value
        })*

        /// What Tauri hands messages to.
        #[must_use]
        pub fn handler() -> Handler {
            Box::new(tauri::generate_handler![$($name),*])
        }
    };
}

commands! {
    old_000 old_001 old_002 old_003 old_004 old_005 old_006 old_007 old_008 old_009 old_010 old_011
    old_012 old_013 old_014 old_015 old_016 old_017 old_018 old_019 old_020 old_021 old_022 old_023
    old_024 old_025 old_026 old_027 old_028 old_029 old_030 old_031 old_032 old_033 old_034 old_035
    old_036 old_037 old_038 old_039 old_040 old_041 old_042 old_043 old_044 old_045 old_046 old_047
    old_048 old_049 old_050 old_051 old_052 old_053 old_054 old_055 old_056 old_057 old_058 old_059
    old_060 old_061 old_062 old_063 old_064 old_065 old_066 old_067 old_068 old_069 old_070 old_071
    old_072 old_073 old_074 old_075 old_076 old_077 old_078 old_079 old_080 old_081 old_082 old_083
    old_084 old_085 old_086 old_087 old_088 old_089 old_090 old_091 old_092 old_093 old_094 old_095
    old_096 old_097 old_098 old_099 old_100 old_101 old_102 old_103 old_104 old_105 old_106 old_107
    old_108 old_109 old_110 old_111 old_112 old_113 old_114 old_115 old_116 old_117 old_118 old_119
}
