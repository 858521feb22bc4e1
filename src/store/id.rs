//! Names for new annotations.

use std::sync::Mutex;

use jiff::Timestamp;
use ulid::Ulid;

use crate::model::AnnotationId;

/// An id that no annotation has yet: a ULID that sorts by `now`, and after every other that this program has made.
pub fn new_id(now: Timestamp) -> AnnotationId {
    static LAST: Mutex<Option<Ulid>> = Mutex::new(None);
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let mut random = [0u8; 16];
    // Without a source of randomness the clock's nanoseconds still tell two machines apart.
    if getrandom::fill(&mut random).is_err() {
        random = now.as_nanosecond().to_le_bytes();
    }
    let fresh = Ulid::from_parts(milliseconds, u128::from_le_bytes(random));
    let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let id = match *last {
        Some(last) if last >= fresh => last.increment().unwrap_or(fresh),
        _ => fresh,
    };
    *last = Some(id);
    id.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let moments = [1_700_000_000_000, 1_700_000_000_000, 1_600_000_000_000, 1_700_000_000_001];
        let ids: Vec<AnnotationId> =
            moments.iter().map(|&at| new_id(Timestamp::from_millisecond(at).unwrap())).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
    }
}
