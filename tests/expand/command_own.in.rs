#[portcullis::command(permission)]
fn close_window() {
    close();
}

#[portcullis::command(public("returns only the version number"))]
fn version() -> &'static str {
    "1"
}
