//! The names of jobs. In: chance from the system; out: 32 hexadecimal digits. Guarantee: what comes from a client and is no such name is found out
//! before it gets near a path.

use std::fmt::{self, Write as _};
use std::io;

/// Bytes of chance: as many as nobody guesses.
const BYTES: usize = 16;

/// The name of a job.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id(String);

impl Id {
    /// A new one.
    pub(super) fn by_chance() -> io::Result<Self> {
        let mut bytes = [0; BYTES];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            filled += rustix::rand::getrandom(rest, rustix::rand::GetRandomFlags::empty())?;
        }
        Ok(Self(hex(&bytes)))
    }

    /// The id that `text` is.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 2 * BYTES && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }
}

/// Two digits for each byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_no_other_and_is_read_back() {
        let (one, other) = (Id::by_chance().unwrap(), Id::by_chance().unwrap());
        assert_ne!(one, other);
        assert_eq!(Id::parse(&one.to_string()), Some(one));
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_id() {
        let long = "0".repeat(33);
        for text in ["", "..", "../../etc/passwd", "0123456789ABCDEF0123456789ABCDEF", &long] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }
}
