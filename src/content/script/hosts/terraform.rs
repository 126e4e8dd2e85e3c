//! Terraform: what provisioners run when a resource is made, or before it goes. What a resource is, and that it goes, is the
//! plan's, which is shown and asked for.

mod document;
mod settings;

use std::collections::HashMap;
use std::rc::Rc;

use super::workflow::Context;
use super::{
    Filling, Hosted, Lasting, SHELLS, as_text, filled_holes, only_if, outcome, process, run, task,
    unknown, whatever,
};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::{Block as Body, Command, Expression, Form, Shared, Statement};
use crate::content::script::value::Told;
use document::{Block, Content, Value};

/// Resources that stand for nothing but what their provisioners do.
const FOR_COMMANDS: &[&str] = &["null_resource", "terraform_data"];

/// Without one of these, or a setting, a file runs nothing and switches nothing off.
const WORDS: &[&str] = &["provisioner", "\"external\""];

/// What the names of a file stand for.
#[derive(Default)]
struct Module {
    /// Texts that are written down in `locals`.
    locals: HashMap<String, Told>,
    /// Variables with what each is where nobody says otherwise: empty where somebody has to.
    variables: Context,
}

/// The program that a file of Terraform is: a task for each resource that runs something.
pub(super) fn read(text: &str) -> Option<Hosted> {
    let is_read = WORDS.iter().copied().chain(settings::names()).any(|it| text.contains(it));
    let blocks = if is_read { document::read(text)? } else { return None };
    let module = Module::of(&blocks);
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    for block in &blocks {
        let body = match block.kind.as_str() {
            "resource" => module.resource(block, &mut hosted),
            "data" if block.label(0) == "external" => module.external(block),
            _ => continue,
        };
        if !body.is_empty() {
            let name = format!("{}.{}", block.label(0), block.label(1));
            hosted.program.body.push(task(&name, block.line, Vec::new(), body, Some(Reach::Task)));
        }
    }
    hosted.off = settings::switched_off(&blocks);
    Some(hosted)
}

impl Module {
    fn of(blocks: &[Block]) -> Module {
        let mut module = Module::default();
        for block in blocks {
            match block.kind.as_str() {
                "locals" => module.locals.extend(
                    block
                        .attributes
                        .iter()
                        .filter_map(|(name, it)| Some((name.clone(), it.told()?.clone()))),
                ),
                "variable" => {
                    let is_flag = block.get("type").is_some_and(|it| it.code() == "bool");
                    let default = match block.get("default") {
                        Some(it) => it.literal().unwrap_or(it.code()),
                        // Whoever runs it has to say so.
                        None if is_flag => "false",
                        None => "",
                    };
                    module.variables.inputs.insert(block.label(0).to_owned(), default.to_owned());
                }
                _ => {}
            }
        }
        module
    }

    /// What the provisioners of a resource run.
    fn resource(&self, resource: &Block, hosted: &mut Hosted) -> Body {
        let mut body = Body::new();
        for provisioner in resource.all("provisioner") {
            let Some(mut ran) = self.provisioner(provisioner) else { continue };
            if provisioner.get("on_failure").is_some_and(|it| it.code() == "continue") {
                ran = whatever(ran);
            }
            let when = provisioner.get("when").filter(|it| it.code() == "destroy");
            if let Some(it) = when {
                // It runs where the resource goes, which the plan shows and the tool asks about.
                let (kind, strength) = (GuardKind::Framework, Strength::Strong);
                let guard = Guard { kind, strength, line: it.line, defect: None };
                let asked = only_if(it.line, outcome(it.line, vec![guard], Vec::new()));
                let name = format!("destroy {}", provisioner.line);
                let inner = vec![asked, run(ran)];
                let reach = Some(Reach::Task);
                hosted.program.body.push(task(&name, provisioner.line, Vec::new(), inner, reach));
                continue;
            }
            if is_on_what_is_new(resource, provisioner) {
                hosted.spare(provisioner.line, provisioner.last, Lasting::Databases);
            }
            body.push(run(ran));
        }
        if !body.is_empty() {
            let before = self.conditions(resource);
            body.splice(0..0, before);
        }
        body
    }

