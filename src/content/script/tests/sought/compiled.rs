//! Shapes of Go, Java and PowerShell; the scripts here are invented.

mod go;
mod named;
mod powershell;
