//! What stops, and how far that reaches: a block, what SQL Server runs at once, or all that follows.

use super::{Arm, LONGEST_ARM, Reader};
use crate::content::script::operations::sql::lexer::What;

impl Reader<'_> {
    /// How far what stops in these tokens reaches: none where nothing does.
    pub(super) fn stops(&self, arm: Arm) -> Option<usize> {
        let arm = arm.start..arm.end.min(arm.start + LONGEST_ARM);
        arm.filter_map(|n| {
            Some(match self.word(n).as_str() {
                "NOEXEC" if self.is(n + 1, &["ON"]) => self.end,
                "QUIT" => self.end,
                "Q" if n > 0 && self.sign(n - 1, "\\") => self.end,
                "SIGNAL" => self.end,
                "RAISE" if !self.is(n + 1, &["NOTICE", "WARNING", "INFO", "LOG", "DEBUG"]) => {
                    self.handled(n).unwrap_or_else(|| self.end_of_error(n))
                }
                "RAISE_APPLICATION_ERROR"
                    if !self.is_asked_by_oracle || self.is_stopped_by_errors =>
                {
                    self.handled(n).unwrap_or_else(|| self.end_of_error(n))
                }
                "THROW" => self.end_of_batch(n),
                "RAISERROR" => match self.severity(n) {
                    // It ends the connection.
                    20.. => self.end,
                    // Only a `RETURN` behind it ends what is run at once.
                    11.. if self.is_stopped_by_errors => self.end,
                    _ => return None,
                },
                "RETURN" | "LEAVE" => self.end_of_block(n).unwrap_or(self.end_of_batch(n)),
                _ => return None,
            })
        })
        .max()
    }

    /// How bad an error of SQL Server is, from 0 to 25: `RAISERROR('no', 16, 1)`.
    fn severity(&self, n: usize) -> u32 {
        let words = self.tokens.iter().skip(n).take(12);
        let mut numbers = words.filter_map(|it| it.text.parse().ok());
        numbers.next().unwrap_or(16)
    }

    /// The end of the `DO $$ ... $$` that a token stands in.
    pub(super) fn end_of_block(&self, n: usize) -> Option<usize> {
        let at = self.place(n);
        self.blocks.iter().find(|it| (it.0..it.1).contains(&at)).map(|it| it.1)
    }

    /// The end of what SQL Server runs at once, or of what its `CATCH` takes errors from; errors may end the client.
    fn end_of_batch(&self, n: usize) -> usize {
        if self.is_stopped_by_errors {
            return self.end;
        }
        let is_end = |at: usize| {
            let it = &self.tokens[at];
            let is_go = it.what == What::End && it.text.eq_ignore_ascii_case("go");
            is_go || self.is(at, &["END"]) && self.is(at + 1, &["TRY"])
        };
        (n..self.tokens.len()).find(|at| is_end(*at)).map_or(self.end, |at| self.place(at))
    }

    /// Where the block ends that goes on behind any error in it: `EXCEPTION WHEN OTHERS THEN NULL`.
    fn handled(&self, n: usize) -> Option<usize> {
        let end = self.end_of_block(n).unwrap_or(self.end);
        let within = |at: &usize| self.place(*at) < end;
        let mut rest = (n..self.tokens.len()).take(LONGEST_ARM).take_while(within);
        let at = rest.find(|at| {
            self.is(*at, &["EXCEPTION"])
                && self.is(at + 1, &["WHEN"])
                && self.is(at + 2, &["OTHERS", "RAISE_EXCEPTION", "SQLSTATE"])
        })?;
        Some(self.place(at))
    }
}
