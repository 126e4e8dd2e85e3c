//! Tools of machines, clouds, queues, stores and copies, one line of the shell each.

use super::{guarded, open};
use crate::content::script::GuardKind;

/// What is found in a script of the shell with these lines.
fn finds(text: &str) -> Vec<&'static str> {
    open("scripts/wipe.sh", &format!("{text}\n")).into_iter().map(|(_, id)| id).collect()
}

#[test]
fn a_tool_that_asks_guards_what_follows_its_success() {
    let then = "aws s3 rm s3://shop-state --recursive";
    for text in [
        format!("pulumi destroy && {then}\n"),
        format!("pulumi destroy || exit 1\n{then}\n"),
        format!("if ! terraform destroy; then exit 1; fi\n{then}\n"),
        format!("terraform destroy\nif [ $? -ne 0 ]; then exit 1; fi\n{then}\n"),
    ] {
        assert_eq!(open("a.sh", &text), [], "{text}");
    }
    for text in [
        format!("pulumi destroy; {then}\n"),
        format!("pulumi destroy || {then}\n"),
        format!("pulumi destroy || true\n{then}\n"),
        format!("pulumi preview && {then}\n"),
        format!("pulumi destroy --yes && {then}\n"),
    ] {
        assert!(!open("a.sh", &text).is_empty(), "{text}");
    }
}

#[test]
fn finds_of_machines_and_disks() {
    for (line, id) in [
        ("parted -s /dev/sdc mklabel gpt", "sh.disks"),
        ("talosctl reset --nodes 10.0.0.7 --reboot", "sh.machines.more"),
        ("rm -f backups/*.dump", "sh.rm"),
        ("rake db:migrate VERSION=0", "sh.rails.zero"),
        ("find data -name backup -exec sh -c 'rm -f \"{}\"/*.sql.gz*' \\;", "sh.rm"),
        ("find /srv/backups -name '*.sql.gz' -delete", "sh.find_delete"),
        ("dd if=/dev/zero of=\"$1\" bs=4M", "sh.dd_mkfs"),
        ("php8.3 artisan migrate:fresh --force", "sh.laravel"),
        ("$SITE_PHP artisan migrate:fresh --force", "sh.laravel"),
        (
            "rake app:reset RAILS_ENV=production DISABLE_DATABASE_ENVIRONMENT_CHECK=1",
            "sh.rails.unchecked",
        ),
        ("dev do:da:dr --force", "sh.doctrine"),
        ("bin/console d:s:d --force", "sh.doctrine"),
        ("mdadm --zero-superblock /dev/sdc", "sh.disks"),
        ("nvme format /dev/nvme1n1", "sh.disks"),
        ("hdparm --security-erase p /dev/sdc", "sh.disks"),
        ("badblocks -wsv /dev/sdc", "sh.disks"),
        ("echo 'type=83' | sfdisk /dev/sdc", "sh.partitions"),
        ("printf 'o\\nw\\n' | fdisk /dev/sdc", "sh.partitions"),
        ("cryptsetup -q luksFormat /dev/sdc1", "sh.luks"),
        ("diskutil eraseDisk APFS Photos disk4", "sh.volumes"),
        ("btrfs subvolume delete /mnt/pool/@photos", "sh.btrfs"),
        ("zfs rollback -r pool/photos@monday", "sh.volumes"),
        ("ceph osd pool delete photos photos --yes-i-really-really-mean-it", "sh.volumes"),
        ("rbd rm pool/photos", "sh.volumes"),
        ("gluster --mode=script volume delete photos", "sh.volumes"),
        ("VBoxManage unregistervm lab --delete", "sh.machines.more"),
        ("multipass delete --purge lab", "sh.machines.more"),
        ("pct destroy 107", "sh.machines.more"),
        ("govc vm.destroy lab", "sh.machines.more"),
        ("pg_dropcluster --stop 15 main", "sh.cluster"),
        ("dd if=/dev/zero of=$DISK bs=1M", "sh.dd_mkfs"),
        ("wipefs -a \"$TARGET_DISK\"", "sh.dd_mkfs"),
        ("cut -d: -f1 /etc/passwd | while read -r one; do userdel -r \"$one\"; done", "sh.users"),
    ] {
        assert_eq!(finds(line), [id], "{line}");
    }
}

