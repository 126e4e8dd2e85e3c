//! What is taken for the script's own, or for harmless by where it stands, and is not; and what is.

use super::open;

#[test]
fn finds() {
    for (path, text) in [
        (
            "a.sh",
            "aws rds create-db-snapshot --db-instance-identifier other --db-snapshot-identifier x\naws rds delete-db-instance --db-instance-identifier prod --skip-final-snapshot\n",
        ),
        (
            "a.sh",
            "gcloud sql instances create scratch\ngcloud sql instances delete production --quiet\n",
        ),
        (
            "a.sh",
            "aws dynamodb create-table --table-name scratch\naws dynamodb delete-table --table-name users\n",
        ),
        ("a.sh", "az group create -n scratch\naz group delete -n production --yes\n"),
        (
            "a.sh",
            "case $1 in\nup) az group create -n shop ;;\ndown) az group delete -n shop --yes ;;\nesac\n",
        ),
        (
            "a.sh",
            "aws ec2 create-tags --resources i-prod --tags x\naws ec2 terminate-instances --instance-ids i-prod\n",
        ),
        (
            "a.sh",
            "ID=$(./create_ids.sh)\naws ec2 terminate-instances --instance-ids $ID $(cat prod-ids.txt)\n",
        ),
        ("a.sh", "createdb scratch\ndropdb shop\n"),
        ("a.sh", "createdb \"ci_$CI_JOB_ID\"\ndropdb \"app_$CI_JOB_ID\"\n"),
        ("a.sh", "createdb \"x_$RANDOM\"\ndropdb \"x_$RANDOM\"\n"),
        ("a.sh", "createdb \"x_$(next_id)\"\ndropdb \"x_$(next_id)\"\n"),
        ("a.sh", "trap 'psql -c \"DROP DATABASE shop\"' EXIT\n"),
        (
            "a.sh",
            "cleanup() {\n  psql -c 'DROP DATABASE shop'\n}\ntrap cleanup EXIT INT TERM\necho hi\n",
        ),
        ("a.sh", "trap 'terraform destroy -auto-approve' EXIT\n"),
        ("a.sh", "rm -rf /srv/contest/uploads\n"),
        ("a.sh", "rm -rf /srv/democracy/uploads\n"),
        ("a.sh", "rm -f news.db\n"),
        ("a.sh", "rm -f renewals.db\n"),
        ("a.sh", "rm -f gold.db\n"),
        ("a.sh", "rm -f latest.db\n"),
        ("a.sh", "rm -f contest.sqlite3\n"),
        ("a.sh", "rm -rf ~/Documents\n"),
        ("a.sh", "rm -rf /home/anna\n"),
        ("a.sh", "> app.db\nrm x\n"),
        ("a.sh", ": > app.db; rm x\n"),
        ("a.sh", "cat /dev/null > app.db; rm x\n"),
        ("a.sh", "cp /dev/null app.db; rm x\n"),
        ("a.sh", "truncate -s 0 app.db\n"),
        ("a.sh", "dd of=app.db; rm x\n"),
        ("a.sql", "CREATE TABLE IF NOT EXISTS users (id int);\nDROP TABLE users;\n"),
        (
            "a.sql",
            "CREATE TABLE IF NOT EXISTS users (id int);\nDELETE FROM users;\nTRUNCATE users;\n",
        ),
        ("a.sql", "CREATE DATABASE IF NOT EXISTS shop;\nDROP DATABASE shop;\n"),
        ("a.sh", "rm -rf /var/lib/mysql\nln -s /mnt/mysql /var/lib/mysql\n"),
        ("a.sh", "DATABASE_URL=:memory: psql -h prod -c \"DROP DATABASE shop\"\n"),
        ("a.sql", "DELETE FROM t WHERE EXISTS (SELECT 1);\n"),
        ("a.sql", "DELETE FROM orders WHERE id IN (SELECT id FROM orders);\n"),
        ("a.sql", "/*!40000 DROP DATABASE shop */;\n"),
        ("a.sql", "DELETE FROM orders WHERE created_at < now();\n"),
        ("run", "#!/usr/bin/env -S uv run --script\nimport x\ndb.drop_all()\n"),
        (".husky/pre-commit", "dropdb shop\n"),
        ("20240101-wipe-production.sh", "dropdb shop\n"),
        ("bench_prod.sh", "dropdb shop\n"),
        ("test_wipe.sh", "dropdb shop\n"),
        ("testing/wipe_prod.py", "db.drop_all()\n"),
        ("reset_db_test.py", "db.drop_all()\n"),
    ] {
        assert_ne!(open(path, text), [], "{path}\n{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.sh",
            "gcloud sql instances create scratch\ngcloud sql instances delete scratch --quiet\n",
        ),
        (
            "a.sh",
            "aws dynamodb create-table --table-name scratch --region eu\naws dynamodb delete-table --table-name scratch\n",
        ),
        ("a.sh", "az group create -n \"$RG\" -l west\naz group delete -n \"$RG\" --yes\n"),
        (
            "a.sh",
            "ID=$(aws ec2 run-instances --count 1 | jq -r .x)\naws ec2 terminate-instances --instance-ids $ID --region eu\n",
        ),
        ("a.sh", "createdb scratch\ndropdb scratch\n"),
        ("a.sh", "DB=\"ci_${CI_JOB_ID}\"\ncreatedb \"$DB\"\ndropdb \"$DB\"\n"),
        ("a.sh", "DB=shop_$1\ncreatedb \"$DB\"\ndropdb \"shop_$1\"\n"),
        (
            "a.sh",
            "N=\"x-$(uuidgen)\"\naz group create -n \"$N\"\naz group delete -n \"$N\" --yes\n",
        ),
        ("a.sh", "kubectl create ns \"x-$1\"\nkubectl delete ns \"x-$1\"\n"),
        ("a.sh", "B=acme-$RANDOM\naws s3 mb \"s3://$B\"\naws s3 rb --force \"s3://$B\"\n"),
        (
            "a.py",
            "db = f'shop_{uuid.uuid4().hex}'\nsubprocess.check_call(['createdb', db])\nsubprocess.check_call(['dropdb', db])\n",
        ),
        ("a.sh", "D=$(mktemp -d)\ntrap 'rm -rf \"$D\"' EXIT\n"),
        ("a.sh", "trap 'rm -rf \"$D\"' EXIT\nD=$(mktemp -d)\n"),
        (
            "a.sh",
            "cleanup() { docker compose down -v; }\ntrap cleanup EXIT\ndocker compose up -d\n",
        ),
        ("a.sh", "trap 'dropdb \"$DB\"' EXIT\nDB=t_$$\ncreatedb \"$DB\"\n"),
        ("a.sh", "trap 'terraform destroy -auto-approve' EXIT\nterraform apply -auto-approve\n"),
        ("a.sh", "rm -rf /srv/test/uploads\n"),
        ("a.sh", "rm -f new.db\n"),
        ("a.sh", "rm -f test.db\n"),
        ("a.sh", "cp app.db b.db; rm x\n"),
        ("a.sh", "dd if=a.img of=app.db; rm x\n"),
        ("a.sh", "sqlite3 x .schema > app.db; rm x\n"),
        ("a.sql", "CREATE TABLE users (id int);\nDELETE FROM users;\n"),
        ("a.sql", "DROP TABLE users;\nCREATE TABLE users AS SELECT * FROM kept;\n"),
        ("a.sql", "DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE x = 1);\n"),
        ("a.sql", "DELETE FROM orders WHERE created_at < now() - interval '30 days';\n"),
        ("a.sql", "DELETE FROM tokens WHERE expires_at < now();\n"),
        ("test_shop.py", "def test_x():\n  pass\ndb.drop_all()\n"),
        ("data_migration/wipe.py", "db.drop_all()\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}\n{text}");
    }
}

