//! The guard in JavaScript: how what it needs is loaded, and what it asks for.

/// How a file loads what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// By `import`, which has a form that may stand in a function too.
    Import,
    /// By `require`. Such a file waits for an answer only in a function.
    Require,
}

const MODULES: &[(&str, &str)] =
    &[("execFileSync", "node:child_process"), ("createInterface", "node:readline/promises")];

const NAMES: &str =
    "const name = process.env.%VAR% ?? \"\"; // use it below in place of any name written there\n";

const NAMES_OF_TENANT: &str = "\
const tenantId = process.env.TENANT_ID; // in place of the id that is written
const name = String(); // write here what looks up the name of that tenant
";

/// The template, with the marks of the steps in it.
pub(super) fn template(load: Load, is_tenant: bool) -> String {
    let (names, question) = match is_tenant {
        true => (NAMES_OF_TENANT, "\"type the name of the tenant to go on: \""),
        false => (NAMES, "`type ${name} to go on: `"),
    };
    let guard = include_str!("../guards/javascript.txt")
        .replace("%names%\n", names)
        .replace("%question%", question);
    let loads: String = MODULES.iter().map(|(name, module)| loaded(load, name, module)).collect();
    match load {
        Load::Import => format!("{loads}{guard}"),
        Load::Require => {
            let inner: String = guard.lines().map(|it| format!("  {it}\n")).collect();
            let within = if is_tenant { "by tenantId" } else { "on name alone" };
            format!("{loads}(async () => {{\n{inner}  // what you have, {within}\n}})();\n")
        }
    }
}

fn loaded(load: Load, name: &str, module: &str) -> String {
    let by = match load {
        Load::Import => "await import",
        Load::Require => "require",
    };
    let only = if name == "execFileSync" { " %run%" } else { "" };
    format!("const {{ {name} }} = {by}(\"{module}\");{only}\n")
}
