//! What a user picks while the program runs, and what a page makes of that.

use std::fs;

use portcullis::scope::PathEntry;

use super::{Ground, ReadFiles, SECRET};

/// A folder with a name that would be a pattern, and others that this pattern would match.
fn ground() -> Ground {
    let ground = Ground::new();
    for name in ["[x]", "x", "**", "*", "?", "sub", "[a-z]", "{a,b}", "a"] {
        fs::create_dir_all(ground.at("home").join(name)).unwrap();
        let text = if matches!(name, "x" | "sub" | "a") { SECRET } else { "picked" };
        fs::write(ground.at("home").join(name).join("f"), text).unwrap();
    }
    ground
}

#[test]
fn p_glob_meta_literal() {
    let ground = ground();
    let picker = ground.window("picker");
    for picked in ["[x]", "**", "*", "?", "[a-z]", "{a,b}"] {
        let folder = ground.at("home").join(picked);
        let inside = ground.absolute(&format!("home/{picked}/f"));
        for entry in [PathEntry::all_in(&folder).unwrap(), PathEntry::exactly(folder.join("f")).unwrap()] {
            picker.session.switch_on_within::<ReadFiles>(vec![entry]).unwrap();
            assert_eq!(picker.reads(&inside), "ok \"picked\"", "{picked}");
            for other in ["x", "sub", "a", "vault"] {
                let other = ground.absolute(&format!("home/{other}"));
                assert_eq!(picker.reads(&format!("{other}/f")), "denied", "{picked}");
                assert_eq!(picker.reads(&other), "denied", "{picked}");
            }
            assert_eq!(picker.reads(&ground.absolute("home/h.md")), "denied", "{picked}");
        }
    }
    picker.session.switch_off::<ReadFiles>();
    assert_eq!(picker.reads(&ground.absolute("home/[x]/f")), "denied");
}

#[test]
fn what_is_picked_is_admitted_by_the_name_that_the_picker_gives() {
    // The capability has a base folder, and a dialog gives an absolute path.
    let ground = ground();
    let picker = ground.window("picker-at-home");
    let entry = PathEntry::all_in(ground.at("home/[x]")).unwrap();
    picker.session.switch_on_within::<ReadFiles>(vec![entry]).unwrap();
    assert_eq!(picker.reads(&ground.absolute("home/[x]/f")), "ok \"picked\"");
    assert_eq!(picker.reads("$HOME/[x]/f"), "ok \"picked\"");
    assert_eq!(picker.reads(&ground.absolute("home/x/f")), "denied");
}

#[test]
fn the_order_of_entries_says_nothing_of_a_link_either() {
    // Both entries admit the link, one of them what it leads to.
    let ground = Ground::new();
    ground.link("project/docs/sub/out.md", "../../out/o.md");
    let name = ground.absolute("project/docs/sub/out.md");
    let (based, absolute) = ("$P/docs/**".to_owned(), format!("{}/**", ground.absolute("project")));
    let reads = |first: &str, second: &str| {
        let scope =
            portcullis::test::scope::<ReadFiles>().base("P", ground.at("project")).allow(first).allow(second);
        scope.admit(&name).unwrap().read_to_string().ok()
    };
    assert_eq!(reads(&based, &absolute), reads(&absolute, &based));
}

#[test]
fn what_is_picked_never_widens_what_the_capability_allows() {
    let ground = ground();
    let picker = ground.window("picker-at-home");
    for picked in ["project/docs", "outside", "."] {
        let entry = PathEntry::all_in(ground.at(picked).canonicalize().unwrap()).unwrap().with_hidden();
        picker.session.switch_on_within::<ReadFiles>(vec![entry]).unwrap();
        for name in ["project/docs/a.md", "outside/secret", "project/secret"] {
            assert_eq!(picker.reads(&ground.absolute(name)), "denied", "{picked}");
        }
    }
    let picker = ground.window("picker");
    let vault = PathEntry::all_in(ground.at("home/vault")).unwrap();
    picker.session.switch_on_within::<ReadFiles>(vec![vault]).unwrap();
    for name in ["$VAULT/key", "key", &ground.absolute("home/vault/key")] {
        assert_eq!(picker.reads(name), "denied");
    }
}

#[test]
fn what_one_user_picks_is_no_other_ones() {
    let ground = ground();
    let (one, other) = (ground.window("picker"), ground.window("picker"));
    let entry = PathEntry::all_in(ground.at("home/[x]")).unwrap();
    one.session.switch_on_within::<ReadFiles>(vec![entry]).unwrap();
    let name = ground.absolute("home/[x]/f");
    assert_eq!((one.reads(&name), other.reads(&name)), ("ok \"picked\"".into(), "denied".into()));
}

#[test]
fn a_link_in_what_is_picked_leads_nowhere_else() {
    let ground = ground();
    ground.link("home/[x]/out", ground.at("outside/secret"));
    ground.link("home/[x]/beside", "../x/f");
    let picker = ground.window("picker");
    let entry = PathEntry::all_in(ground.at("home/[x]")).unwrap();
    picker.session.switch_on_within::<ReadFiles>(vec![entry]).unwrap();
    for name in ["home/[x]/out", "home/[x]/beside"] {
        let answer = picker.reads(&ground.absolute(name));
        assert!(super::is_refusal(&answer), "{answer}");
    }
}
