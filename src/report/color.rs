//! Decides whether text is coloured: the option, then the environment, then the terminal.

use std::str::FromStr;

/// What `--color` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// As the environment and the terminal have it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// The words for them, in the order of a help text.
    pub const NAMES: &[&str] = &["auto", "always", "never"];
}

impl FromStr for ColorChoice {
    type Err = String;

    fn from_str(word: &str) -> Result<ColorChoice, String> {
        match word {
            "auto" => Ok(ColorChoice::Auto),
            "always" => Ok(ColorChoice::Always),
            "never" => Ok(ColorChoice::Never),
            _ => Err(format!("use one of {}", ColorChoice::NAMES.join(", "))),
        }
    }
}

/// Whether to colour: `--color` decides; else `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` and `TERM=dumb`, in this order; else
/// whether text goes to a terminal.
pub fn use_color(
    choice: ColorChoice,
    is_terminal: bool,
    env: impl Fn(&str) -> Option<String>,
) -> bool {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR").is_some() => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorChoice::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
        ColorChoice::Auto if set("TERM").is_some_and(|value| value == "dumb") => false,
        ColorChoice::Auto => is_terminal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case = (ColorChoice, bool, &'static [(&'static str, &'static str)], bool);

    #[test]
    fn the_option_beats_the_environment_and_that_beats_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        let cases: &[Case] = &[
            (Auto, true, &[], true),
            (Auto, false, &[], false),
            (Always, false, &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
            (Never, true, &[("CLICOLOR_FORCE", "1")], false),
            (Auto, true, &[("NO_COLOR", "1")], false),
            (Auto, true, &[("NO_COLOR", "0")], false),
            (Auto, true, &[("NO_COLOR", "")], true),
            (Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Auto, false, &[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")], true),
            (Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (Auto, true, &[("CLICOLOR_FORCE", "0")], true),
            (Auto, true, &[("CLICOLOR", "0")], false),
            (Auto, true, &[("CLICOLOR", "1")], true),
            (Auto, false, &[("CLICOLOR", "1")], false),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[("TERM", "xterm")], true),
        ];
        for (choice, is_terminal, env, wanted) in cases {
            let read = |name: &str| {
                env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(use_color(*choice, *is_terminal, read), *wanted, "{choice:?} {env:?}");
        }
    }

    #[test]
    fn every_choice_has_a_name_that_is_read_back() {
        for name in ColorChoice::NAMES {
            assert!(name.parse::<ColorChoice>().is_ok(), "{name}");
        }
        assert!("sometimes".parse::<ColorChoice>().unwrap_err().contains("never"));
    }
}
