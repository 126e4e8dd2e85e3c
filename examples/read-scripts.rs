//! Says of each script what it destroys and what stands before that, a line of JSON each: for benches/scripts.py.
//!
//! The lines of standard input are paths: the file, a tab, and the path that it has in its repository; behind another tab may stand a
//! Gemfile or its lock, which tells the version of Rails.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::BufRead;

use dataward::content::Answer;
use dataward::content::script::{self, Operation, framework};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (file, path) = line.split_once('\t').expect("a file, a tab and its path");
        let (path, gemfile) = path.split_once('\t').unwrap_or((path, ""));
        let bytes = std::fs::read(file).unwrap_or_default();
        let version = std::fs::read(gemfile).ok().and_then(|it| framework::rails_version(&it));
        let answer = match script::read(path.into(), &bytes) {
            Answer::Yes(it) => Answer::Yes(
                version.map_or(it.clone(), |version| framework::under_rails(&it, version)),
            ),
            other => other,
        };
        let said = match answer {
            Answer::No => serde_json::json!({ "file": file, "verdict": "none", "operations": [] }),
            Answer::Unreadable(why) => {
                serde_json::json!({ "file": file, "verdict": "unreadable", "why": why.detail, "operations": [] })
            }
            Answer::Yes(script) => {
                let operations: Vec<_> = script.operations.iter().map(of_operation).collect();
                let open = |it: &&Operation| it.strength() < Some(script::Strength::Medium);
                let gravest = script.operations.iter().filter(open).map(|it| it.kind.weight).max();
                let verdict = match gravest {
                    Some(script::Weight::Medium) => "warning",
                    Some(_) => "dangerous",
                    None if operations.is_empty() => "none",
                    None => "guarded",
                };
                let off: Vec<_> = (script.safeguards_off.iter())
                    .map(|it| format!("{}: {} {}", it.line, it.of, it.setting))
                    .collect();
                serde_json::json!({ "file": file, "verdict": verdict, "operations": operations, "off": off })
            }
        };
        println!("{said}");
    }
}

fn of_operation(it: &Operation) -> serde_json::Value {
    let guards: Vec<_> = it
        .guards
        .iter()
        .map(|it| {
            format!(
                "{}:{:?}:{:?}{}",
                it.line,
                it.kind,
                it.strength,
                it.defect.map_or(String::new(), |it| format!("({it:?})"))
            )
        })
        .collect();
    serde_json::json!({
        "line": it.line, "kind": it.kind.id, "name": it.name, "scope": it.scope.word(), "reach": it.reach.word(), "layers": it.layers.join(">"),
        "guards": guards, "prompt_off": it.prompt_off,
    })
}
