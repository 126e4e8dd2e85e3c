//! Whether a file can be run by its name, as far as git or a disk says.

/// What git keeps of the permissions of a file. What can be run is the greatest: a file that one commit of several lets be run is
/// taken for one that can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// It is not known, as of a blob without a path, or on a system that has no such permission.
    Unknown,
    /// It cannot be run by its name.
    Regular,
    /// A symbolic link.
    Link,
    /// It can be run by its name.
    Executable,
}

impl Mode {
    /// The mode that git writes in octal digits.
    pub fn of_octal(digits: &[u8]) -> Mode {
        match digits {
            b"100755" => Mode::Executable,
            b"120000" => Mode::Link,
            // An old git wrote 100664 as well.
            it if it.starts_with(b"100") => Mode::Regular,
            _ => Mode::Unknown,
        }
    }
}
