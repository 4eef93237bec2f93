//! Written, or compared with what is there.

use std::fs;

use portcullis::typescript::Client;

use crate::program::AUTHORITY;

#[test]
fn what_is_the_same_is_not_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web/client.ts");
    let module = Client::new(&AUTHORITY).window("editor");
    module.write(&path).unwrap();
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    module.write(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    module.check(&path).unwrap();
}

#[test]
fn a_check_says_which_lines_differ_and_how_to_write_it_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.ts");
    let module = Client::new(&AUTHORITY).window("editor");
    let text = module.text().unwrap();
    let stale =
        text.replace("/** Public: shows the version. */", "/** Public: nobody knows. */\n// and more");
    fs::write(&path, stale).unwrap();
    let error = module.check(&path).unwrap_err().to_string();
    let line = text.lines().position(|line| line == "/** Public: shows the version. */").unwrap() + 1;
    let shown = path.display();
    assert_eq!(
        error,
        format!(
            "{shown} is not what the program has now:\n\
             {line:>6} - /** Public: nobody knows. */\n\
             {:>6} - // and more\n\
             {line:>6} + /** Public: shows the version. */\n\
             help: run the test that calls `write_or_check` without `CI` and `PORTCULLIS_CHECK` in its environment (or \
             call `write`), and commit the file",
            line + 1
        )
    );
}

#[test]
fn ends_of_lines_that_git_has_changed_do_not_count_and_a_missing_file_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.ts");
    let module = Client::new(&AUTHORITY).window("editor");
    let error = module.check(&path).unwrap_err().to_string();
    assert!(error.contains("client.ts cannot be read:") && error.contains("help: run the test"), "{error}");
    fs::write(&path, module.text().unwrap().replace('\n', "\r\n")).unwrap();
    module.check(&path).unwrap();
    fs::write(&path, module.text().unwrap() + "\n").unwrap();
    let error = module.check(&path).unwrap_err().to_string();
    assert!(error.contains("    +") || error.contains(" - \n") || error.contains("- "), "{error}");
}