    /// `data "external"`: a program that each plan runs.
    fn external(&self, data: &Block) -> Body {
        let program = data.get("program").map(|it| it.items()).unwrap_or_default();
        let mut words: Vec<Shared> = program.iter().map(|it| self.value(it)).collect();
        // A program of another name is a file, which is not followed.
        words.truncate(20);
        if words.is_empty() {
            Body::new()
        } else {
            vec![run(as_command(data.line, words, Vec::new()))]
        }
    }

    /// What one provisioner runs.
    fn provisioner(&self, of: &Block) -> Option<Shared> {
        let sets = of
            .get("environment")
            .map(|it| it.pairs())
            .unwrap_or_default()
            .iter()
            .map(|(name, it)| (name.clone(), self.value(it)))
            .collect();
        match of.label(0) {
            "local-exec" => {
                let told = self.filled(self.text(of.get("command")?)?);
                self.interpreted(of, &told, sets)
            }
            "remote-exec" => {
                let mut script = Told::default();
                let lines = of.get("inline").map(|it| it.items()).unwrap_or_default();
                let files = of.get("scripts").map(|it| it.items()).unwrap_or_default();
                for it in lines.iter().chain(of.get("script")).chain(files) {
                    if let Some(told) = self.text(it) {
                        super::join(&mut script, &self.filled(told));
                    }
                    script.add("\n", it.line, false);
                }
                process(of.line, &script, sets, false)
            }
            _ => None,
        }
    }

    /// The text that a value is, or that `locals` have under its name.
    fn text<'a>(&'a self, of: &'a Value) -> Option<&'a Told> {
        of.told().or_else(|| self.locals.get(of.code().strip_prefix("local.")?))
    }

    /// A command as its interpreter runs it: a shell, where none is named.
    fn interpreted(&self, of: &Block, told: &Told, sets: Vec<(String, Shared)>) -> Option<Shared> {
        let named = of.get("interpreter").map(|it| it.items()).unwrap_or_default();
        let program = named.first().and_then(|it| it.literal()).unwrap_or("sh");
        let program = program.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
        let program = program.trim_end_matches(".exe");
        if SHELLS.contains(&program) {
            let flags = named.iter().filter_map(|it| it.literal());
            let is_strict = flags
                .filter(|it| it.starts_with('-') && !it.starts_with("--"))
                .any(|it| it.contains('e'));
            return process(of.line, told, sets, is_strict);
        }
        let mut words: Vec<Shared> = vec![Expression::text(of.line, program)];
        words.extend(named.iter().skip(1).map(|it| self.value(it)));
        words.push(as_text(of.line, told.clone()));
        Some(as_command(of.line, words, sets))
    }

    /// What must hold for a resource to be made at all: `count = var.wipe ? 1 : 0`, a precondition.
    fn conditions(&self, resource: &Block) -> Vec<Statement> {
        let mut all = Vec::new();
        for it in ["count", "for_each"].iter().filter_map(|it| resource.get(it)) {
            if it.code() == "0" {
                all.push(only_if(it.line, Expression::new(it.line, Form::Bool(false))));
                continue;
            }
            let Some((test, (then, otherwise))) = choice(it.code()) else { continue };
            let asked = self.condition(test, it.line);
            match (is_none(then), is_none(otherwise)) {
                (false, true) => all.push(only_if(it.line, asked)),
                (true, false) => {
                    let not = Expression::new(it.line, Form::Not(asked));
                    all.push(only_if(it.line, not));
                }
                _ => {}
            }
        }
        for it in resource.all("lifecycle").flat_map(|it| it.all("precondition")) {
            if let Some(it) = it.get("condition").filter(|it| !it.code().is_empty()) {
                all.push(only_if(it.line, self.condition(it.code(), it.line)));
            }
        }
        all
    }

