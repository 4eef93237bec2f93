#![allow(unused)]

#[portcullis::data(ouput)]
pub struct Misspelt {}

#[portcullis::data(input, output)]
pub struct BothSaid {}

#[portcullis::data(output = "x", number)]
pub struct Malformed {}

#[portcullis::data]
#[derive(Debug, Clone, serde::Serialize)]
pub struct DerivedAlready {}

#[portcullis::data]
pub struct Fields {
    #[data(numbr)]
    a: u64,
    #[data(number, bigint)]
    b: u64,
    #[data]
    c: u64,
    #[data(string)]
    #[serde(with = "portcullis::int::number")]
    d: u64,
    #[data(string = "x")]
    e: u64,
}

#[portcullis::data]
#[data(output)]
pub struct Twice {}

#[portcullis::data]
pub fn function() {}

#[portcullis::data]
pub union Union {
    a: u8,
}

fn main() {}
