//! Who used an account of ssh that several people share: the key or certificate that sshd writes down where its `ExposeAuthInfo` is on
//! (sshd_config(5)).

use std::io::Read;

use data_encoding::{BASE64, BASE64_NOPAD};
use sha2::{Digest, Sha256};

use super::host::cleaned;

/// The variable that names the file.
const VARIABLE: &str = "SSH_USER_AUTH";

/// Bytes of the file: a line for each method, with a key or certificate.
const LONGEST: u64 = 64 << 10;

/// The words for the key of this connection; none where sshd does not tell.
pub(super) fn presented() -> Option<String> {
    let path = std::env::var_os(VARIABLE)?;
    // A pipe might never be written to.
    if !std::fs::metadata(&path).is_ok_and(|it| it.is_file()) {
        return None;
    }
    let mut text = String::new();
    std::fs::File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    text.lines().find_map(named)
}

/// The name of what a line holds: the fingerprint of a key as `ssh-keygen -l` prints it, the id of a certificate.
fn named(line: &str) -> Option<String> {
    let mut words = line.split_ascii_whitespace();
    if words.next() != Some("publickey") {
        return None;
    }
    let kind = words.next()?;
    let blob = BASE64.decode(words.next()?.as_bytes()).ok()?;
    match kind.strip_suffix("-cert-v01@openssh.com") {
        Some(kind) => certificate(kind, &blob),
        None => Some(format!("SHA256:{}", BASE64_NOPAD.encode(&Sha256::digest(&blob)))),
    }
}

/// The id that who signed a certificate gave it (PROTOCOL.certkeys of OpenSSH).
fn certificate(kind: &str, blob: &[u8]) -> Option<String> {
    let of_key = match kind {
        "ssh-ed25519" => 1,
        "sk-ssh-ed25519" | "ssh-rsa" => 2,
        "ssh-dss" => 4,
        _ if kind.starts_with("sk-ecdsa-") => 3,
        _ if kind.starts_with("ecdsa-") => 2,
        _ => return None,
    };
    let mut rest = blob;
    // Its kind and a nonce, then the key.
    for _ in 0..2 + of_key {
        string(&mut rest)?;
    }
    let (serial, after) = rest.split_first_chunk()?;
    (_, rest) = after.split_first_chunk::<4>()?;
    let id = cleaned(&String::from_utf8_lossy(string(&mut rest)?));
    Some(format!("certificate {id}, serial {}", u64::from_be_bytes(*serial)))
}

/// Takes a string: its length in four bytes, then that many (RFC 4251, 5).
fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (string, after) = after.split_at_checked(length)?;
    *rest = after;
    Some(string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_or_of_another_method_names_nobody() {
        for line in [
            "",
            "password",
            "publickey",
            "publickey ssh-ed25519",
            "publickey ssh-ed25519 !",
            "publickey ssh-ed25519-cert-v01@openssh.com AAAA",
            "publickey ssh-ed25519-cert-v01@openssh.com /////wAAAAA=",
            "publickey other-cert-v01@openssh.com AAAA",
        ] {
            assert_eq!(named(line), None, "{line}");
        }
    }
}
