//! The one form that every language is brought into: blocks, statements and expressions, with what decides where a program
//! goes on and what is called. What a language has beside that is left out, or kept as [`Form::Other`].

use std::rc::Rc;

use super::tree::worded::Worded;
use super::{Guard, MAX_SIZE, Reach};

/// Pieces of one text, at most.
const PIECES: usize = 100_000;

/// An expression that is shared: a variable stands for the same one in many places.
pub(super) type Shared = Rc<Expression>;

/// Statements, one after the other.
pub(super) type Block = Vec<Statement>;

/// A statement, and the line it begins on.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) line: u32,
    pub(super) act: Act,
}

/// What a statement does.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Run(Shared),
    /// A name, or a way to a field such as `self.url`, stands for a value from here on.
    Set(String, Shared),
    If {
        test: Shared,
        then: Block,
        otherwise: Block,
    },
    Switch {
        subject: Shared,
        arms: Vec<Arm>,
    },
    Loop(Loop),
    Try {
        body: Block,
        handlers: Vec<Block>,
        /// Runs when the body came to its end.
        otherwise: Block,
        finally: Block,
    },
    /// Leaves the function.
    Return(Option<Shared>),
    /// Leaves the function and its callers, up to a handler.
    Throw(Option<Shared>),
    /// Leaves the loop.
    Break,
    Continue,
    /// What could not be read within bounds.
    Cut,
    /// The words of the statements that come.
    Worded(Rc<Worded>),
    Define(Rc<Function>),
    Class(Rc<Class>),
    Block(Block),
}

/// One way through a switch.
#[derive(Debug, Clone)]
pub(super) struct Arm {
    /// What the subject is compared with; any of them. None for the way of all others.
    pub(super) patterns: Vec<Shared>,
    pub(super) body: Block,
    /// It goes on in the next one.
    pub(super) falls_through: bool,
}

/// A loop: over something, or while a test holds.
#[derive(Debug, Clone)]
pub(super) struct Loop {
    /// The name that stands for one after the other.
    pub(super) variable: Option<String>,
    pub(super) over: Option<Shared>,
    pub(super) test: Option<Shared>,
    pub(super) body: Block,
    /// The test is made after the body.
    pub(super) runs_first: bool,
}

/// A function, a block that is handed over, or a task.
#[derive(Debug, Default, Clone)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Block,
    /// What stands for it outside of the file: a framework, a starter of programs.
    pub(super) called_by: Option<Reach>,
    /// Tasks of the same file that run before it.
    pub(super) needs: Vec<String>,
    /// Its value is that of its last expression.
    pub(super) yields_last: bool,
    /// It is called where its name is read, without saying so.
    pub(super) is_property: bool,
    /// Names that it sets for all of the file.
    pub(super) outer: Vec<String>,
}

/// A parameter and what it is where a caller does not say.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) default: Option<Shared>,
}

/// A class: its methods are functions of the file.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    /// The class of the file that it may come from.
    pub(super) base: Option<String>,
    pub(super) body: Block,
}

