//! What dumps are found and read, and what is let through. All people here are invented.

use super::*;
