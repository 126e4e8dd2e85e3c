//! Rows about modules of Ansible.

use super::cloud::is_plumbing;
use super::command::Words;
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Cloud, Database, Files};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::place;
use crate::content::script::words::is_of_tests;

/// Whether a module of this name, without its collection, may take something away.
pub(in crate::content::script) fn takes_away(module: &str) -> bool {
    COMMANDS.iter().any(|it| it.programs.contains(&module))
}

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "ansible.database",
            "postgresql_db: {name: app, state: absent}, mysql_db: {name: app, state: absent}",
            "",
            Database,
            Critical,
            "vars_prompt, pause and fail",
        ),
        programs: &[
            "postgresql_db",
            "postgresql_schema",
            "postgresql_table",
            "mysql_db",
            "mssql_db",
            "influxdb_database",
        ],
        words: &["state=absent"],
        // The database that MySQL comes with is taken away by whoever installs it.
        when: |words| {
            let names = ["name", "db", "database"].iter().filter_map(|it| value(words, it));
            hit(!names.into_iter().any(is_of_tests))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ansible.cloud",
            "rds_instance: {state: absent}, s3_bucket: {state: absent}, cloudformation: {state: absent}",
            "",
            Cloud,
            Critical,
            "vars_prompt, pause and fail; deletion protection",
        ),
        programs: &[
            "rds_instance",
            "rds_cluster",
            "rds",
            "ec2_instance",
            "ec2",
            "ec2_vol",
            "s3_bucket",
            "dynamodb_table",
            "cloudformation",
            "azure_rm_resourcegroup",
            "azure_rm_virtualmachine",
            "azure_rm_sqldatabase",
            "azure_rm_storageaccount",
            "gcp_sql_instance",
            "gcp_compute_instance",
            "gcp_compute_disk",
            "gcp_storage_bucket",
            "os_server",
            "os_volume",
            "hcloud_server",
            "hcloud_volume",
            "digital_ocean_droplet",
            "digital_ocean_database",
            "proxmox",
            "proxmox_kvm",
            "vmware_guest",
            "efs",
            "route53_zone",
            "terraform",
        ],
        words: &["state=absent|state=terminated"],
        when: |_| Hit::Full,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ansible.kubernetes",
            "k8s: {kind: Namespace, name: shop, state: absent}",
            "of a namespace, or what holds data",
            Cloud,
            Critical,
            "vars_prompt, pause and fail",
        ),
        programs: &["k8s"],
        words: &["state=absent"],
        when: |words| {
            let kinds = ["namespace", "persistentvolumeclaim", "persistentvolume", "statefulset"];
            let kind = value(words, "kind").map(str::to_lowercase).unwrap_or_default();
            let passes = value(words, "name").is_some_and(is_plumbing);
            hit(kinds.contains(&kind.as_str()) && !passes)
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ansible.emptied",
            "django_manage: {command: flush}, postgresql_table: {truncate: true}, filesystem: {force: true}, docker_prune: {volumes: true}",
            "",
            Database,
            Critical,
            "vars_prompt, pause and fail",
        ),
        programs: &["django_manage", "postgresql_table", "filesystem", "docker_prune", "redis"],
        words: &[],
        when: |words| {
            let says = |name: &str, said: &str| {
                value(words, name).is_some_and(|it| it.to_lowercase().starts_with(said))
            };
            let is_on = |name: &str| says(name, "true") || says(name, "yes");
            hit(match words.program.as_str() {
                "django_manage" => says("command", "flush") || says("command", "reset_db"),
                "postgresql_table" => is_on("truncate"),
                "filesystem" => is_on("force"),
                "docker_prune" => is_on("volumes"),
                _ => says("command", "flush"),
            })
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ansible.file",
            "file: {path: /var/lib/mysql, state: absent}",
            "the path holds data, uploads, backups or a database",
            Files,
            High,
            "vars_prompt, pause and fail",
        ),
        programs: &["file"],
        words: &["state=absent"],
        when: file,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ansible.volume",
            "docker_volume: {state: absent}, docker_compose: {state: absent, remove_volumes: true}, zfs: {state: absent}",
            "of compose: its volumes as well; of lvol and lvg: by force",
            Files,
            High,
            "vars_prompt, pause and fail",
        ),
        programs: &["docker_volume", "docker_compose", "docker_compose_v2", "zfs", "lvol", "lvg"],
        words: &["state=absent"],
        when: |words| {
            let is_on = |name: &str| {
                value(words, name)
                    .is_some_and(|it| matches!(it.to_lowercase().as_str(), "true" | "yes"))
            };
            match words.program.as_str() {
                "docker_compose" | "docker_compose_v2" => hit(is_on("remove_volumes")),
                "lvol" | "lvg" => hit(is_on("force")),
                _ => Hit::Full,
            }
        },
        prompt_off: &[],
    },
];

/// What stands behind `name=`.
fn value<'a>(words: &'a Words, name: &str) -> Option<&'a str> {
    words.joined_to(&[name]).next()
}

fn file(words: &Words) -> Hit {
    let all = ["path=", "dest=", "name="];
    let paths = words.rest.iter().filter(|it| all.iter().any(|key| it.text.starts_with(key)));
    hit(paths.into_iter().any(|it| {
        let spelled = super::files::with_names_of(&it.value);
        // `/srv/mongodb{{ port }}`.
        let plain = Some(it.text.as_str()).filter(|it| !it.ends_with("/\u{1}"));
        let paths = spelled.split(' ').chain(plain).filter_map(|it| Some(it.split_once('=')?.1));
        // What one after the other is called in a directory is not known.
        paths.filter(|it| !it.ends_with("/?")).any(|it| {
            super::files::path_of_data(it)
                || super::files::file_of_database(it)
                || place::is_of_store(it)
        })
    }))
}