/// An expression, and the line it begins on.
#[derive(Debug)]
pub(super) struct Expression {
    pub(super) line: u32,
    pub(super) form: Form,
    /// How many expressions stand within each other in it.
    pub(super) depth: u32,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum Form {
    Text(Vec<Part>),
    Number(String),
    Bool(bool),
    Nothing,
    Name(String),
    Member(Shared, String),
    Index(Shared, Shared),
    Call(Call),
    Command(Command),
    /// Commands of which each reads what the one before writes.
    Pipe(Vec<Shared>),
    Not(Shared),
    All(Vec<Shared>),
    Any(Vec<Shared>),
    Compare(Comparison, Shared, Shared),
    /// Texts one after the other.
    Join(Vec<Shared>),
    List(Vec<Shared>),
    Map(Vec<(Shared, Shared)>),
    Lambda(Rc<Function>),
    Choice(Shared, Shared, Shared),
    Set(String, Shared),
    /// One of them, whichever way the program went.
    Either(Vec<Shared>),
    /// Statements whose value is that of their last.
    Group(Rc<Block>),
    /// Such statements in a process of their own: leaving it leaves only that.
    Subshell(Rc<Block>),
    /// What a function of the file gave back, and what is certain where that counts as true, and where not.
    Outcome {
        value: Shared,
        if_true: Vec<Guard>,
        if_false: Vec<Guard>,
        /// What else is certain where it counts as true, unless this is a run that destroys nothing.
        unless_dry: Vec<Guard>,
    },
    /// What the environment says under this name, or a default.
    Environment(String, Option<Shared>),
    /// What whoever runs the script says: a flag, an option, the place of an argument.
    Argument(String),
    Other(Vec<Shared>),
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Plain {
        text: String,
        line: u32,
        /// Each line feed in it is one in the file.
        is_spread: bool,
    },
    Hole(Shared),
}

/// A call of a function or method.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) callee: Shared,
    pub(super) arguments: Vec<Argument>,
    /// A block that is handed over, as Ruby does.
    pub(super) block: Option<Rc<Function>>,
}

/// An argument, with its name where it is given by that.
#[derive(Debug, Clone)]
pub(super) struct Argument {
    pub(super) name: Option<String>,
    pub(super) value: Shared,
}

/// A command of a shell: its words, what it reads and writes, and what is set for it alone.
#[derive(Debug, Default, Clone)]
pub(super) struct Command {
    pub(super) words: Vec<Shared>,
    /// A here-document or here-string.
    pub(super) input: Option<Shared>,
    /// A file that it reads.
    pub(super) file: Option<Shared>,
    pub(super) to: Option<Written>,
    pub(super) sets: Vec<(String, Shared)>,
}

/// The file that a command writes to.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) file: Shared,
    /// What is in it stays.
    pub(super) appends: bool,
}

/// How two values are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    /// The left one is among, or part of, the right one.
    In,
    /// The left one fits a pattern.
    Fits,
    /// As numbers, and equal.
    EqualNumbers,
    /// They are one and the same object, which two texts seldom are: `==` of Java.
    Same,
    /// Less or more.
    Order,
}

impl Expression {
    pub(super) fn new(line: u32, form: Form) -> Shared {
        let mut expression = Expression { line, form, depth: 0 };
        expression.depth = 1 + expression.children().iter().map(|it| it.depth).max().unwrap_or(0);
        Rc::new(expression)
    }

    /// A text without holes.
    pub(super) fn text(line: u32, text: impl Into<String>) -> Shared {
        let part = Part::Plain { text: text.into(), line, is_spread: false };
        Expression::new(line, Form::Text(vec![part]))
    }

    /// One after the other of what a list holds.
    pub(super) fn each(list: &Shared) -> Shared {
        let any = Expression::new(list.line, Form::Nothing);
        Expression::new(list.line, Form::Index(Rc::clone(list), any))
    }

    /// The text, where it has no holes, and is no longer than those of any file.
    pub(super) fn literal(&self) -> Option<String> {
        let mut all = String::new();
        self.spell(&mut all, &mut { PIECES }).then_some(all)
    }

    /// Writes the text that it is. Whether it is one: the same piece may stand in it any number of times.
    fn spell(&self, all: &mut String, left: &mut usize) -> bool {
        let Some(rest) = left.checked_sub(1).filter(|_| all.len() <= MAX_SIZE) else {
            return false;
        };
        *left = rest;
        match &self.form {
            Form::Text(parts) => parts.iter().all(|part| match part {
                Part::Plain { text, .. } => {
                    all.push_str(text);
                    true
                }
                Part::Hole(hole) => hole.spell(all, left),
            }),
            Form::Number(text) => {
                all.push_str(text);
                true
            }
            Form::Outcome { value, .. } => value.spell(all, left),
            Form::Join(parts) => parts.iter().all(|it| it.spell(all, left)),
            _ => false,
        }
    }

