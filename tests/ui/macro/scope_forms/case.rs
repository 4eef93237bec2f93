#![allow(unused)]

use portcullis::prelude::*;

#[derive(Scope)]
pub union Either {
    a: u32,
    b: f32,
}

#[derive(Scope)]
pub struct Pair(String, u32);

#[derive(Scope)]
pub struct Unit;

#[derive(Scope)]
pub struct Empty();

#[derive(Scope)]
pub struct Generic<T> {
    name: T,
}

#[derive(Scope)]
pub struct Borrowed<'a> {
    name: &'a str,
}

#[derive(Scope)]
pub enum Never {}

#[derive(Scope)]
pub enum Shape {
    Rectangle(u32, u32),
    Empty(),
}

fn main() {}
