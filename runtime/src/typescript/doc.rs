//! Comments that editors show.

/// A comment of these paragraphs, each line indented, or nothing.
pub(super) fn comment(paragraphs: &[String], indent: usize) -> String {
    let paragraphs: Vec<&str> =
        paragraphs.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if paragraphs.is_empty() {
        return String::new();
    }
    let margin = " ".repeat(indent);
    let text = paragraphs.join("\n\n").replace("*/", "*\\/");
    if text.lines().count() == 1 && text.len() + indent < 100 {
        return format!("{margin}/** {text} */\n");
    }
    let mut comment = format!("{margin}/**\n");
    for line in text.lines() {
        comment.push_str(format!("{margin} * {}", line.trim_end()).trim_end());
        comment.push('\n');
    }
    comment.push_str(&margin);
    comment.push_str(" */\n");
    comment
}
