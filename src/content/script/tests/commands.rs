//! Commands of the shell that others make, that stand in variables, or whose file or task tells by its name what it does.

use super::{guarded, open};
use crate::content::script::GuardKind;

#[test]
fn finds() {
    for (text, found) in [
        ("C=\"docker compose -f a.yml\"\n$C down -v\n", &[(2, "sh.docker_compose_volumes")][..]),
        ("P=\"psql -h $H\"\n$P -c \"TRUNCATE orders\"\n", &[(2, "sql.truncate")]),
        (
            "docker compose -f a.yml -f b.yml --env-file .env.x -p shop down -v\n",
            &[(1, "sh.docker_compose_volumes")],
        ),
        ("mysqldump --no-data shop | grep ^DROP | mysql shop\n", &[(1, "sql.drop_table")]),
        (
            "psql -c \"SELECT 'DROP TABLE ' || tablename FROM pg_tables\" | psql shop\n",
            &[(1, "sql.drop_table")],
        ),
        ("kubectl get pvc | awk '{print \"kubectl delete pvc \" $1}' | sh\n", &[(1, "sh.kubectl")]),
        ("kubectl get pvc | sed 's/^/kubectl delete pvc\\//' | bash\n", &[(1, "sh.kubectl")]),
        ("kubectl get pvc -o name | xargs kubectl delete\n", &[(1, "sh.kubectl")]),
        (
            "for it in $(kubectl get ns -o name); do\n  kubectl delete \"$it\"\ndone\n",
            &[(2, "sh.kubectl")],
        ),
        ("find uploads -type f -print0 | xargs -0 rm -f\n", &[(1, "sh.find_delete")]),
        ("find . -name 'app.sqlite3' -delete\n", &[(1, "sh.find_delete")]),
        ("psql -At -c 'SELECT 1' | xargs -n 1 dropdb\n", &[(1, "sh.dropdb")]),
        ("redis-cli --scan --pattern '*' | xargs redis-cli del\n", &[(1, "sh.redis.keys")]),
        ("psql shop -f sql/drop_all.sql\n", &[(1, "sh.sql_file")]),
        ("mysql shop < ./truncate_tables.sql\n", &[(1, "sh.sql_file")]),
        ("cat wipe.sql | psql shop\n", &[(1, "sh.sql_file")]),
        ("npm run db:drop\n", &[(1, "sh.named")]),
        ("yarn db:wipe\npython scripts/reset_db.py\n", &[(1, "sh.named"), (2, "sh.named")]),
        ("node src/db/drop.js\n./clearDatabase.sh\n", &[(1, "sh.named"), (2, "sh.named")]),
        (
            "read -r -d '' SQL <<EOF\nTRUNCATE users;\nEOF\necho \"$SQL\" | psql\n",
            &[(2, "sql.truncate")],
        ),
        ("cd uploads\nrm -rf ./*\n", &[(2, "sh.rm")]),
        ("rm -rf /var/lib/thing\nrm -rf ~/.thing\n", &[(1, "sh.rm"), (2, "sh.rm")]),
        ("rm -rf \"${DATA_DIR:?}\"/*\n", &[(1, "sh.rm")]),
        ("thing tendermint unsafe-reset-all\n", &[(1, "sh.ledger")]),
        ("mix ecto.reset\n./gradlew flywayClean\n", &[(1, "sh.ecto"), (2, "sh.build_tool")]),
        ("aws s3 sync s3://one s3://other --delete\n", &[(1, "sh.aws.s3")]),
        ("wipe() {\n  dropdb app\n}\n\"$@\"\n", &[(2, "sh.dropdb")]),
        ("rails db:environment:set RAILS_ENV=development\nrails db:drop\n", &[(2, "sh.rails")]),
    ] {
        assert_eq!(open("scripts/a.sh", text), found, "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "cd build\nrm -rf *\n",
        "cd \"$(mktemp -d)\" && cd /tmp/x && rm -rf data\n",
        "find src -name '*.o' | xargs rm -f\n",
        "kubectl get pods -o name | xargs kubectl delete\n",
        "pg_dump shop | grep -v DROP | psql other\n",
        "psql shop -f schema.sql\nmysql shop < reset_sequences.sql\n",
        "npm run clean\nnpm run reset\nmake clean\nyarn db:migrate\n",
        "node scripts/reset_test_db.js\n./clear_cache.sh\n",
        "aws s3 sync dist/ s3://site --delete\n",
        "rm -rf /var/lib/apt/lists/*\nrm -rf ~/.cache ~/.npm\nrm -rf \"$HOME/.$name\"\n",
        "rm -ri ~/.thing\n",
        "wipe() {\n  dropdb app\n}\nexec \"$@\"\n",
        "drizzle-kit push\n",
    ] {
        assert_eq!(open("scripts/a.sh", text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    for (text, kind) in [
        ("prisma migrate reset\n", GuardKind::Framework),
        ("terraform destroy\n", GuardKind::Framework),
        (
            "read -r a\na=$(echo \"$a\" | tr A-Z a-z)\nif [ \"$a\" != yes ]; then exit 1; fi\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "select a in Yes No; do\n  case $a in\n    Yes) dropdb app; break ;;\n    No) exit ;;\n  esac\ndone\n",
            GuardKind::Confirmation,
        ),
        ("read -q 'REPLY?Sure? ' || exit 1\ndropdb app\n", GuardKind::Confirmation),
        (
            "ask() {\n  read -r a\n  case \"$a\" in\n    y|yes) true ;;\n    *) false ;;\n  esac\n}\nif ask; then\n  dropdb app\nfi\n",
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(open("scripts/a.sh", text), [], "{text}");
        let kinds: Vec<GuardKind> =
            guarded("scripts/a.sh", text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
}
