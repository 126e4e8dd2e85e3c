//! One pass over a text for the words without which nothing in it can destroy data: most files are not parsed at all.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// Words of which every operation of the table has one; a test holds it.
const WORDS: &[&str] = &[
    "drop",
    "or replace",
    "create_table!",
    "fixtures:load",
    "site-install",
    "site:install",
    "drush si",
    "revert",
    "undeploy",
    "-uninstall.sh",
    ":load",
    "delete",
    "truncate",
    "flushall",
    "flushdb",
    "rmtree",
    "rm_",
    "rm ",
    "rm\t",
    "rm\n",
    "rm<",
    "rm,",
    "\"rm\"",
    "'rm'",
    " rm\"",
    " rm'",
    " rm]",
    "remove",
    "unlink",
    "destroy",
    "wipe",
    "purge",
    "prune",
    "reset",
    "flush",
    "migrate",
    "mkfs",
    "blkdiscard",
    "sgdisk",
    "of=",
    "restore",
    "down",
    "clean",
    "terminate",
    "schedule-key-deletion",
    "rsync",
    "rollback",
    "force",
    "git add",
    "git stage",
    "kubectl cp",
    "oc cp",
    "sftp",
    "webapp deploy",
    "git push",
    "\"push\"",
    "'push'",
    "filter-branch",
    "filter-repo",
    "reflog",
    "mirror",
    "rimraf",
    "emptydir",
    "schema:load",
    "structure:load",
    "replant",
    "db:setup",
    "forget",
    "rb ",
    "empty",
    "recreate",
    "update ",
    "update\t",
    "update\n",
    "update\r",
    "execute",
    "-auto-approve",
    "clear",
    "kill",
    "deprovision",
    "scp ",
    "removeall",
    "deleteall",
    "zero",
    "dropall",
    ".del(",
    "->del(",
    "::del(",
    "synchronize",
    ".rm(",
    "rmsync",
    "rmdir",
    "rd /s",
    "fresh(",
    "runsyncdb",
    "rd /q",
    "del /",
    "accept-data-loss",
    "nuke",
    // What names say in Portuguese, Spanish, French and German.
    "zera",
    "reiniciar",
    "reinitialiser",
    "limpar",
    "limpia",
    "vider",
    "nettoyer",
    "leeren",
    "borrar",
    "apagar",
    "vaciar",
    "esvaziar",
    "eliminar",
    "excluir",
    "truncar",
    "supprimer",
    "effacer",
    "loeschen",
    "uninstall",
    "shred",
    "undefine",
    " del",
    "absent",
    "postsuper",
    "o_wronly",
    "o_rdwr",
    "branch -d",
    "deregister",
    "schemaexport",
    "final_snapshot",
    "deletion_protection",
    ".drain(",
    "discard",
    "obliterate",
    "keydeletion",
    "key_deletion",
    "set(ref(",
    "refreshdatabase",
    "undo:all",
    "redbean",
    "r::nuke",
    "trashall",
    ".set(null",
    ".set(none",
    ".set({})",
    "finalize",
    "luks",
    "mklabel",
    "mktable",
    "sfdisk",
    "fdisk",
    "cp /dev/null",
    " :ma",
    "--replace-all",
    "erase",
    "diskpart",
    "badblocks",
    "dropcluster",
    "backup",
    "dump",
    "overwrite",
    "sanitize",
    "nvme format",
    "b2 rm",
    "s5cmd rm",
    "drop_all",
    "close-account",
    "tarsnap",
    "bfg",
    "update-ref",
    "userdel",
    "secrets disable",
    "dd if=",
    "retention.ms=",
    "release-address",
    "standby clone",
    "to_sql(",
    // What a redirect leaves nothing in.
    ".db\n",
    ".sqlite\n",
    ".sqlite3\n",
    ".db\"\n",
    ".sqlite\"\n",
    ".sqlite3\"\n",
];

/// Whether one of the words stands in a text, in whatever case.
pub(super) fn may_destroy(text: &[u8]) -> bool {
    static SIEVE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let sieve =
        SIEVE.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).ok());
    sieve.as_ref().is_none_or(|it| it.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::may_destroy;

    #[test]
    fn every_operation_of_the_table_has_one_of_the_words() {
        let all = crate::content::script::kinds();
        let left = all.filter(|it| !may_destroy(it.shape.as_bytes()));
        assert_eq!(left.map(|it| it.shape).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn every_verb_that_names_are_told_by_is_one_too() {
        let all = crate::content::script::operations::every_verb();
        let left = all.filter(|it| !may_destroy(it.as_bytes()));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn other_spellings_have_one_too() {
        for text in
            ["git push -f", "git push origin +main", "UPDATE\nusers SET a = 1", "xargs rm<list"]
        {
            assert!(may_destroy(text.as_bytes()), "{text}");
        }
        assert!(!may_destroy(b"print('hello')"));
    }
}
