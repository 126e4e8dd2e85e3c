//! When a command writes over a disk.

use crate::content::script::guards::called;
use crate::content::script::operations::command::{Word, Words};
use crate::content::script::operations::{Hit, hit, is_argument};
use crate::content::script::syntax::{Expression, Form, has_one};
use crate::content::script::words::asks;

pub(super) fn disk(words: &Words) -> Hit {
    let is_device = |it: &Word| {
        it.text.trim_start_matches("of=").starts_with("/dev/")
            && !it.text.contains("/dev/null")
            && !it.text.contains("loop")
    };
    let on_device = match words.program.as_str() {
        "dd" => {
            // A file that is made of zeros has a length; what the caller names may be anything.
            let wipes = words.rest.iter().any(|it| it.text.starts_with("if=/dev/"))
                && !words.rest.iter().any(|it| it.text.starts_with("count="));
            let is_named = |it: &Word| has_one(vec![&it.value], 20, is_argument);
            words.rest.iter().filter(|it| it.text.starts_with("of=")).any(|it| {
                is_device(it) || it.is_disk() || wipes && it.text == "of=\u{1}" && is_named(it)
            })
        }
        "wipefs" | "blkdiscard" if words.plain().any(Word::is_disk) => true,
        "sgdisk" => words.any(&["--zap-all", "-Z", "-z"]),
        "shred" => words.plain().any(is_device),
        // What the caller names, or whoever is asked.
        _ => {
            let is_named = |it: &Word| {
                let asks =
                    |it: &Expression| matches!(&it.form, Form::Call(call) if asks(&called(call)));
                it.text == "\u{1}" && has_one(vec![&it.value], 20, |it| is_argument(it) || asks(it))
            };
            words.plain().any(|it| is_device(it) || it.is_disk() || is_named(it))
        }
    };
    hit(on_device)
}
