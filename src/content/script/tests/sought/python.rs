//! Shapes of Python; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [("a.sh", "dropdb shop\n", (1, "sh.dropdb"))] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}
