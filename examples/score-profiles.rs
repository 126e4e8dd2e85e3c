//! Scores databases of which only features are known: a JSON array as in `shared/data/database-profiles.json`, a line of JSON for each.
#![allow(clippy::print_stdout)]

use dataward::content::{Identities, Signs, confidence, nature};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let profiles: Vec<Value> = serde_json::from_slice(&std::fs::read(path)?)?;
    for profile in profiles {
        let signs = signs(&profile["features"]);
        let confidence = confidence(signs);
        let nature = nature(&confidence, None).word();
        let Identities { real_looking, unknown, synthetic } = signs.people;
        let line = json!({
            "source": profile["source"], "kind": profile["kind"], "doubtful": profile["doubtful"],
            "value": confidence.value, "nature": nature,
            "real_looking": real_looking, "unknown": unknown, "synthetic": synthetic,
            "real_identities": u64::from(profile["dev_data_with_real_looking_identities"] == true),
        });
        println!("{line}");
    }
    Ok(())
}

/// The features in our own terms, as far as they have them. Shares are of people, texts or hashes; `log_x` is log10(1 + x).
fn signs(features: &Value) -> Signs {
    let number = |name: &str| features[name].as_f64().unwrap_or(0.0);
    let count = |name: &str| 10_f64.powf(number(name)) - 1.0;
    let whole = |it: f64| it.round().max(0.0) as u64;
    let people = number("n_ids");
    let made_up = number("frac_test_identity")
        .max(number("frac_reserved_domain") + number("frac_placeholder_domain"))
        .max(number("seq_any"))
        * people;
    let left = (people - made_up).max(0.0);
    let mails = number("real_domain_ids").min(left);
    let names = (left - mails) * number("name_lex") * number("name_full2");
    Signs {
        rows: whole(count("log_rows")),
        rows_read: whole(count("log_rows")),
        people: Identities {
            synthetic: whole(made_up),
            real_looking: whole(mails + names),
            unknown: whole(left - mails - names),
        },
        salted_hashes: whole(number("n_hash")),
        repeated_hashes: whole(number("n_hash") * number("hash_dup")),
        active_days: whole(number("act_days")),
        active_span: whole(number("act_span90_d")),
        active_hours: whole(number("hour_entropy").exp2()),
        texts: whole(count("log_text")),
        lorem_texts: whole(count("log_text") * number("lorem")),
        test_texts: whole(count("log_text") * number("test_text")),
        ..Signs::default()
    }
}
