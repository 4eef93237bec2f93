/// Read notes.
pub struct ReadNotes;
#[automatically_derived]
impl ::portcullis::Grantable for ReadNotes {
    const INFO: &'static ::portcullis::__private::PermissionInfo = {
        use ::portcullis::__private as __gate;
        &__gate::PermissionInfo {
            id: "notes:read",
            hash: 0xd660cf7f668f9924,
            type_id: __gate::TypeId::of::<ReadNotes>(),
            description: "Read notes.",
            at: __gate::At {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            members: __gate::Option::None,
            own: false,
            scope: ::core::option::Option::None,
        }
    };
}
#[automatically_derived]
impl ::portcullis::Permission for ReadNotes {
    type Scope = ::portcullis::NoScope;
}
/// Everything that a reader does.
pub struct Reader;
#[automatically_derived]
impl ::portcullis::Grantable for Reader {
    const INFO: &'static ::portcullis::__private::PermissionInfo = {
        use ::portcullis::__private as __gate;
        static A_SET_CANNOT_CONTAIN_ITSELF: __gate::PermissionInfo = __gate::PermissionInfo {
            id: "notes:reader",
            hash: 0xcf507477f4656cb3,
            type_id: __gate::TypeId::of::<Reader>(),
            description: "Everything that a reader does.",
            at: __gate::At {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            members: __gate::Option::Some(
                &[
                    <ReadNotes as ::portcullis::Grantable>::INFO,
                    <search::SearchNotes as ::portcullis::Grantable>::INFO,
                ],
            ),
            own: false,
            scope: ::core::option::Option::None,
        };
        &A_SET_CANNOT_CONTAIN_ITSELF
    };
}
#[automatically_derived]
impl ::portcullis::PermissionSet for Reader {}
