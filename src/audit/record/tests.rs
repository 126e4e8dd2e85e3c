//! Tests of the line that a record is.

use proptest::prelude::*;

use super::*;
use crate::audit::NOTHING;

/// A record with something in every field.
fn full() -> Record {
    Record {
        time: "2024-05-01T12:00:00Z".into(),
        gate: "pre-receive".into(),
        host: "gitolite".into(),
        repository: "notes".into(),
        reference: "refs/heads/main".into(),
        old: "0".repeat(40),
        new: "1".repeat(40),
        pusher: "ada".into(),
        verdict: "refused".into(),
        rules: vec!["database-file".into(), "backup-deletion".into(), "database-file".into()],
        blobs: vec!["b".repeat(40), "a".repeat(40)],
        blobs_left_out: 0,
        counts: Counts { errors: 2, warnings: 1, allowed: 0, files: 7 },
        policy: "c".repeat(64),
        torn: None,
        version: "0.1.0".into(),
        previous: NOTHING.into(),
    }
}

#[test]
fn a_record_is_one_line_with_its_keys_in_order() {
    let line = full().line().unwrap();
    let expected = format!(
        "{{\"format\":1,\"time\":\"2024-05-01T12:00:00Z\",\"gate\":\"pre-receive\",\"host\":\"gitolite\",\
         \"repository\":\"notes\",\"ref\":\"refs/heads/main\",\"old\":\"{}\",\"new\":\"{}\",\"pusher\":\"ada\",\
         \"verdict\":\"refused\",\"rules\":[\"backup-deletion\",\"database-file\"],\"blobs\":[\"{}\",\"{}\"],\
         \"blobs_left_out\":0,\"counts\":{{\"errors\":2,\"warnings\":1,\"allowed\":0,\"files\":7}},\
         \"policy\":\"{}\",\"version\":\"0.1.0\",\"previous\":\"{NOTHING}\"}}",
        "0".repeat(40),
        "1".repeat(40),
        "a".repeat(40),
        "b".repeat(40),
        "c".repeat(64),
    );
    assert_eq!(line, expected);
}

#[test]
fn the_largest_record_is_within_the_bound() {
    let wide = "\u{1f5c4}\u{202e}".repeat(5000);
    let ids = |n: usize, width: usize| (0..n).map(|it| format!("{it:0width$}")).collect();
    let record = Record {
        repository: wide.clone(),
        reference: wide.clone(),
        pusher: wide,
        rules: ids(500, 40),
        blobs: ids(5000, 64),
        blobs_left_out: 7,
        previous: NOTHING.into(),
        ..full()
    };
    let line = record.line().unwrap();
    assert!(line.len() <= MAX_LINE && line.contains("\"blobs_left_out\":4807,"), "{}", line.len());
    assert!(matches!(Line::of(line.as_bytes()), Line::Record(_)));
}

#[test]
fn only_what_is_written_here_is_a_record() {
    let line = full().line().unwrap();
    assert!(matches!(Line::of(line.as_bytes()), Line::Record(_)));
    for other in [
        String::new(),
        line[1..].to_owned(),
        line[..line.len() - 1].to_owned(),
        format!("{line} "),
        format!("{line}\r"),
        line.replace("\"ada\"", "\"\\u0061da\""),
        line.replace(",\"host\"", ", \"host\""),
        line.replace("\"pusher\":\"ada\",", ""),
        line.replace("\"pusher\":\"ada\",", "\"pusher\":\"ada\",\"pusher\":\"ada\","),
        line.replace("\"pusher\":\"ada\",", "\"pusher\":\"ada\",\"more\":1,"),
        line.replace("\"previous\":\"0", "\"previous\":\"G"),
        line.replace("\"format\":1", "\"format\":01"),
        line.replace("\"format\":1", "\"format\":0"),
        line.replace("\"format\":1", "\"format\":-2"),
        line.replace("\"version\"", "\"torn\":null,\"version\""),
    ] {
        assert_eq!(Line::of(other.as_bytes()), Line::Other, "{other}");
    }
    assert_eq!(Line::of(line.replace("\"format\":1", "\"format\":2").as_bytes()), Line::Newer);
    assert_eq!(Line::of(b"{\"format\":17,\"what\":[]}"), Line::Newer);
}

proptest! {
    #[test]
    fn whatever_a_host_says_is_one_line_of_text_that_is_read_as_it_was(
        said in proptest::collection::vec("\\PC{0,9}|[\u{0}-\u{ff}]{0,9}|.{0,9}", 5),
        ids in proptest::collection::vec("[a-z]{1,3}", 0..9),
        counted in any::<(u64, u64)>(),
    ) {
        let [host, repository, reference, pusher, verdict] = &said[..] else { unreachable!() };
        let mut record = Record {
            host: host.clone(),
            repository: repository.clone(),
            reference: reference.clone(),
            pusher: pusher.clone(),
            verdict: verdict.clone(),
            rules: ids.clone(),
            blobs: ids,
            counts: Counts { errors: counted.0, files: counted.1, ..Counts::default() },
            ..full()
        };
        let line = record.line().unwrap();
        prop_assert!(!line.chars().any(crate::text::hidden), "{}", line);
        for ids in [&mut record.rules, &mut record.blobs] {
            ids.sort();
            ids.dedup();
        }
        prop_assert_eq!(Line::of(line.as_bytes()), Line::Record(Box::new(record)));
    }
}
