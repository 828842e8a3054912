//! Values of numbers as rows of three. In: a decimal value; out: a row that packs well, and back.
//!
//! A row is `[scale, upper half, lower half]`: the digits as a signed number of 64 bits above an offset, times ten to the power of minus
//! the scale. A bit of the first number tells integers. Values with more digits have no row of their own: they are read from
//! their text.

use oxsdatatypes::Decimal;

/// Added to the digits, so that ascending values have ascending digits.
const OFFSET: u64 = 1 << 63;
/// In the place of the scale: the value is to be read from the text.
const SCALE_NONE: u32 = 31;
const SCALE_MASK: u32 = 31;
const INTEGER: u32 = 32;
/// Digits after the point of a `Decimal`.
const SCALE_MAX: u32 = 18;

/// The row of a value.
pub(super) fn value_row(value: Decimal, is_integer: bool) -> [u32; 3] {
    let mut digits = i128::from_be_bytes(value.to_be_bytes());
    let mut scale = SCALE_MAX;
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    let flag = if is_integer { INTEGER } else { 0 };
    let Ok(digits) = i64::try_from(digits) else { return [SCALE_NONE | flag, 0, 0] };
    let digits = digits.cast_unsigned() ^ OFFSET;
    let half = |number: u64| u32::try_from(number & 0xFFFF_FFFF).unwrap_or_default();
    [scale | flag, half(digits >> 32), half(digits)]
}

/// The value of a row; `None` where it is to be read from the text.
pub(super) fn read_value([scale, high, low]: [u32; 3]) -> Option<Decimal> {
    let digits = (u64::from(high) << 32 | u64::from(low)) ^ OFFSET;
    // A scale above 18 is refused.
    Decimal::new(digits.cast_signed().into(), scale & SCALE_MASK).ok()
}

/// Whether the row is that of an integer.
pub(super) fn is_integer([scale, ..]: [u32; 3]) -> bool {
    scale & INTEGER != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_as_it_was_given() {
        for text in ["0", "-1", "12.50", "1700", "-0.000000000000000001", "9223372036854775807"] {
            let value: Decimal = text.parse().unwrap();
            assert_eq!(read_value(value_row(value, false)), Some(value), "{text}");
        }
    }

    #[test]
    fn a_value_of_too_many_digits_has_no_row_and_an_integer_is_told() {
        let value: Decimal = "99999999999999999.999999999999999999".parse().unwrap();
        let row = value_row(value, true);
        assert_eq!(read_value(row), None);
        assert!(is_integer(row) && !is_integer(value_row(value, false)));
    }
}
