//! What `#[portcullis::data]` derives.

use serde_json::json;

#[portcullis::data(output)]
struct Out<'a, T> {
    text: &'a str,
    inner: T,
}

#[portcullis::data(input)]
struct In {
    #[serde(rename = "t")]
    text: String,
}

#[test]
fn it_derives_the_way_that_data_goes() {
    assert_eq!(
        serde_json::to_value(Out { text: "a", inner: 1 }).unwrap(),
        json!({ "text": "a", "inner": 1 })
    );
    assert_eq!(serde_json::from_str::<In>(r#"{ "t": "a" }"#).unwrap().text, "a");
}
