//! Directories in which programs keep their state, and those that they make anew.

/// Directories below `/var/lib` that a system makes anew by itself.
const MADE_ANEW: &[&str] = &[
    "apt",
    "dpkg",
    "cloud",
    "dhcp",
    "dhclient",
    "systemd",
    "man-db",
    "yum",
    "dnf",
    "rpm",
    "pacman",
    "cache",
    "update-notifier",
    "command-not-found",
    "ucf",
    "locales",
    "snapd",
    "dbus",
    "polkit-1",
];

/// Directories in a home that tools make anew, or that hold what is installed.
const TOOLS: &[&str] = &[
    "cache",
    "npm",
    "cargo",
    "rustup",
    "gradle",
    "m2",
    "nvm",
    "rbenv",
    "pyenv",
    "rvm",
    "nodenv",
    "sdkman",
    "vim",
    "emacs.d",
    "zsh",
    "tmux",
    "fzf",
    "asdf",
    "local",
    "config",
    "pub-cache",
    "yarn",
    "bun",
    "deno",
    "pnpm-store",
    "node-gyp",
    "virtualenvs",
    "ivy2",
    "sbt",
    "cocoapods",
    "tmp",
    "trash",
    "cpan",
    "gem",
    "bundle",
    "composer",
    "nuget",
    "dotnet",
    "vscode",
    "vscode-server",
    "ccache",
    "zplug",
    "zinit",
    "antigen",
    "dotfiles",
    "terraform.d",
    "node_modules",
    "cmake",
    "conan",
    "conda",
    "phpbrew",
    "goenv",
    "tfenv",
    "plenv",
    "spacemacs.d",
];

/// Users of machines that are made for one run.
const OF_RUNNERS: &[&str] =
    &["runner", "circleci", "vsts", "gitpod", "node", "build", "builder", "user", "linuxbrew"];

/// Applications that keep what people write in them.
const APPLICATIONS: &[&str] = &[
    "owncloud",
    "nextcloud",
    "gitlab",
    "gitea",
    "wordpress",
    "mattermost",
    "seafile",
    "immich",
    "paperless",
    "vaultwarden",
    "bitwarden",
    "mailcow",
    "mailcow-dockerized",
    "zammad",
    "redmine",
    "moodle",
    "odoo",
    "nexus",
    "minecraft",
];

/// Stores that keep all that they hold below one directory.
const STORES: &[&str] = &[
    "etcd",
    "grafana",
    "prometheus",
    "influxdb",
    "rancher",
    "cassandra",
    "ldap",
    "gitea",
    "redis",
    "jenkins",
    "loki",
    "kafka",
    "zookeeper",
    "rabbitmq",
];

/// Whether a directory is one in which a program keeps its state: all of `/var/lib/NAME`, a ledger of a node, `~/.NAME`.
pub(in crate::content::script) fn is_state(path: &str) -> bool {
    let path = path.trim_end_matches(['*', '/']).to_lowercase();
    if path.contains('?') {
        return false;
    }
    // What is built from its source keeps its state below `/usr/local`.
    let own = path.strip_prefix("/usr/local").filter(|it| it.starts_with("/var/lib/"));
    let path = own.unwrap_or(&path);
    let words: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let has = |all: &[&str], it: &str| all.contains(&it.trim_start_matches('.'));
    match words.as_slice() {
        ["var", "lib", name] if path.starts_with('/') => {
            !has(MADE_ANEW, name) && !name.split(['-', '_', '.']).any(|it| it == "test")
        }
        ["~" | "home" | "$home", name] if !path.starts_with('/') => {
            name.len() > 1 && name.starts_with('.') && !has(TOOLS, name) && *name != ".git"
        }
        // The home of a user that is named, and what an application keeps at the root.
        ["home", name] if path.starts_with('/') => !OF_RUNNERS.contains(name),
        [name] | ["opt" | "srv", name] if path.starts_with('/') && APPLICATIONS.contains(name) => {
            true
        }
        // What is below the state of a store: `/var/lib/etcd/member`.
        ["var", "lib", _, _] => is_of_store(path),
        [.., last] => matches!(
            *last,
            "chainstate"
                | "chaindata"
                | "chain-data"
                | "chains"
                | "ledger"
                | "keystore"
                | "blockchain"
        ),
        [] => false,
    }
}

/// What stores keep beside their data: how they are set up, and what they are made of.
const BESIDE_DATA: &[&str] = &[
    "plugins",
    "plugin",
    "secrets",
    "certs",
    "ssl",
    "tls",
    "conf",
    "config",
    "bin",
    "lib",
    "libs",
    "updates",
    "war",
    "cache",
    "caches",
    "logs",
    "log",
    "tmp",
    "fingerprints",
    "schema",
];

/// Whether a directory is that of a store below `/var/lib`, or one of its data right below it: `/var/lib/prometheus`,
/// `/var/lib/etcd/member`, and not `/var/lib/grafana/plugins`.
pub(in crate::content::script) fn is_of_store(path: &str) -> bool {
    let mut below =
        path.strip_prefix("/var/lib/").unwrap_or_default().trim_end_matches('/').split('/');
    let is_data = |it: &str| {
        !it.starts_with('.')
            && !it.ends_with(".d")
            && !BESIDE_DATA.contains(&it.to_lowercase().as_str())
    };
    below.next().is_some_and(|it| STORES.contains(&it))
        && below.next().is_none_or(is_data)
        && below.next().is_none()
}
