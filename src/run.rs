//! Arguments, streams, exit code: the wiring of a program.
