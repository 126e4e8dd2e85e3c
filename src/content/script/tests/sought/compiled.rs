//! Shapes of Go, Java and PowerShell; the scripts here are invented.

mod go;
mod java;
mod named;
mod powershell;
