//! What stands before statements of SQL in the same text: which database it is, and answers.

use super::Words;
use super::lexer::What;
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};

impl Words<'_> {
    /// A look at the database or an answer that may stop what follows.
    ///
    /// `told` are variables that were told which database this is.
    pub(super) fn guard(&self, told: &mut Vec<String>) -> Option<Guard> {
        let has = |words: &[&str]| {
            self.all.iter().any(|it| {
                it.what == What::Word && words.iter().any(|word| it.text.eq_ignore_ascii_case(word))
            })
        };
        let make = |kind, defect| Some(Guard { kind, strength: Strength::Strong, line: 0, defect });
        let tells = has(&[
            "current_database",
            "DB_NAME",
            "DATABASE",
            "SERVERNAME",
            "inet_server_addr",
            "current_setting",
            "HOST_NAME",
            "SYS_CONTEXT",
        ]);
        if tells && told.len() < 100 {
            told.extend(self.filled());
        }
        let names_told = self.all.iter().any(|it| {
            it.what == What::Word && told.iter().any(|name| it.text.eq_ignore_ascii_case(name))
        });
        let tells = tells || names_told;
        if has(&["IF", "CASE", "ASSERT"]) && tells && !self.is(0, &["DROP", "CREATE", "USE"]) {
            let stops =
                self.raises() || has(&["THROW", "RETURN", "SIGNAL", "NOEXEC", "LEAVE", "QUIT"]);
            return make(GuardKind::TargetChecked, (!stops).then_some(Defect::StopsNothing));
        }
        // `IF confirm <> 'YES' THEN SIGNAL ...`, where whoever calls it says so.
        let confirms = (1..self.all.len()).any(|at| {
            self.is(at - 1, &["IF"])
                && self.word(at).trim_start_matches("P_").starts_with("CONFIRM")
        });
        if confirms && (self.raises() || has(&["SIGNAL", "THROW"])) {
            return make(GuardKind::OptIn, None);
        }
        if has(&["prompt"]) && self.all.iter().any(|it| it.text == "\\") {
            let stops = has(&["quit", "q", "if"]);
            return make(GuardKind::Confirmation, (!stops).then_some(Defect::AnswerIgnored));
        }
        None
    }

    /// Whether it raises an error, and not only a notice: `RAISE WARNING` and a `RAISERROR` below 11 stop nothing.
    fn raises(&self) -> bool {
        let is_low = |at: usize| self.is(at, &["NOTICE", "WARNING", "INFO", "LOG", "DEBUG"]);
        (0..self.all.len()).any(|at| match self.word(at).to_uppercase().as_str() {
            "RAISE" => !is_low(at + 1),
            "RAISE_APPLICATION_ERROR" => true,
            "RAISERROR" => {
                let numbers =
                    self.all.iter().skip(at).take(12).filter_map(|it| it.text.parse().ok());
                let first: Option<i64> = numbers.into_iter().next();
                first.is_none_or(|it| it > 10)
            }
            _ => false,
        })
    }

    /// The variables that a statement fills: `SELECT ... INTO name`, `name := ...`, `@name = ...`.
    fn filled(&self) -> Vec<String> {
        let sign = |at: usize, sign: &str| self.all.get(at).is_some_and(|it| it.text == sign);
        let into = (0..self.all.len()).filter(|at| self.is(*at, &["INTO"])).map(|at| at + 1);
        let set =
            (1..self.all.len()).filter(|at| sign(*at, ":") || sign(*at, "=")).map(|at| at - 1);
        into.chain(set).map(|at| self.word(at)).filter(|it| it.len() > 1).take(4).collect()
    }
}
