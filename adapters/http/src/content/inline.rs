//! What is written into an HTML page and runs: its inline scripts and styles, as hashes that a policy can name.
//!
//! html5gum reads the page: it follows the standard's rules for where a script's text begins and ends, and depends on
//! nothing. (`lol_html` rewrites pages, which is not wanted, and brings a CSS parser along.) Were it wrong about a page, a
//! browser would refuse a script, and not run another.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use sha2::{Digest as _, Sha256};

use super::Admitted;

/// What is written into a page.
#[derive(Debug, Default)]
pub(crate) struct Inline {
    pub(crate) scripts: Vec<String>,
    pub(crate) styles: Vec<String>,
    /// What no hash admits, as `onclick` of `<button>`: a browser will refuse it.
    pub(crate) refused: Vec<String>,
}

impl Inline {
    pub(crate) fn of(html: &[u8]) -> Self {
        let mut inline = Self::default();
        let mut emitter = DefaultEmitter::<()>::default();
        // Without it a script's text would be read as tags.
        emitter.naively_switch_states(true);
        let mut open: Option<(Kind, Vec<u8>)> = None;
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => {
                    inline.look_at(&tag);
                    open = Kind::of(&tag).map(|kind| (kind, Vec::new()));
                }
                Token::String(text) => {
                    if let Some((_, written)) = &mut open {
                        written.extend_from_slice(&text);
                    }
                }
                Token::EndTag(_) => match open.take() {
                    Some((Kind::Script, text)) => inline.scripts.push(hash(&text)),
                    Some((Kind::Style, text)) => inline.styles.push(hash(&text)),
                    None => {}
                },
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        inline
    }

    /// The hashes as sources of a policy, each once.
    pub(crate) fn admitted(&self) -> Admitted {
        let sources = |hashes: &[String]| {
            let mut hashes: Vec<_> = hashes.iter().map(|hash| format!(" 'sha256-{hash}'")).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes.concat()
        };
        Admitted { scripts: sources(&self.scripts), styles: sources(&self.styles), ..Admitted::default() }
    }

    fn look_at(&mut self, tag: &StartTag<()>) {
        for name in tag.attributes.keys() {
            let name = String::from_utf8_lossy(name);
            if name == "style" || name.len() > 2 && name.starts_with("on") {
                self.refused.push(format!("`{name}` of `<{}>`", String::from_utf8_lossy(&tag.name)));
            }
        }
    }
}

/// What a hash can admit.
#[derive(Clone, Copy)]
enum Kind {
    Script,
    Style,
}

impl Kind {
    fn of(tag: &StartTag<()>) -> Option<Self> {
        match tag.name.as_slice() {
            // What comes from elsewhere is judged by its address.
            b"script" => (!tag.attributes.contains_key(b"src".as_slice())).then_some(Self::Script),
            b"style" => Some(Self::Style),
            _ => None,
        }
    }
}

fn hash(text: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> (Vec<String>, Vec<String>) {
        let inline = Inline::of(html.as_bytes());
        (inline.scripts, inline.styles)
    }

    #[test]
    fn inline_scripts_and_styles_are_hashed_as_the_browser_sees_them() {
        let (a, b) = (hash(b"a()"), hash(b"b{}"));
        let one = std::slice::from_ref(&a);
        assert_eq!(a, "qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=", "by another tool");
        let (scripts, styles) = (vec![a.clone()], vec![b.clone()]);
        assert_eq!(of("<!doctype html><script>a()</script><style>b{}</style>"), (scripts, styles));
        assert_eq!(of("<SCRIPT type=module>a()</SCRIPT>").0, one);
        assert_eq!(of("<script>a()</script ><script>a()</script\n>").0, [a.clone(), a.clone()]);
        // A browser reads line ends as `\n`.
        assert_eq!(of("<script>a\r\nb\rc</script>").0, [hash(b"a\nb\nc")]);
        assert_eq!(of("<script></script>").0, [hash(b"")]);
        assert_eq!(of("<script>ä</script>").0, [hash("ä".as_bytes())]);
        assert_eq!(of("<script>'</b>'<!-- <script>x</script> --></script>").0.len(), 1);
    }

    #[test]
    fn what_is_not_run_is_not_hashed() {
        for html in [
            "<script src=a.js></script>",
            "<script src>a()</script>",
            "<!-- <script>a()</script> -->",
            "<textarea><script>a()</script></textarea>",
            "<title><script>a()</script></title>",
            "<p title='<script>a()</script>'>",
            "<script>a()",
            "&lt;script>a()&lt;/script>",
        ] {
            assert_eq!(of(html), (vec![], vec![]), "{html}");
        }
    }

    #[test]
    fn what_no_hash_admits_is_told() {
        let refused = Inline::of(b"<button ONCLICK=x()><p style='color:red' on=1>").refused;
        assert_eq!(refused, ["`onclick` of `<button>`", "`style` of `<p>`"]);
    }
}