    /// What a condition asks.
    fn condition(&self, text: &str, line: u32) -> Shared {
        self.variables.condition(&listed(text).replace("var.", "inputs."), line)
    }

    fn value(&self, of: &Value) -> Shared {
        match &of.content {
            Content::Text(told) => as_text(of.line, self.filled(told)),
            Content::Code(name) => match self.named(name, of.line) {
                Filling::Text(plain) => Expression::text(of.line, plain),
                Filling::Value(value) => value,
            },
            Content::List(_) | Content::Map(_) => unknown(of.line),
        }
    }

    /// A text with what is known of its holes.
    fn filled(&self, told: &Told) -> Told {
        filled_holes(told, &|hole| match &hole.form {
            Form::Name(name) => self.named(name, hole.line),
            _ => Filling::Value(Rc::clone(hole)),
        })
    }

    /// What a name stands for. What is not known of a text is never empty: Terraform would stop.
    fn named(&self, name: &str, line: u32) -> Filling {
        if let Some(variable) = name.strip_prefix("var.").filter(|it| is_name(it)) {
            let default = self.variables.inputs.get(variable).filter(|it| !it.is_empty());
            let form = match default {
                Some(it) => Form::Environment(
                    variable.to_owned(),
                    Some(Expression::text(line, it.as_str())),
                ),
                None => Form::Argument(variable.to_owned()),
            };
            return Filling::Value(Expression::new(line, form));
        }
        match name {
            "path.module" | "path.root" | "path.cwd" => Filling::Text(".".to_owned()),
            "terraform.workspace" => {
                let form = Form::Environment("environment".to_owned(), None);
                Filling::Value(Expression::new(line, form))
            }
            _ => match name.strip_prefix("local.").and_then(|it| self.locals.get(it)) {
                Some(told) if told.origin.holes.is_empty() => Filling::Text(told.text.clone()),
                _ => Filling::Value(unknown(line)),
            },
        }
    }
}

/// Whether a provisioner works on what was made right before: on the new machine itself, or on what `self` names.
fn is_on_what_is_new(resource: &Block, provisioner: &Block) -> bool {
    if FOR_COMMANDS.contains(&resource.label(0)) {
        return false;
    }
    let names_it = |told: &Told| {
        told.origin
            .holes
            .iter()
            .any(|it| matches!(&it.form, Form::Name(name) if name.starts_with("self.")))
    };
    provisioner.label(0) == "remote-exec"
        || provisioner.get("command").and_then(|it| it.told()).is_some_and(names_it)
}

fn as_command(line: u32, words: Vec<Shared>, sets: Vec<(String, Shared)>) -> Shared {
    Expression::new(line, Form::Command(Command { words, sets, ..Command::default() }))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// `test ? then : otherwise`, where neither of them is one again.
fn choice(text: &str) -> Option<(&str, (&str, &str))> {
    let (test, rest) = text.split_once('?')?;
    let (then, otherwise) = rest.rsplit_once(':')?;
    (!rest.contains('?')).then_some((test.trim(), (then.trim(), otherwise.trim())))
}

/// Whether a number or collection makes nothing.
fn is_none(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(plain.as_str(), "0" | "[]" | "{}" | "toset([])" | "tomap({})")
}

/// A condition with `contains(["a", "b"], var.x)` written as what it asks.
fn listed(text: &str) -> String {
    let Some((before, rest)) = text.split_once("contains([") else { return text.to_owned() };
    let Some((list, rest)) = rest.split_once(']') else { return text.to_owned() };
    let Some((name, after)) = rest.split_once(')') else { return text.to_owned() };
    let name = name.trim_start_matches(',').trim();
    let all: Vec<String> = list
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(|it| format!("{name} == {it}"))
        .collect();
    format!("{before}({}){after}", all.join(" || "))
}
