//! Notebooks of Databricks that are kept as files of Python: cells of another language stand in comments.

use std::borrow::Cow;

/// How a cell begins that is in another language.
const CELL: &str = "# MAGIC %";

/// What parts two cells.
const PARTS: &str = "# COMMAND ----------";

/// What stands before each line of a cell in another language.
const MAGIC: &str = "# MAGIC";

/// A notebook with what its cells do as calls of Python, each on its line: `# MAGIC %sql` as `spark.sql(...)`.
pub(in crate::content::script::languages) fn as_code(text: &str) -> Cow<'_, str> {
    if !text.contains(CELL) {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len() + text.len() / 8);
    let mut cell = Vec::new();
    for line in text.lines() {
        if line.trim_end() == PARTS {
            push(&mut all, &cell);
            cell.clear();
        }
        cell.push(line);
    }
    push(&mut all, &cell);
    Cow::Owned(all)
}

/// Adds a cell, with as many lines as it has.
fn push(all: &mut String, cell: &[&str]) {
    let lines = cell.iter().map(|it| it.strip_prefix(MAGIC));
    let first = lines.clone().position(|it| it.is_some_and(|it| it.trim().starts_with('%')));
    let told = first.and_then(|at| {
        let magic = cell.get(at)?.strip_prefix(MAGIC)?.trim();
        let (name, rest) = magic.split_once(char::is_whitespace).unwrap_or((magic, ""));
        let name = Some(name).filter(|it| matches!(*it, "%sql" | "%sh" | "%fs" | "%python"))?;
        Some((at, name, rest))
    });
    let Some((at, name, rest)) = told else {
        return cell.iter().for_each(|it| add(all, it));
    };
    let last = lines.clone().rposition(|it| it.is_some()).unwrap_or(at);
    for (n, (line, it)) in cell.iter().zip(lines).enumerate() {
        let Some(it) = it.filter(|_| n >= at) else {
            add(all, line);
            continue;
        };
        let it = if n == at { rest } else { it.strip_prefix(' ').unwrap_or(it) };
        let (open, close) = around(name, n == at, n == last);
        add(all, &[open, &within(name, it), close].concat());
    }
}

fn add(all: &mut String, line: &str) {
    all.push_str(line);
    all.push('\n');
}

/// What stands before and behind a line of a cell.
fn around(name: &str, is_first: bool, is_last: bool) -> (&'static str, &'static str) {
    let open = match name {
        "%sql" => "spark.sql(r\"\"\"",
        "%sh" => "os.system(r\"\"\"",
        _ => "",
    };
    let close = if open.is_empty() { "" } else { "\"\"\")" };
    (if is_first { open } else { "" }, if is_last { close } else { "" })
}

/// A line of a cell as it stands in the text of Python.
fn within(name: &str, line: &str) -> String {
    match name {
        "%python" => line.to_owned(),
        // `%fs rm -r /mnt/shop`.
        "%fs" => {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["rm", "-r" | "--recurse=true", path] => {
                    format!("dbutils.fs.rm({path:?}, True)")
                }
                _ => String::new(),
            }
        }
        // A quote behind the last line would end the text early.
        _ => line.replace("\"\"\"", "   ").replace('\\', " ") + " ",
    }
}
