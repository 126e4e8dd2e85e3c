//! A URL of git taken apart as git does it; passwords are left out at once.

use std::fmt::Write;

/// How a form of a URL came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It was typed, or is in git's configuration.
    Configured,
    /// git made it of that one, by `insteadOf` or `pushInsteadOf`.
    Effective,
    /// git handed it to the hook.
    Given,
    /// ssh made it of that one by its own configuration, or it is a path without links and `..`.
    Resolved,
}

impl Form {
    /// The word for it before "URL".
    pub fn word(self) -> &'static str {
        match self {
            Form::Configured => "configured",
            Form::Effective => "effective",
            Form::Given => "given",
            Form::Resolved => "resolved",
        }
    }
}

/// A URL of git: `scheme://[user@]host[:port]/path`, `[user@]host:path`, or a path on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    /// How it came to be.
    pub form: Form,
    /// As it is written, but for a password, a user who may be a token, and what follows a `?`.
    pub text: String,
    /// In lower case; `ssh` for `host:path`, `file` for a path.
    pub scheme: String,
    /// The user; none where none is named or the name may be a token.
    pub user: Option<String>,
    /// In lower case, without brackets; none for a path on this machine.
    pub host: Option<String>,
    /// The port, where one is named.
    pub port: Option<u16>,
    /// Without `%`-codes, empty parts, `.` and `..`; a path on a host has no `/` at its start.
    pub path: String,
    /// git or ssh makes another URL of it, so that nothing is sent to this one.
    pub is_alias: bool,
}

/// Characters from which the user of an HTTP URL is taken for a token.
const TOKEN_LENGTH: usize = 24;

impl Url {
    /// Takes a URL apart. Whatever is no URL is a path, as git has it.
    pub fn parse(written: &str, form: Form) -> Url {
        if let Some((scheme, rest)) = with_scheme(written) {
            return of_scheme(&scheme, rest, form);
        }
        // `helper::address` is handed to git-remote-helper; most take a URL.
        if let Some((helper, address)) = written.split_once("::")
            && !helper.is_empty()
            && helper.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        {
            let inner = Url::parse_inner(address, form);
            return Url { text: format!("{helper}::{}", inner.text), ..inner };
        }
        Url::parse_inner(written, form)
    }

    fn parse_inner(written: &str, form: Form) -> Url {
        if let Some((scheme, rest)) = with_scheme(written) {
            return of_scheme(&scheme, rest, form);
        }
        match scp(written) {
            Some((host, path)) => of_scp(host, path, form),
            None => Url {
                form,
                text: written.to_owned(),
                scheme: "file".to_owned(),
                user: None,
                host: None,
                port: None,
                path: normal(written),
                is_alias: false,
            },
        }
    }

    /// Whether git reaches it by ssh.
    pub fn is_ssh(&self) -> bool {
        matches!(self.scheme.as_str(), "ssh" | "git+ssh" | "ssh+git") && self.host.is_some()
    }

    /// The same place under the user and the host that ssh names.
    pub fn resolved(&self, user: Option<&str>, host: &str) -> Url {
        let host = plain_host(host);
        let user = user.map(ToOwned::to_owned).or_else(|| self.user.clone());
        let mut text = user.as_ref().map_or_else(String::new, |it| format!("{it}@"));
        // A name with colons needs brackets before another one.
        let shown = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        let _ = write!(text, "{shown}:{}", self.path);
        Url { form: Form::Resolved, text, user, host: Some(host), is_alias: false, ..self.clone() }
    }

    /// All ways to write it that a glob of the policy may have in mind.
    pub fn spellings(&self) -> Vec<String> {
        let mut all = vec![self.text.clone()];
        let Some(host) = &self.host else {
            all.push(self.path.clone());
            return with_and_without_git(all);
        };
        let place = format!("{host}/{}", self.path);
        if let Some(user) = &self.user {
            all.push(format!("{user}@{place}"));
        }
        all.push(format!("{}://{place}", self.scheme));
        if let Some(port) = self.port {
            let with_port = format!("{host}:{port}/{}", self.path);
            all.push(format!("{}://{with_port}", self.scheme));
            all.push(with_port);
        }
        all.push(place);
        with_and_without_git(all)
    }
}

/// A repository answers under both names.
fn with_and_without_git(mut all: Vec<String>) -> Vec<String> {
    for at in 0..all.len() {
        let bare = all[at].trim_end_matches('/');
        let other = match bare.strip_suffix(".git") {
            Some(short) => short.to_owned(),
            None => format!("{bare}.git"),
        };
        let bare = bare.to_owned();
        all.extend([other, bare]);
    }
    all.sort();
    all.dedup();
    all
}

