//! What Linux knows of a file system from a handle on it: whether it is the kernel's own, and whether its folders find a
//! name only as it is spelled. Elsewhere nothing tells, and nothing is taken for granted.

use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{Mode, OFlags, fstatfs, ioctl_getflags, openat};
use rustix::io::Errno;

/// Where files are windows on the kernel.
const SYSTEM: [u32; 20] = [
    0x0000_9fa0, // proc
    0x6265_6572, // sysfs
    0x0000_1cd1, // devpts
    0x0027_e0eb, // cgroup
    0x6367_7270, // cgroup2
    0x6462_6720, // debugfs
    0x7472_6163, // tracefs
    0x7363_6673, // securityfs
    0xf97c_ff8c, // selinuxfs
    0x4341_5d53, // smackfs
    0xcafe_4a11, // bpf
    0x6265_6570, // configfs
    0x4249_4e4d, // binfmt_misc
    0xde5e_81e4, // efivarfs
    0x6165_676c, // pstore
    0x6e73_6673, // nsfs
    0x1980_0202, // mqueue
    0x6573_5543, // fusectl
    0x0765_5821, // resctrl
    0x6c6f_6f70, // binder
];

/// Where a name is found only as it is spelled, but in folders that say otherwise. Not here: FAT, which has short names,
/// and everything that may have anything behind it, such as a network.
const EXACT: [u32; 10] = [
    0x0000_ef53, // ext2 to ext4
    0x5846_5342, // xfs
    0x9123_683e, // btrfs
    0xf2f5_2010, // f2fs
    0xca45_1a4e, // bcachefs
    0x0102_1994, // tmpfs
    0x8584_58f6, // ramfs
    0x794c_7630, // overlayfs
    0x7371_7368, // squashfs
    0xe0f5_e1e2, // erofs
];

/// `FS_CASEFOLD_FL`: this folder finds a name in any case and normal form.
const CASEFOLD: u32 = 0x4000_0000;

const PASS: OFlags = OFlags::DIRECTORY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// Whether a handle is on a file system of the kernel's own making.
pub(super) fn is_system(handle: impl AsFd) -> bool {
    number(handle).is_some_and(|number| SYSTEM.contains(&number))
}

/// Whether a folder finds a name only as it is spelled.
pub(super) fn is_exact(folder: impl AsFd) -> bool {
    pass(&folder, ".").is_some()
}

/// Whether each folder on a way down does. `false` too if there is no such way.
pub(super) fn is_exact_down_to(base: impl AsFd, folder: &str) -> bool {
    let Some(mut at) = pass(&base, ".") else { return false };
    for component in folder.split('/').filter(|component| !component.is_empty()) {
        match pass(&at, component) {
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}

/// Goes into a folder that finds a name only as it is spelled.
fn pass(at: &impl AsFd, component: &str) -> Option<OwnedFd> {
    let (folder, readable) = match openat(at, component, PASS | OFlags::RDONLY, Mode::empty()) {
        Ok(folder) => (folder, true),
        // It may be passed and not read: then it cannot be asked, and its file system is believed.
        Err(Errno::ACCESS) => (openat(at, component, PASS | OFlags::PATH, Mode::empty()).ok()?, false),
        Err(_) => return None,
    };
    let known = number(&folder).is_some_and(|number| EXACT.contains(&number));
    // A file system without flags has not this one either.
    let folds = readable && ioctl_getflags(&folder).is_ok_and(|flags| flags.bits() & CASEFOLD != 0);
    (known && !folds).then_some(folder)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unnecessary_cast,
    reason = "the numbers have 32 bits; the type that they come in differs by target"
)]
fn number(handle: impl AsFd) -> Option<u32> {
    fstatfs(handle).ok().map(|found| found.f_type as u32)
}