#[test]
fn finds_of_clouds() {
    for (line, id) in [
        ("linode-cli databases mysql-delete 7", "sh.provider"),
        ("cbt deletetable photos", "sh.provider"),
        ("az keyvault purge --name photos", "sh.provider"),
        ("aliyun rds DeleteDBInstance --DBInstanceId rm-7", "sh.provider"),
        ("ibmcloud resource service-instance-delete photos -f", "sh.provider.asked"),
        ("cf delete-service photos -f", "sh.provider.asked"),
        ("argocd app delete photos --cascade -y", "sh.provider.asked"),
        ("netlify sites:delete photos --force", "sh.provider.asked"),
        ("export CLOUDSDK_CORE_DISABLE_PROMPTS=1\ngcloud compute disks delete photos", "sh.gcloud"),
        ("gcloud config set disable_prompts true\ngcloud sql instances delete p", "sh.gcloud"),
        ("aws kinesis delete-stream --stream-name photos", "sh.aws.more"),
        ("aws glue delete-database --name photos", "sh.aws.more"),
        ("swift delete photos", "sh.bucket"),
        ("b2 rm --recursive b2://photos", "sh.bucket"),
        ("s5cmd rm 's3://photos/*'", "sh.bucket"),
        ("gsutil -m rsync -d -r gs://one gs://other", "sh.bucket"),
        (
            "kubectl patch pvc p -p '{\"metadata\": {\"finalizers\": null}}'",
            "sh.kubectl.finalizers",
        ),
        (
            "aws dynamodb scan --table-name p | jq -r .id | xargs -I{} aws dynamodb delete-item --table-name p --key '{\"id\": \"{}\"}'",
            "sh.aws.each",
        ),
        ("curl -X DELETE https://gitlab.com/api/v4/projects/7", "sh.es_curl"),
        ("docker run --rm flyway/flyway:10 -url=$URL clean", "sh.flyway"),
    ] {
        assert_eq!(finds(line), [id], "{line}");
    }
}

#[test]
fn finds_of_stores_and_queues() {
    for (line, id) in [
        ("rpk topic delete photos", "sh.store"),
        ("pulsar-admin topics delete -f photos", "sh.store"),
        ("vault secrets disable photos/", "sh.store"),
        ("solr delete -c photos", "sh.store"),
        ("kcadm.sh delete realms/photos", "sh.store"),
        ("docker run --rm --entrypoint sh minio/mc -c 'mc rb --force s3/photos'", "sh.objects"),
        (
            "curl -X POST h:9200/p/_delete_by_query -d @- <<EOF\n{\"query\": {\"match_all\": {}}}\nEOF",
            "sh.es_curl",
        ),
        ("rabbitmqadmin delete queue name=photos", "sh.store"),
        ("celery -A app purge -f", "sh.celery"),
        ("echo \"disable 'p'; drop 'p'\" | hbase shell", "sh.store.said"),
        ("echo 'REMOVE DATABASE photos;' | surreal sql", "sh.store.said"),
        ("printf 'FLUSHALL\\r\\n' | nc redis 6379", "sh.store.said"),
        ("echo FLUSHALL | redis-cli", "sh.store.said"),
        ("redis-cli --scan | while read -r key; do\nredis-cli del \"$key\"\ndone", "sh.redis.each"),
        ("git tag -l | xargs git push --delete origin", "sh.git_tags"),
        ("wp post delete $(wp post list --format=ids) --force", "sh.each"),
        (
            "for it in $(aws sqs list-queues --output text); do aws sqs delete-queue --queue-url $it; done",
            "sh.each",
        ),
        ("influx delete --bucket photos --start 1970-01-01T00:00:00Z --stop now", "sh.influx"),
        ("psql -tAc 'TRUNCATE photos'", "sql.truncate"),
        ("mysql -Nse 'DROP DATABASE photos'", "sql.drop_database"),
        ("cqlsh h --execute='TRUNCATE photos'", "sql.truncate"),
        ("duckdb p.duckdb 'DELETE FROM photos;'", "sql.delete_all"),
        ("bq query --use_legacy_sql=false 'DROP TABLE photos'", "sql.drop_table"),
        ("clickhouse client -q 'DROP DATABASE photos'", "sql.drop_database"),
        ("curl h:8086/query --data-urlencode 'q=DROP DATABASE photos'", "sql.drop_database"),
        ("sqlite3 p.db '.read wipe.sql'", "sh.sql_file"),
        ("> /var/lib/photos/p.db", "sh.truncate"),
        ("gh api -X DELETE repos/ann/photos", "sh.gh.api"),
        ("gh api --method=DELETE /repos/$OWNER/$REPO", "sh.gh.api"),
        ("sqlite3 p.db <<EOF\n.timeout 2000\nDELETE FROM photos;\nEOF", "sql.delete_all"),
        (
            "sqlplus -s a/b <<EOF\nWHENEVER SQLERROR EXIT 1\nSET ECHO OFF\nDROP USER photos CASCADE;\nEOF",
            "sql.drop_database",
        ),
        ("arangosh --javascript.execute-string \"db._dropDatabase('p')\"", "code.helper"),
        ("ansible all -m shell -a 'rm -rf /var/lib/mysql'", "sh.rm"),
        ("pssh -h hosts 'rm -rf /srv/photos/data'", "sh.rm"),
    ] {
        let found = finds(line);
        assert!(found.contains(&id), "{line}: {found:?}");
    }
}

