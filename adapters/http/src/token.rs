//! The secret of a window. Where it travels is not known here.

use std::fmt;

use subtle::ConstantTimeEq;

/// 256 random bits, as hexadecimal text.
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or_default();
        Ok(Self(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()))
    }

    /// Whether this is the token, in a time that does not tell how much of it is right.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(given).into()
    }

    /// The secret itself, for a link.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// Without the secret: it does not get into logs by way of `{:?}`.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_is_itself_only() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_eq!(one.reveal().len(), 64);
        assert!(one.is(one.reveal().as_bytes()));
        assert!(!one.is(other.reveal().as_bytes()));
        assert!(!one.is(&one.reveal().as_bytes()[1..]) && !one.is(b""));
        assert_eq!(format!("{one:?}"), "Token(..)");
    }
}
