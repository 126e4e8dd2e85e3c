//! One mixed report goes through every renderer, and what people paste comes back from a real shell and git.

mod human;
mod machine;
mod mixed;
mod text;

use dataward::report::{Format, Style, render};
use dataward::text::hidden;

use mixed::mixed;

#[test]
fn every_renderer_keeps_hostile_names_from_the_screen() {
    let report = mixed();
    for format in Format::ALL {
        let text = render(&report, *format, &Style::default());
        assert_eq!(text, render(&report, *format, &Style::default()), "not deterministic");
        assert_eq!(text.chars().find(|c| hidden(*c) && *c != '\n'), None, "{format:?}");
        for line in text.lines().map(str::trim_start) {
            assert!(!line.starts_with("::"), "{line}");
            assert!(!line.contains("##"), "{line}");
        }
    }
}

#[test]
fn every_format_has_a_name_that_is_read_back() {
    assert_eq!(Format::ALL.iter().map(|it| it.name()).collect::<Vec<_>>(), Format::NAMES);
    for format in Format::ALL {
        assert_eq!(format.name().parse::<Format>(), Ok(*format));
    }
    assert_eq!("xml".parse::<Format>(), Err("use one of human, json, sarif".to_owned()));
}