#[test]
fn finds_of_copies() {
    for (line, id) in [
        ("tarsnap --nuke", "sh.backups"),
        ("timeshift --delete-all", "sh.backups"),
        ("nodetool clearsnapshot --all", "sh.backups"),
        ("wal-g delete everything FORCE --confirm", "sh.backups.asked"),
        ("duplicity remove-all-but-n-full 0 --force file:///p", "sh.backups.asked"),
        (
            "for it in $(barman list-backup main --minimal); do barman delete main $it; done",
            "sh.backups.each",
        ),
        ("echo 'delete volume=p yes' | bconsole", "sh.bacula"),
        ("bfg --delete-files photos.zip", "sh.bfg"),
        ("gunzip -c /backups/photos.sql.gz | mysql photos", "sh.restore"),
        ("mysql photos < \"$BACKUP_FILE\"", "sh.restore"),
        ("aws s3 cp s3://photos/backup.sql.gz - | gzip -dc | mysql photos", "sh.restore"),
        (
            "file=$(ls -t backups/*.sql.gz | head -1)\nzcat \"$file\" | docker exec -i db mysql photos",
            "sh.restore",
        ),
        ("neo4j-admin database load photos --overwrite-destination", "sh.restore.over"),
        ("influx restore /p --full", "sh.restore.over"),
        ("cp backups/photos.db data/photos.db", "sh.restore.file"),
        ("cp /dev/null photos.sqlite3", "sh.restore.file"),
        ("tar -xzf \"$BACKUP\" -C /var/lib/photos", "sh.restore.tree"),
        ("DIR=/srv/backups\nrm -rf \"${DIR:?}\"/*", "sh.rm"),
        ("rm -rf /var/lib/etcd/member", "sh.rm"),
        ("rm -rf /home/photos", "sh.rm"),
        ("git push origin :main", "sh.git_history"),
        ("git push --force origin production", "sh.git_history"),
        ("git push origin +HEAD:refs/heads/main", "sh.git_history"),
        ("git push origin --delete production", "sh.git_history"),
        ("velero delete backup p --confirm", "sh.velero"),
        ("rm -rf volume1/*", "sh.rm"),
        ("rm -rf /mnt/photos/_pg/prod/*", "sh.rm"),
    ] {
        assert_eq!(finds(line), [id], "{line}");
    }
}

