//! What a framework of an old version does not refuse yet: the files beside a script tell which version it is.

use std::rc::Rc;

use super::model::{Defect, GuardKind, Script};

/// The first version of Rails that refuses to drop a database whose environment is protected, by its release notes.
const PROTECTS_SINCE: u32 = 5;

/// Files that name the version of Rails, the surest first.
pub const FILES: &[&str] = &["Gemfile.lock", "Gemfile"];

/// Whether something that a script destroys is guarded by nothing but what Rails refuses by itself.
pub fn relies_on_rails(script: &Script) -> bool {
    script.operations.iter().any(|it| is_of_rails(it.kind.id))
        && script
            .operations
            .iter()
            .flat_map(|it| &it.guards)
            .any(|it| it.kind == GuardKind::Framework)
}

fn is_of_rails(kind: &str) -> bool {
    kind.starts_with("sh.rails") || kind == "rb.rake"
}

/// The major version of Rails that a Gemfile or its lock names; none where it names none.
pub fn rails_version(gemfile: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(gemfile);
    let number = |it: &str| {
        let digits: String = it
            .chars()
            .skip_while(|it| !it.is_ascii_digit())
            .take_while(|it| it.is_ascii_digit())
            .collect();
        digits.parse().ok()
    };
    text.lines().find_map(|line| {
        let line = line.trim();
        // `rails (3.2.22)` of a lock.
        let locked =
            ["rails (", "activerecord (", "railties ("].iter().find_map(|it| line.strip_prefix(it));
        if let Some(version) = locked.filter(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
            return number(version);
        }
        // `gem 'rails', '~> 3.2'`; what only says the least version (`>= 4.2`) leaves it open.
        let rest = line.strip_prefix("gem")?.trim_start_matches([' ', '(', '\'', '"']);
        let named = ["rails", "railties", "activerecord"];
        let rest = named.iter().find_map(|it| rest.strip_prefix(it))?;
        let asked = rest.strip_prefix(['\'', '"'])?.trim_start_matches([',', ' ']);
        // The version is a text of its own, and no option: `ref: "3f2a9cb"`.
        let asked = asked.strip_prefix(['\'', '"'])?.split(['\'', '"']).next()?;
        let is_exact = asked.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '~' | '='));
        if is_exact { number(asked) } else { None }
    })
}

/// The script as it is under this version of Rails.
pub fn under_rails(script: &Rc<Script>, version: u32) -> Rc<Script> {
    if version >= PROTECTS_SINCE {
        return Rc::clone(script);
    }
    let mut old = Script::clone(script);
    for operation in old.operations.iter_mut().filter(|it| is_of_rails(it.kind.id)) {
        for guard in operation.guards.iter_mut().filter(|it| it.kind == GuardKind::Framework) {
            guard.defect = Some(Defect::OfLaterVersion);
        }
    }
    Rc::new(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told() {
        for (text, version) in [
            ("GEM\n  specs:\n    rails (3.2.22)\n      actionmailer (= 3.2.22)\n", Some(3)),
            ("    activerecord (7.1.2)\n", Some(7)),
            ("source 'https://rubygems.org'\ngem 'rails', '~> 4.2.0'\n", Some(4)),
            ("gem \"rails\", \"5.0.1\" # 3.2 before\n", Some(5)),
            ("gem \"rails\", \">= 4.2\"\n", None),
            ("gem 'rails'\n", None),
            ("gem \"rails\", github: \"rails/rails\", ref: \"3f2a9cb\"\n", None),
            ("gem(\"rails\", \"~> 3.2\")\n", Some(3)),
            ("gem 'railties', '~> 3.2'\n", Some(3)),
            ("gem 'rails-i18n', '~> 4.0'\n", None),
            ("    rails (= 3.2.22)\n", None),
            ("", None),
        ] {
            assert_eq!(rails_version(text.as_bytes()), version, "{text}");
        }
    }
}
