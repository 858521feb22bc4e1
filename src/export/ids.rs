//! Identifiers for other tools, made from the annotations' own, so that exporting again updates and never doubles.

use uuid::Uuid;

use crate::model::AnnotationId;

/// The namespace of all identifiers that exports make. Changing it would double everything in every tool.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f2d_9a0e_57c1_4b3e_9d4e_0c8a_b1e7_52f3);

/// The identifier of a thing of some kind by its name.
pub(super) fn guid(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}\0{name}").as_bytes())
}

/// An annotation's id in lower-case letters, digits and dashes, as link targets want it.
pub(super) fn token(id: &AnnotationId) -> String {
    let id = id.as_str();
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return id.to_ascii_lowercase();
    }
    guid("annotation", id).hyphenated().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_fit_for_links() {
        let token = |id| token(&AnnotationId::new(id).unwrap());
        assert_eq!(token("01JD9Z8Q4T"), "01jd9z8q4t");
        assert_eq!(token("a b"), token("a b"));
        assert_ne!(token("a b"), token("a-b"));
        assert!(token("a/../b").bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    }
}