#[test]
fn lets_through_what_keeps_it() {
    for line in [
        // A dump of PostgreSQL drops nothing by itself.
        "psql photos < \"$BACKUP_FILE\"",
        "parted -s /dev/loop0 mklabel gpt",
        "gh api -X DELETE repos/ann/photos/actions/caches/7",
        "gh api repos/ann/photos",
        "sqlite3 p.db '.read schema.sql'",
        "> /var/log/photos.log",
        "list_snapshots | while read -r snapshot; do lvremove -f \"vg/$snapshot\"; done",
        "aws --endpoint-url http://localhost:4566 s3 rm s3://p --recursive",
        "parted /dev/sdc print",
        "sfdisk -d /dev/sdc",
        "cryptsetup -q luksFormat disk.img",
        "btrfs subvolume delete /mnt/pool/.snapshots/4",
        "zfs rollback pool/photos@monday",
        "VBoxManage unregistervm lab",
        "multipass delete lab",
        "dd if=/dev/zero of=$DISK_IMAGE bs=1M",
        "dd if=/dev/zero of=\"$1\" bs=1M count=64",
        "rm -f /tmp/*.sql.gz",
        "dropdb --help",
        "talosctl reset --help",
        "rm -f build/dumps/*.sql.gz",
        "rm -f \"backups/$DAY-*.sql.gz\"",
        "find backups -name '*.sql.gz' ! -newermt '30 days ago' -delete",
        "symfony console doctrine:database:drop --force --env=test",
        "wrangler d1 execute p --local --command 'DROP TABLE photos'",
        "aws s3api list-objects --bucket b --prefix tmp/ | while read -r one; do aws s3api delete-object --key $one; done",
        "kubectl patch deployment p -p '{\"spec\": {\"replicas\": 0}}'",
        "swift delete photos one.jpg",
        "redis-cli --scan --pattern 'session:*' | while read -r key; do redis-cli del \"$key\"; done",
        "wp post delete $(wp post list --post_status=trash --format=ids) --force",
        "duplicity remove-older-than 6M --force file:///p",
        "wal-g delete retain FULL 7 --confirm",
        "psql photos < schema.sql",
        "mysql photos < backups/seed.sql",
        "createdb p_test && gunzip -c backup.sql.gz | psql p_test",
        "cp photos.db backups/photos.db",
        "dir=$(mktemp -d)\ncp backups/photos.sqlite \"$dir/photos.sqlite\"",
        "cp data/photos.db /srv/copy/photos.db.bak\nupgrade || cp /srv/copy/photos.db.bak data/photos.db",
        "cp -n backups/photos.db data/photos.db",
        "tar -xzf release.tar.gz -C /opt/photos",
        "tar -czf backup.tar.gz -C /var/lib/photos .",
        "DIR=$(mktemp -d)\nrm -rf \"$DIR/data\"",
        "rm -rf /home/runner",
        "git push origin --delete feature/photos",
        "git push --force origin dist:gh-pages",
        "git push dokku feature:master -f",
        "git push -f https://git.heroku.com/photos.git HEAD:main",
        "git push -f dokku@example.com:photos main",
        // Branches that are made anew as a habit.
        "git push origin --delete staging",
        "git reset --hard upstream/develop\ngit push origin develop --force",
        "mysqlimport --delete shop_test users.csv",
        "repmgr standby clone --dry-run -F",
        "gcloud iam service-accounts keys delete $KEY --quiet",
        "kafka-configs --alter --entity-type topics --add-config delete.retention.ms=100",
        "./scripts/recreate-db.sh -f dev.sql",
        "git tag -l 'v0.*' | xargs git push --delete origin",
    ] {
        assert_eq!(finds(line), [""; 0], "{line}");
    }
}

#[test]
fn knows_guards() {
    for text in [
        "dialog --yesno 'Delete?' 7 60\nif [ $? -ne 0 ]; then exit 1; fi\ndropdb p\n",
        "whiptail --yesno 'Delete?' 7 60\nif [ $? -eq 0 ]; then\n  dropdb p\nfi\n",
        "cryptsetup luksFormat /dev/sdc1\n",
        "cf delete-service photos\n",
        "celery -A app purge\n",
    ] {
        assert_eq!(open("scripts/wipe.sh", text), [], "{text}");
        assert_eq!(guarded("scripts/wipe.sh", text).len(), 1, "{text}");
    }
}

#[test]
fn a_tool_that_asks_has_no_other_row_by_its_words() {
    assert_eq!(guarded("a.sh", "sqlx database reset\n"), [(1, GuardKind::Framework)]);
    assert_eq!(finds("sqlx database reset -y"), ["sh.sqlx"]);
    assert_eq!(finds("orm database:reset"), ["sh.db_drop"]);
}

#[test]
fn files_that_replace_tables_are_told() {
    assert_eq!(finds("mysqlimport --delete shop users.csv"), ["sh.mysqlimport"]);
    assert_eq!(finds("mysqlimport --replace shop users.csv"), [""; 0]);
    assert_eq!(finds("csql -u dba shop -i sql/drop_all.sql"), ["sh.sql_file"]);
    assert_eq!(finds("csql -u dba shop -i sql/create_all.sql"), [""; 0]);
}