    /// The expressions right below it, those of functions that are handed over left out.
    pub(super) fn children(&self) -> Vec<&Shared> {
        match &self.form {
            Form::Text(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Part::Hole(hole) => Some(hole),
                    Part::Plain { .. } => None,
                })
                .collect(),
            Form::Number(_)
            | Form::Bool(_)
            | Form::Nothing
            | Form::Name(_)
            | Form::Lambda(_)
            | Form::Argument(_)
            | Form::Group(_)
            | Form::Subshell(_) => Vec::new(),
            Form::Outcome { value, .. } => vec![value],
            Form::Member(of, _) | Form::Not(of) | Form::Set(_, of) => vec![of],
            Form::Index(of, by) | Form::Compare(_, of, by) => vec![of, by],
            Form::Call(call) => {
                let mut all = vec![&call.callee];
                all.extend(call.arguments.iter().map(|it| &it.value));
                all
            }
            Form::Command(command) => {
                let mut all: Vec<&Shared> = command.words.iter().collect();
                all.extend(command.input.iter().chain(&command.file));
                all.extend(command.sets.iter().map(|(_, value)| value));
                all
            }
            Form::Map(pairs) => pairs.iter().flat_map(|(key, value)| [key, value]).collect(),
            Form::Choice(test, then, otherwise) => vec![test, then, otherwise],
            Form::Environment(_, default) => default.iter().collect(),
            Form::Pipe(all)
            | Form::All(all)
            | Form::Any(all)
            | Form::Join(all)
            | Form::List(all)
            | Form::Either(all)
            | Form::Other(all) => all.iter().collect(),
        }
    }
}

/// What stands for the commands whose output a block reads line by line.
pub(super) const PIPED: &str = "|piped";

/// What stands for the text that a block reads.
pub(super) const STDIN: &str = "|stdin";

/// What stands for the file that a block reads.
pub(super) const STDIN_FILE: &str = "|stdin file";

/// A program: what runs when the file does. Functions and classes stand in it where they are defined.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// What its file is called, without directories and ending.
    pub(super) name: String,
    pub(super) body: Block,
    /// What makes the body run.
    pub(super) reach: Option<Reach>,
    /// A failing command ends it (`set -e` is met on the way).
    pub(super) stops_on_failure: bool,
    /// `return` outside of a function ends nothing, as in what bash runs.
    pub(super) returns_go_on: bool,
    /// The words of its statements.
    pub(super) worded: Rc<Worded>,
}

/// What is taken of the first of these, or of so many expressions below them, that has it.
pub(super) fn find_in<'a, T>(
    mut open: Vec<&'a Expression>,
    most: usize,
    take: impl Fn(&'a Expression) -> Option<T>,
) -> Option<T> {
    for _ in 0..most {
        let it = open.pop()?;
        if let Some(found) = take(it) {
            return Some(found);
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    None
}

/// Whether one of these, or of so many expressions below them, is such a one.
pub(super) fn has_one(
    open: Vec<&Expression>,
    most: usize,
    is_one: impl Fn(&Expression) -> bool,
) -> bool {
    find_in(open, most, |it| is_one(it).then_some(())).is_some()
}

/// What a loop goes through, of one of its turns; none of anything else.
pub(super) fn each_of(of: &Expression) -> Option<&Shared> {
    match &of.form {
        Form::Index(all, by) if matches!(by.form, Form::Nothing) => Some(all),
        _ => None,
    }
}

/// Whether it is one of what other commands write, of which a loop of the shell goes through each.
pub(super) fn is_listed(of: &Expression) -> bool {
    matches!(of.form, Form::Subshell(_) | Form::Pipe(_))
}

/// Whether two expressions are the same one of what a loop goes through: as they stand, or as they were looked up again.
pub(super) fn is_same_one(one: &Expression, other: &Expression) -> bool {
    one.line == other.line && one.depth == other.depth
}

/// Whether it is one of what a loop goes through.
pub(super) fn is_each(of: &Expression) -> bool {
    each_of(of).is_some()
}
