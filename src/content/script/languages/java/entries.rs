//! Which methods of Java run without being called in the file, and under which profile.

use std::rc::Rc;

use tree_sitter::Node;

use super::File;
use super::expressions::environment;
use crate::content::script::Reach;
use crate::content::script::syntax::{Act, Comparison, Expression, Form, Statement};
use crate::content::script::tree::{children, has};
use crate::content::script::words;

/// An annotation: its name, its arguments as they are written, and the texts in them.
pub(super) struct Annotation {
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) told: String,
    pub(super) texts: Vec<String>,
}

/// The class that a method is of: what it extends, and its annotations.
#[derive(Default)]
pub(super) struct Owner {
    pub(super) head: String,
    pub(super) annotations: Vec<Annotation>,
}

/// What a framework asks of a class, the method that it runs, and when.
const RUNS: &[(&str, &str, Reach)] = &[
    ("CommandLineRunner", "run", Reach::Start),
    ("ApplicationRunner", "run", Reach::Start),
    ("QuarkusApplication", "run", Reach::Main),
    ("ApplicationListener", "onApplicationEvent", Reach::Start),
    ("InitializingBean", "afterPropertiesSet", Reach::Start),
    ("SmartInitializingSingleton", "afterSingletonsInstantiated", Reach::Start),
    ("ServletContextListener", "contextInitialized", Reach::Start),
    ("FlywayMigrationStrategy", "migrate", Reach::Start),
    ("QuartzJobBean", "executeInternal", Reach::Task),
    ("Job", "execute", Reach::Task),
];

/// What a method gives back that is run at the start.
const RUNNERS: &[&str] = &[
    "CommandLineRunner",
    "ApplicationRunner",
    "FlywayMigrationStrategy",
    "ApplicationListener",
    "InitializingBean",
];

/// Events of a program that starts.
const STARTS: &[&str] = &[
    "ApplicationReadyEvent",
    "ApplicationStartedEvent",
    "ContextRefreshedEvent",
    "ContextStartedEvent",
    "StartupEvent",
];

impl File<'_, '_> {
    /// What runs a method, where something outside of the file does.
    pub(super) fn reach(&self, node: Node, given: &[Annotation], owner: &Owner) -> Option<Reach> {
        let name = self.word(node, "name");
        let parameters = self.word(node, "parameters");
        if name == "main" && (self.takes_arguments(node) || parameters == "()") {
            let modifiers = children(node).into_iter().find(|it| it.kind() == "modifiers");
            let is_static = modifiers.is_some_and(|it| has(it, "static"));
            return (is_static || owner.head.is_empty()).then_some(Reach::Main);
        }
        for it in given {
            match it.name.as_str() {
                "Scheduled" | "ShellMethod" => return Some(Reach::Task),
                "PostConstruct" | "Bean" => return Some(Reach::Start),
                "EventListener" => {
                    let both = [it.told.as_str(), parameters];
                    let starts = STARTS.iter().any(|it| both.iter().any(|that| that.contains(it)));
                    return starts.then_some(Reach::Start);
                }
                _ => {}
            }
        }
        if parameters.contains("@Observes") && parameters.contains("StartupEvent") {
            return Some(Reach::Start);
        }
        let is_command = owner.annotations.iter().any(|it| it.name == "Command");
        if is_command && parameters == "()" && matches!(name, "run" | "call") {
            return Some(Reach::Task);
        }
        let names = |head: &str, kind: &str| {
            head.split(|c: char| !c.is_alphanumeric()).any(|it| it == kind)
        };
        let found =
            RUNS.iter().find(|(kind, method, _)| *method == name && names(&owner.head, kind));
        let (kind, _, reach) = found?;
        // Events of the application itself are no start.
        if *kind == "ApplicationListener" && !STARTS.iter().any(|it| owner.head.contains(it)) {
            return None;
        }
        Some(*reach)
    }

    /// Whether a method is given what stands on the command line.
    pub(super) fn takes_arguments(&self, node: Node) -> bool {
        let parameters = self.word(node, "parameters");
        ["String[]", "String...", "String ...", "String []", "ApplicationArguments"]
            .iter()
            .any(|it| parameters.contains(it))
            || parameters.starts_with("(String") && parameters.ends_with("[])")
    }

    /// Whether a method gives back what a framework then runs.
    pub(super) fn gives_a_runner(&self, node: Node) -> bool {
        let kind = self.word(node, "type");
        RUNNERS.iter().any(|it| kind.starts_with(it))
    }

    /// The condition under which a framework runs a method: `@Profile("dev")`, `@ConditionalOnProperty("app.wipe")`.
    pub(super) fn condition(&self, annotation: &Annotation) -> Option<Statement> {
        let line = annotation.line;
        let texts: Vec<&str> = annotation.texts.iter().map(String::as_str).collect();
        let test = match annotation.name.as_str() {
            "Profile" | "IfBuildProfile" => {
                let (not, plain): (Vec<&str>, Vec<&str>) =
                    texts.iter().partition(|it| it.starts_with('!'));
                // Where one of several is enough, a name that is not production opens it for all others.
                let is_default = plain.iter().any(|it| it.contains("default"));
                match (not.as_slice(), plain.as_slice()) {
                    ([], []) => return None,
                    ([], [one]) if says_wipe(one) => is_on(line, one),
                    ([], plain) if !is_default => among(line, plain),
                    ([one], []) => {
                        let name = one.trim_start_matches('!').trim();
                        Expression::new(line, Form::Not(among(line, &[name])))
                    }
                    _ => return None,
                }
            }
            "ConditionalOnProperty" | "IfBuildProperty" => {
                let told: String = annotation.told.split_whitespace().collect();
                if told.contains("matchIfMissing=true") || told.contains("enableIfMissing=true") {
                    return None;
                }
                let name = texts.iter().find(|it| it.contains(['.', '-'])).or(texts.first())?;
                is_on(line, name)
            }
            "ConditionalOnExpression" => {
                let (_, rest) = texts.first()?.split_once("${")?;
                let inner = rest.split('}').next()?;
                if inner.ends_with(":true") {
                    return None;
                }
                is_on(line, inner.split(':').next()?)
            }
            _ => return None,
        };
        let stop = Statement { line, act: Act::Throw(None) };
        Some(Statement { line, act: Act::If { test, then: Vec::new(), otherwise: vec![stop] } })
    }
}

/// Whether a profile is called after what is done where somebody switches it on: `clean`, `dbreset`.
fn says_wipe(profile: &str) -> bool {
    words::is_opt_in(profile.strip_prefix("db").unwrap_or(profile))
}

/// Whether what is off by itself is switched on.
fn is_on(line: u32, name: &str) -> Rc<Expression> {
    let yes = Expression::text(line, "true");
    let value = environment(line, name, None);
    Expression::new(line, Form::Compare(Comparison::Equal, value, yes))
}

/// Whether the environment is one of these.
pub(super) fn among(line: u32, names: &[&str]) -> Rc<Expression> {
    let texts = names.iter().map(|it| Expression::text(line, *it)).collect();
    let list = Expression::new(line, Form::List(texts));
    let value = environment(line, "environment", None);
    Expression::new(line, Form::Compare(Comparison::In, value, list))
}