#[test]
fn commands_of_the_project_are_told_by_their_names() {
    for text in [
        "php artisan app:reset-database",
        "bin/console app:database:reset --no-interaction",
        "python manage.py reset_database",
        "./manage.py clear_all_data",
        "bundle exec rake app:wipe_db",
        "flask reset-db",
        "go run cmd/reset-db/main.go",
        "go run ./cmd/reset-db/main.go",
        "php artisan db:clear --force",
        "cargo run --bin reset_db",
        "docker compose exec app php artisan app:wipe-database",
        "go run . wipe-db",
        "go run main.go reset-database",
        "cargo run --bin=reset_db",
        "cargo run --release -- reset-db",
        "dotnet run -- reset-database",
        "python manage.py limpiar_base_de_datos",
    ] {
        assert_eq!(finds(text), ["sh.named.task"], "{text}");
    }
    for text in [
        "pnpm --filter api db:reset",
        "yarn workspace api db:reset",
        "make -C api reset-db",
        "make -j 4 reset-db",
        "just -f db.just reset-db",
        "task -d api reset-db",
        // Words of other languages.
        "python limpiar_base_de_datos.py",
        "python borrar_base_datos.py",
        "python remover_banco_de_dados.py",
        "./supprimer_base_de_donnees.sh",
        "./vider_bdd.sh",
        "python zerar_banco.py",
    ] {
        assert_eq!(finds(text), ["sh.named"], "{text}");
    }
    for text in [
        "php artisan app:reset-password",
        "php artisan cache:clear",
        "python manage.py clear_cache",
        "python manage.py reset_database --dry-run",
        "bin/console app:cleanup-sessions",
        "rake db:test:prepare",
        "rake db:parallel:drop",
        "flask db upgrade",
        "go run ./cmd/reset-db-test",
        "go run main.go reset-db-test",
        "cargo run -- reset-password",
        "cargo run -- report reset-db",
        "dotnet run --project reset-db",
        // What is not all of a database.
        "python manage.py clear_database_locks",
        "python manage.py delete_db_backup_older_than 30",
        "python manage.py remove_schema_comments",
        "rake db:clean_backups",
        "rake db:delete_stale_tables",
        "rake db:clean_up_old_sessions",
        "bin/console app:clean-all-data-exports",
        // A bank.
        "python manage.py excluir_banco 12",
        "cargo run --bin server",
        "pnpm --filter reset-db build",
        "make -C reset-db",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn a_database_whose_volume_has_no_name_goes_with_its_container() {
    assert_eq!(finds("docker-compose rm -fsv db"), ["sh.docker_compose_rm"]);
    assert_eq!(
        finds("docker compose rm --force --stop -v shop_postgres"),
        ["sh.docker_compose_rm"]
    );
    assert_eq!(guarded("a.sh", "docker compose rm -sv db\n"), [(1, GuardKind::Framework)]);
    for text in [
        "docker-compose rm -fs db",
        "docker-compose rm -fsv web",
        "docker-compose rm -fsv db_test",
        "docker compose rm -fv worker-db-sync",
        "docker compose -p shop_db rm -fsv web",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn each_of_what_an_address_lists_is_told_however_it_is_gone_through() {
    for text in [
        "r=$(curl -s \"$U/items\")\nfor id in $(echo $r | jq -r '.[].id'); do curl -X DELETE \"$U/items/$id\"; done",
        "r=$(curl -s \"$U/items\")\nfor id in $(jq -r '.[].id' <<< \"$r\"); do curl -X DELETE \"$U/items/$id\"; done",
        "r=$(curl \"https://$A/v2/shops/$S/items?page%5Bsize%5D=100\")\nl=($(echo $r | jq -r '.[].id'))\nfor ((i=0;i<${#l[@]};++i)); do curl -X DELETE \"https://$A/v2/items/${l[i]}\"; done",
        "curl -s \"$U/items\" | jq -r '.[].id' | xargs -I{} curl -X DELETE \"$U/items/{}\"",
        "curl -s https://h.com/items | jq -r '.[].id' | xargs -I{} curl -X DELETE https://h.com/items/{}",
        "curl -s $U/items | jq -r '.[].id' | xargs -I % curl -X DELETE $U/items/%",
    ] {
        assert_eq!(finds(text), ["sh.web.each"], "{text}");
    }
    for text in [
        "r=$(curl -s \"$U/items?state=old\")\nfor id in $(echo $r | jq -r '.[].id'); do curl -X DELETE \"$U/items/$id\"; done",
        "r=$(curl -s \"$U/items\")\nfor id in $(echo $r | jq -r '.[] | select(.old) | .id'); do curl -X DELETE \"$U/items/$id\"; done",
        "r=$(curl -s \"$U/orders\")\nfor id in $(echo $r | jq -r '.[].id'); do curl -X DELETE \"$U/items/$id\"; done",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
    assert_eq!(
        finds("curl --request DELETE \"https://$A/api/v2/organizations/$O/workspaces/$W\""),
        ["sh.es_curl"]
    );
}

#[test]
fn all_volumes_of_a_machine_are_those_of_others_too() {
    assert_eq!(
        open("hack/clean-volumes.sh", "docker volume rm $(docker volume ls -q)\n"),
        [(1, "sh.all_volumes")]
    );
    assert_eq!(
        finds("docker volume rm -f $(docker volume ls -qf dangling=true)"),
        ["sh.all_volumes"]
    );
    assert_eq!(finds("podman volume rm $(podman volume ls -q)"), ["sh.all_volumes"]);
    assert_eq!(open("hack/clean.sh", "docker volume rm $(docker volume ls -q | grep shop)\n"), []);
    assert_eq!(open("hack/clean.sh", "docker volume rm shop_data\n"), []);
}
