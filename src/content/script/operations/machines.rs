//! Rows about machines and disks: what is on them goes with them.

use super::command::{Line, Word, told};
use super::files::path_of_data;
use super::{CommandRow, hit, kind};
use crate::content::script::model::Scope::{Database, Files};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.machines.more",
            "VBoxManage unregistervm NAME --delete, multipass delete --purge NAME, pct destroy ID, govc vm.destroy NAME",
            "its disks go as well",
            Files,
            High,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, MACHINES)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.disks",
            "parted -s /dev/sdX mklabel gpt, mdadm --zero-superblock /dev/sdX, nvme format /dev/nvme0n1",
            "what it is about is a disk",
            Files,
            Critical,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, DISKS) && it.rest.iter().any(Word::is_device)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.partitions",
            "echo 'type=83' | sfdisk /dev/sdX, printf 'o\\nw\\n' | fdisk /dev/sdX",
            "what it is to do is read from another command",
            Files,
            Critical,
            "",
        ),
        programs: &["fdisk", "sfdisk", "gdisk", "cfdisk"],
        words: &[],
        when: |it| {
            let is_told = !it.said.is_empty() || it.any(&["--wipe", "--delete"]);
            hit(is_told && it.plain().any(Word::is_device))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.luks",
            "cryptsetup -q luksFormat /dev/sdX, cryptsetup -q luksErase /dev/sdX",
            "-q",
            Files,
            Critical,
            "the prompt without -q",
        ),
        programs: &["cryptsetup"],
        words: &["luksFormat|erase|luksErase"],
        when: |it| hit(it.plain().skip(1).any(|it| it.is_device() || it.has_holes())),
        prompt_off: &["-q", "--batch-mode"],
    },
    CommandRow {
        kind: kind(
            "sh.diskpart",
            "diskpart /s wipe.txt, a text with `clean` that diskpart reads",
            "`clean` or `format` is said",
            Files,
            Critical,
            "",
        ),
        programs: &["diskpart"],
        words: &[],
        when: |it| hit(it.reads_word(&["clean", "format"])),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.btrfs", "btrfs subvolume delete PATH", "it is no snapshot", Files, High, ""),
        programs: &["btrfs"],
        words: &["subvolume|sub", "delete"],
        when: |it| {
            let is_kept =
                |text: &str| !text.contains('\u{1}') && !text.to_lowercase().contains("snap");
            hit(it.plain().skip(2).any(|it| it.text.starts_with('/') && is_kept(&it.text)))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.volumes",
            "ceph osd pool delete POOL POOL --yes-i-really-really-mean-it, zfs rollback -r SNAPSHOT, gluster --mode=script volume delete NAME",
            "told to do it without a question",
            Files,
            Critical,
            "mon_allow_pool_delete=false; the prompt of gluster",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, VOLUMES)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.cluster", "pg_dropcluster VERSION NAME", "", Database, Critical, ""),
        programs: &["pg_dropcluster"],
        words: &[],
        when: |it| hit(!it.rest.is_empty()),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.shred", "shred -u PATH", "the path holds data", Files, High, ""),
        programs: &["shred", "srm"],
        words: &[],
        when: |it| hit(it.plain().any(|it| path_of_data(&it.text))),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.users",
            "awk ... /etc/passwd | while read user; do userdel -r $user; done",
            "each of those that are listed, with their homes",
            Files,
            High,
            "",
        ),
        programs: &["userdel", "deluser"],
        words: &[],
        when: |it| {
            let with_home = it.any(&["-r", "--remove", "--remove-home", "--remove-all-files"]);
            let of_all = |it: &Word| {
                let all = super::piped::commands(&it.value);
                let of_passwd = |it: &Vec<String>| {
                    it.iter().any(|it| it.contains("/etc/passwd") || it == "passwd")
                };
                all.iter().any(of_passwd)
            };
            hit(with_home && it.plain().any(of_all))
        },
        prompt_off: &[],
    },
];

const MACHINES: &[Line] = &[
    ("VBoxManage", "unregistervm", "--delete -delete --delete-all"),
    ("pct", "destroy", ""),
    ("lxc-destroy", "", "-f --force -n"),
    ("multipass", "delete", "--purge -p"),
    ("docker-machine", "rm", "-f -y --force"),
    ("govc", "vm.destroy", ""),
    ("xe", "vm-uninstall", "force"),
    ("xe", "vdi-destroy", ""),
    ("xe", "sr-destroy", ""),
    ("prlctl", "delete", ""),
    ("vmrun", "deleteVM", ""),
    ("vim-cmd", "vmsvc/destroy", ""),
    ("machinectl", "remove", ""),
    ("utmctl", "delete", ""),
    ("talosctl", "reset", ""),
    ("kubeadm", "reset", "-f --force"),
];

const DISKS: &[Line] = &[
    ("parted", "mklabel", "-s --script"),
    ("parted", "mktable", "-s --script"),
    ("mdadm", "", "--zero-superblock"),
    ("nvme", "format", ""),
    ("nvme", "sanitize", ""),
    ("hdparm", "", "--security-erase --security-erase-enhanced"),
    ("badblocks", "", "-w"),
    ("sgdisk", "", "-o --clear"),
    ("drbdadm", "wipe-md", ""),
];

const VOLUMES: &[Line] = &[
    ("ceph", "osd pool", "--yes-i-really-really-mean-it"),
    ("ceph", "osd purge|destroy", "--yes-i-really-mean-it"),
    ("ceph", "fs rm", "--yes-i-really-mean-it"),
    ("rbd", "rm|remove", ""),
    ("rbd", "snap purge", ""),
    ("rados", "purge", "--yes-i-really-really-mean-it"),
    ("gluster", "volume delete", "--mode"),
    ("zfs", "rollback", "-r -R"),
    ("drbdadm", "wipe-md", ""),
    ("diskutil", "eraseDisk|eraseVolume|secureErase|zeroDisk|randomDisk", ""),
    ("diskutil", "apfs deleteContainer|deleteVolume", ""),
    ("nomad", "volume delete|deregister", ""),
    ("stratis", "pool destroy", ""),
    ("stratis", "filesystem destroy", ""),
];
