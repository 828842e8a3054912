//! Packed rows beside the rows they were made of.

use super::super::packing::Packing;
use super::super::part::{Part, Waiting};
use super::*;

fn packed<const K: usize>(rows: &[[u32; K]]) -> Vec<u8> {
    let mut packing = Packing::new(Part::new(&Waiting::Memory));
    for row in rows {
        packing.push(*row).unwrap();
    }
    let mut bytes = Vec::new();
    packing.finish().unwrap().copy_to(&mut bytes).unwrap();
    bytes
}

fn rows() -> Vec<[u32; 3]> {
    let row = |n: u32| [n / 40, n.wrapping_mul(0x9E37_79B9) >> (n / 128 % 32), u32::MAX - n % 2];
    let mut rows: Vec<[u32; 3]> = (0..5000).map(row).collect();
    rows.sort_unstable();
    rows
}

#[test]
fn every_number_comes_back_alone_and_with_its_block_at_every_width() {
    for len in [0, 1, 127, 128, 129, 5000] {
        let rows = &rows()[..len];
        let bytes = packed(rows);
        let table: Packed<'_, 3> = Shape::read(&bytes, 0..bytes.len(), 3).unwrap().of(&bytes);
        assert_eq!(table.len(), len);
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(table.row(at), Some(*row), "{at}");
        }
        assert_eq!(table.row(len), None);
        for range in [0..len, len / 3..len / 2, 100..140, 120..9999] {
            for column in 0..3 {
                let mut read = vec![7];
                table.read_column(column, range.clone(), &mut read);
                let inside = rows.iter().take(range.end).skip(range.start);
                let expected: Vec<u32> = [7].into_iter().chain(inside.map(|r| r[column])).collect();
                assert_eq!(read, expected, "{column} of {range:?}");
            }
        }
    }
}

#[test]
fn a_lower_bound_is_where_a_scan_finds_it() {
    let rows = rows();
    let bytes = packed(&rows);
    let table: Packed<'_, 3> = Shape::read(&bytes, 0..bytes.len(), 3).unwrap().of(&bytes);
    for value in [0, 1, 17, 63, 124, 125, u32::MAX] {
        for within in [0..5000, 40..3000, 2000..2000, 4999..5000, 0..9999] {
            let end = within.end.min(5000);
            let scan = (within.start..end).find(|at| rows[*at][0] >= value).unwrap_or(end);
            assert_eq!(table.lower_bound(within.clone(), 0, value), scan, "{value} in {within:?}");
            let equal = table.equal_range(within.clone(), 0, value);
            let count = (within.start..end).filter(|at| rows[*at][0] == value).count();
            assert_eq!(equal.len(), count, "{value} in {within:?}");
        }
    }
}

#[test]
fn equal_numbers_take_no_bits() {
    let bytes = packed(&[[5, 6, 7]; 1280]);
    assert_eq!(bytes.len(), 10 * entry_bytes(3) + TRAILER_BYTES);
}

#[test]
fn a_section_of_another_shape_is_none() {
    let bytes = packed(&[[1, 2]; 300]);
    assert!(Shape::read(&bytes, 0..bytes.len(), 3).is_none());
    assert!(Shape::read(&bytes, 0..7, 2).is_none());
    let cut = bytes.len() - entry_bytes(2);
    assert!(Shape::read(&bytes, cut..bytes.len(), 2).is_none());
}
