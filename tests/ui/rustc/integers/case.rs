#![allow(unused)]

#[portcullis::data]
pub struct Note {
    #[data(number)]
    title: String,
}

#[portcullis::command(public("a test"), bigint(title))]
fn read(title: String) {}

fn main() {}