#[test]
fn text_of_windows_is_read() {
    let text: Vec<u8> = "Remove-Item -Recurse C:\\data\\uploads\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [&[0xff, 0xfe], text.as_slice()].concat();
    let read = crate::content::script::read("a.ps1".into(), &marked);
    assert!(matches!(read, crate::content::script::Answer::Yes(_)));
}

#[test]
fn what_may_not_have_been_made_is_not_of_the_script() {
    for (path, text) in [
        ("a.sh", "sudo -u postgres createdb app || true\nsudo -u postgres dropdb app\n"),
        ("a.sh", "createdb app || true\ndropdb app\n"),
        ("a.sh", "psql -lqt | grep -qw app || createdb app\n./migrate\ndropdb app\n"),
        ("a.sh", "[ \"$NEW\" ] && createdb app\ndropdb app\n"),
        ("a.sh", "if [ -n \"$NEW\" ]; then createdb app; fi\ndropdb app\n"),
        ("a.sh", "if ! createdb app; then dropdb app; createdb app; fi\n"),
        ("a.sh", "createdb app || dropdb app\n"),
        (
            "a.sh",
            "docker volume inspect pgdata || docker volume create pgdata\ndocker volume rm pgdata\n",
        ),
        ("a.sh", "kubectl create namespace prod || true\nkubectl delete namespace prod\n"),
        ("a.sh", "aws s3 mb s3://acme || true\naws s3 rm s3://acme --recursive\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    for (path, text) in [
        ("a.sh", "set -e\ncreatedb app_tmp\n./run\ndropdb app_tmp\n"),
        ("a.sh", "set -e\ncreatedb scratch\n./run\ndropdb scratch\n"),
        ("a.sh", "createdb scratch || exit 1\n./run\ndropdb scratch\n"),
        ("a.sh", "createdb scratch && ./run && dropdb scratch\n"),
        ("a.sh", "if createdb scratch; then ./run; dropdb scratch; fi\n"),
        ("a.sh", "set -euo pipefail\naws s3 mb s3://acme-x\naws s3 rm s3://acme-x --recursive\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn a_trap_takes_down_only_what_was_set_up() {
    for (path, text) in [
        ("a.sh", "trap 'docker compose -f docker-compose.prod.yml down -v' EXIT INT\n./serve\n"),
        (
            "a.sh",
            "cleanup() { kubectl delete pvc --all -n prod; }\ntrap cleanup INT TERM EXIT\n./serve\n",
        ),
        ("a.sh", "trap 'docker volume rm pgdata' EXIT\n./serve\n"),
        ("a.sh", "trap 'docker system prune -af --volumes' EXIT\n./serve\n"),
        ("a.sh", "cleanup() { docker volume rm pgdata; }\ntrap cleanup EXIT\n./serve\n"),
        ("a.sh", "cleanup() { docker system prune -af --volumes; }\ntrap cleanup EXIT\n./serve\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    for (path, text) in [
        (
            "a.sh",
            "trap 'docker compose -f docker-compose.test.yml down -v' EXIT\ndocker compose -f docker-compose.test.yml up -d\n./run\n",
        ),
        (
            "a.sh",
            "cleanup() { docker compose down -v; }\ntrap cleanup EXIT\ndocker compose up -d\n./run\n",
        ),
        ("a.sh", "T=$(mktemp -d)\ntrap 'rm -rf \"$T\"' EXIT\n./run\n"),
        (
            "a.sh",
            "cleanup() { kubectl delete namespace \"$NS\"; }\nNS=e2e-$RANDOM\ntrap cleanup EXIT\nkubectl create namespace \"$NS\"\n./run\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}
