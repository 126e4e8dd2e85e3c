//! The subcommands of `dataward`.