/// The scheme in lower case, and what follows `://`.
fn with_scheme(written: &str) -> Option<(String, &str)> {
    let (scheme, rest) = written.split_once("://")?;
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn of_scheme(scheme: &str, rest: &str, form: Form) -> Url {
    let is_web = matches!(scheme, "http" | "https" | "ftp" | "ftps");
    // A query may hold a token, and no repository is told by it.
    let rest = if is_web { rest.split(['?', '#']).next().unwrap_or(rest) } else { rest };
    let cut = rest.find(['/', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(cut);
    if scheme == "file" {
        return Url {
            form,
            text: format!("{scheme}://{rest}"),
            scheme: scheme.to_owned(),
            user: None,
            host: None,
            port: None,
            path: normal(&decoded(path)),
            is_alias: false,
        };
    }
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, authority),
    };
    let has_password = user.is_some_and(|it| it.contains(':'));
    let user = user.map(|it| it.split(':').next().unwrap_or_default());
    let is_told = |it: &&str| !is_web || !may_be_token(it, has_password);
    let user = user.filter(|it| !it.is_empty()).filter(is_told);
    let (host, port) = host_and_port(place);
    let shown = user.map_or_else(String::new, |it| format!("{it}@"));
    Url {
        form,
        text: format!("{scheme}://{shown}{place}{path}"),
        scheme: scheme.to_owned(),
        user: user.map(decoded),
        host: Some(plain_host(&decoded(host))),
        port,
        path: normal(&decoded(path)).trim_start_matches('/').to_owned(),
        is_alias: false,
    }
}

/// The host and the path of `[user@]host:path`; none where git takes it for a path.
fn scp(written: &str) -> Option<(&str, &str)> {
    let drive = written.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && written[1..].starts_with(':');
    if cfg!(windows) && drive {
        return None;
    }
    // The colons within brackets are the host's.
    let from = match (written.find('['), written.find(']')) {
        (Some(open), Some(close)) if open < close && !written[..open].contains([':', '/']) => close,
        _ => 0,
    };
    let colon = from + written[from..].find(':')?;
    let slash = written[from..].find('/').map(|it| from + it);
    if slash.is_some_and(|slash| slash < colon) || colon == 0 {
        return None;
    }
    Some((&written[..colon], &written[colon + 1..]))
}

fn of_scp(authority: &str, path: &str, form: Form) -> Url {
    // Brackets around all of it hold a port: `[user@host:22]:path`.
    let whole = authority.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let (user, place) = match whole.unwrap_or(authority).rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, whole.filter(|it| it.matches(':').count() == 1).unwrap_or(authority)),
    };
    let (host, port) = host_and_port(place);
    // `user:password@host:path` is no URL of git, and is written by mistake.
    let first = path.split('/').next().unwrap_or_default();
    let shown_path = match first.rfind('@') {
        Some(at) => format!("...{}", &path[at..]),
        None => path.to_owned(),
    };
    let shown_user = user
        .map_or_else(String::new, |it| format!("{}@", it.split(':').next().unwrap_or_default()));
    let text = match whole {
        Some(_) => format!("[{shown_user}{place}]:{shown_path}"),
        None => format!("{shown_user}{place}:{shown_path}"),
    };
    Url {
        form,
        text,
        scheme: "ssh".to_owned(),
        user: user.and_then(|it| it.split(':').next()).filter(|it| !it.is_empty()).map(Into::into),
        host: Some(plain_host(host)),
        port,
        path: normal(&shown_path).trim_start_matches('/').to_owned(),
        is_alias: false,
    }
}

fn host_and_port(place: &str) -> (&str, Option<u16>) {
    if let Some((host, rest)) = place.strip_prefix('[').and_then(|it| it.split_once(']')) {
        return (host, rest.strip_prefix(':').and_then(|it| it.parse().ok()));
    }
    match place.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => {
            (host, port.parse().ok())
        }
        _ => (place, None),
    }
}

/// A host as a resolver takes it: lower case, without the dot at its end, other dots and wide letters as plain ones.
fn plain_host(host: &str) -> String {
    let host: String = host.chars().map(plain).collect();
    let host = host.to_lowercase();
    host.strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .unwrap_or(&host)
        .trim_end_matches('.')
        .to_owned()
}

fn plain(it: char) -> char {
    match it {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        _ => it,
    }
}

/// Whether the user of an HTTP URL may be a secret: hosting services take a token in its place.
fn may_be_token(user: &str, has_password: bool) -> bool {
    const PREFIXES: &[&str] = &["ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-"];
    let is_address = user.contains("%40");
    PREFIXES.iter().any(|it| user.starts_with(it))
        || (!has_password && !is_address && user.len() >= TOKEN_LENGTH && !user.starts_with('$'))
        || (has_password && user.len() >= 2 * TOKEN_LENGTH)
}

/// A path without empty parts, `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let is_absolute = path.starts_with('/');
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            ".." if is_absolute => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if is_absolute { format!("/{joined}") } else { joined }
}

/// Text with its `%`-codes read, as far as they make text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let code = after.get(..2).and_then(|it| str::from_utf8(it).ok());
        let code = code.filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
