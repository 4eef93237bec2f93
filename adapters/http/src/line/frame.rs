//! What goes over the line, as text: what a page may ask, and how it is answered. Nothing is done here.

/// What a page asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// `c<id> <command>\n<arguments>`
    Call { id: u32, command: &'a str, arguments: &'a str },
    /// `l<id> <event>`
    Listen { id: u32, event: &'a str },
    /// `m<id>`: one more batch of a stream may come.
    More { id: u32 },
    /// `x<id>`: the page gives it up.
    Cancel { id: u32 },
}

impl<'a> Asked<'a> {
    /// Reads a message of a page.
    ///
    /// # Errors
    ///
    /// With what is wrong, in words that fit in a closing frame. What is no name of a command or an event is not
    /// wrong here: the gate refuses it.
    pub(super) fn read(text: &'a str) -> Result<Self, &'static str> {
        let mut characters = text.chars();
        let asked = characters.next();
        let rest = characters.as_str();
        match asked {
            Some('c') => {
                let (head, arguments) = rest
                    .split_once('\n')
                    .ok_or("a call is `c<id> <command>`, a line feed, and its arguments")?;
                let (number, command) =
                    head.split_once(' ').ok_or("a call names its command: `c<id> <command>`")?;
                Ok(Self::Call { id: id(number)?, command, arguments })
            }
            Some('l') => {
                let (number, event) =
                    rest.split_once(' ').ok_or("a listener names its event: `l<id> <event>`")?;
                Ok(Self::Listen { id: id(number)?, event })
            }
            Some('m') => Ok(Self::More { id: id(rest)? }),
            Some('x') => Ok(Self::Cancel { id: id(rest)? }),
            _ => Err("a message begins with `c`, `l`, `m` or `x`"),
        }
    }
}

/// A number has one form, so that what is in use can be told by it.
fn id(text: &str) -> Result<u32, &'static str> {
    let one_form = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    match text.parse() {
        Ok(id) if one_form => Ok(id),
        _ => Err("an id is a decimal number below 4294967296, without a sign or leading zeros"),
    }
}

/// What a reply on the line says.
#[derive(Clone, Copy)]
pub(super) enum Said {
    Ok,
    Error,
    Failed,
}

/// `o<id> <json>`, `e<id> <json>` or `f<id> <json>`. `None` if the JSON is no text.
pub(super) fn answer(said: Said, id: u32, json: Vec<u8>) -> Option<String> {
    let letter = match said {
        Said::Ok => 'o',
        Said::Error => 'e',
        Said::Failed => 'f',
    };
    let mut text = String::from_utf8(json).ok()?;
    text.insert_str(0, &format!("{letter}{id} "));
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_may_ask() {
        assert_eq!(
            Asked::read("c7 read_note\n{\"id\":1}"),
            Ok(Asked::Call { id: 7, command: "read_note", arguments: "{\"id\":1}" })
        );
        assert_eq!(Asked::read("c0  a b\n\n"), Ok(Asked::Call { id: 0, command: " a b", arguments: "\n" }));
        assert_eq!(Asked::read("c1 \n"), Ok(Asked::Call { id: 1, command: "", arguments: "" }));
        assert_eq!(Asked::read("l4294967295 saved"), Ok(Asked::Listen { id: u32::MAX, event: "saved" }));
        assert_eq!(Asked::read("m10"), Ok(Asked::More { id: 10 }));
        assert_eq!(Asked::read("x10"), Ok(Asked::Cancel { id: 10 }));
    }

    #[test]
    fn what_is_malformed() {
        let wrong = [
            "",
            "c",
            "x",
            "m",
            "l",
            "z1",
            "ö1",
            "C1 add\n{}",
            " c1 add\n{}",
            "c1\n{}",
            "c1 add",
            "c add\n{}",
            "c-1 add\n{}",
            "c+1 add\n{}",
            "c01 add\n{}",
            "c4294967296 add\n{}",
            "c1e1 add\n{}",
            "c\u{661} add\n{}",
            "l1",
            "l1saved",
            "l 1",
            "x1 ",
            "x 1",
            "x1\n",
            "m00",
            "m99999999999999999999",
            "x0x1",
            "x\0",
        ];
        for text in wrong {
            let reason = Asked::read(text).unwrap_err();
            assert!(reason.len() <= 123, "fits in a closing frame: {reason}");
        }
    }

    #[test]
    fn an_answer_is_a_letter_an_id_and_json() {
        assert_eq!(answer(Said::Ok, 7, b"[1]".to_vec()).as_deref(), Some("o7 [1]"));
        assert_eq!(answer(Said::Error, 0, b"\"x\"".to_vec()).as_deref(), Some("e0 \"x\""));
        assert_eq!(answer(Said::Failed, 1, b"{}".to_vec()).as_deref(), Some("f1 {}"));
        assert_eq!(answer(Said::Ok, 7, vec![0xff]), None);
    }
}
