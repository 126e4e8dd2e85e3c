//! `dataward audit`: what it prints, and its exit code.
