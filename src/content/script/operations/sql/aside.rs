//! What a script of SQL does that destroys nothing that anybody keeps: ways back of migrations, tables for a while, databases of tests.

/// Lines by which tools for migrations part the way back from the way forth.
const DOWN: &[&str] =
    &["+goose down", "+migrate down", "migrate:down", "@undo", "!downs", "--rollback"];
const UP: &[&str] = &["+goose up", "+migrate up", "migrate:up", "@do", "!ups"];

/// The parts of a text that lead back from a migration.
pub(super) fn ways_back(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        if lower.starts_with("--") {
            let is = |marks: &[&str]| marks.iter().any(|it| lower.contains(it));
            if is(DOWN) {
                open.get_or_insert(at);
            } else if is(UP)
                && let Some(from) = open.take()
            {
                parts.push((from, at));
            }
        }
        at += line.len();
    }
    parts.extend(open.map(|from| (from, text.len())));
    parts
}

/// A function, procedure or trigger that a text makes: what is in it runs when it is called.
#[derive(Debug)]
pub(super) struct Routine {
    name: String,
    /// What is called by the database itself, as rows change or time goes by.
    is_called_so: bool,
    from: usize,
    to: usize,
}

impl Routine {
    /// Whether a place in the text lies in it.
    pub(super) fn holds(&self, at: usize) -> bool {
        (self.from..self.to).contains(&at)
    }
}

/// The routines of a text that nothing outside of them calls.
pub(super) fn uncalled_routines(text: &str) -> Vec<Routine> {
    let mut all = routines(text);
    if all.is_empty() {
        return all;
    }
    let upper = text.to_uppercase();
    let called: Vec<bool> = all
        .iter()
        .map(|it| {
            let name = it.name.to_uppercase();
            let calls = upper.match_indices(&name).any(|(at, _)| {
                let before = upper.get(..at).unwrap_or_default();
                let before = before.trim_end_matches(|it: char| !it.is_whitespace() && it != ';');
                let word = before
                    .trim_end()
                    .rsplit(|it: char| !it.is_alphanumeric())
                    .next()
                    .unwrap_or_default();
                !it.holds(at)
                    && matches!(
                        word,
                        "CALL" | "EXEC" | "EXECUTE" | "SELECT" | "PERFORM" | "BEGIN" | "FROM"
                    )
            });
            calls && !name.is_empty() && !it.is_called_so
        })
        .collect();
    let mut called = called.into_iter();
    all.retain(|_| called.next() == Some(false));
    all
}

/// Where routines begin and end: with their dollar quotes, with `GO`, a slash or the delimiter that is put back, with an `END` at the
/// beginning of its line, or with the text.
fn routines(text: &str) -> Vec<Routine> {
    let kinds = ["FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "EVENT", "PACKAGE"];
    let mut all: Vec<Routine> = Vec::new();
    let mut at = 0;
    let mut open: Option<(Routine, Option<String>, bool)> = None;
    for line in text.split_inclusive('\n') {
        let upper = line.trim().to_uppercase();
        let from = at;
        at += line.len();
        if let Some((routine, quote, begun)) = &mut open {
            if quote.is_none() && !*begun {
                *quote = dollar_quote(line);
                // Where it opens, it may close as well.
                if quote.as_ref().is_some_and(|it| line.matches(it.as_str()).count() > 1) {
                    routine.to = at;
                    all.extend(open.take().map(|it| it.0));
                    continue;
                }
                *begun |= quote.is_some() || upper.starts_with("BEGIN");
                if quote.is_some() {
                    continue;
                }
            }
            let ends = match quote {
                Some(quote) => line.contains(quote.as_str()),
                None => {
                    let is_end = !line.starts_with([' ', '\t']) && upper.starts_with("END");
                    matches!(upper.as_str(), "GO" | "/" | "DELIMITER ;") || is_end && *begun
                }
            };
            if ends {
                routine.to = at;
                all.extend(open.take().map(|it| it.0));
            }
            continue;
        }
        let mut words =
            upper.split(|it: char| it.is_whitespace() || it == '(').filter(|it| !it.is_empty());
        if !matches!(words.next(), Some("CREATE" | "ALTER")) {
            continue;
        }
        let plain = ["OR", "REPLACE", "ALTER", "EDITIONABLE", "NONEDITIONABLE", "CONSTRAINT"];
        let kind = words.by_ref().find(|it| !plain.contains(it) && !it.starts_with("DEFINER"));
        let Some(kind) = kind.filter(|it| kinds.contains(it)) else { continue };
        let name =
            words.find(|it| !matches!(*it, "IF" | "NOT" | "EXISTS" | "BODY")).unwrap_or_default();
        let name = name.rsplit('.').next().unwrap_or_default();
        let name = name.trim_matches(['"', '`', '[', ']', ';']).to_owned();
        let is_called_so = matches!(kind, "TRIGGER" | "EVENT");
        let quote = dollar_quote(line);
        let is_whole = quote.as_ref().is_some_and(|it| line.matches(it.as_str()).count() > 1);
        let begun = quote.is_some() || upper.ends_with("BEGIN");
        let routine = Routine { name, is_called_so, from, to: at };
        // All of it on one line.
        if is_whole || upper.trim_end_matches([';', '/', '$']).trim_end().ends_with(" END") {
            all.push(routine);
        } else {
            open = Some((routine, quote, begun));
        }
    }
    if let Some((routine, _, _)) = open {
        all.push(Routine { to: text.len(), ..routine });
    }
    all
}

/// The first `$$` or `$body$` of a line.
fn dollar_quote(line: &str) -> Option<String> {
    let from = line.find('$')?;
    let rest = line.get(from + 1..)?;
    let n = rest.find('$')?;
    let is_tag = rest.get(..n)?.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    is_tag.then(|| format!("${}$", &rest[..n]))
}

/// Whether a database is one of tests by its name: `test`, `shop_test`.
pub(super) fn is_of_tests(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|it| matches!(it, "test" | "tests" | "testing"))
}

/// Whether a table is made for a while only.
pub(super) fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.trim_matches(['"', '`', '[', ']']);
    // `#__content` of Joomla is a table with its prefix.
    lower.starts_with('#') && !lower.starts_with("#__")
        || lower.starts_with("tmp")
        || lower.starts_with("temp")
        || lower.starts_with("pg_temp")
        || lower.contains("_tmp")
        || lower.contains("_temp")
        || lower.contains("staging_")
        || lower.contains("test")
}
