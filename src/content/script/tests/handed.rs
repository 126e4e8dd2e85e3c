//! What one part of a script hands to another: words, texts that are read, files that are written and then run.

use super::open;

/// Scripts that drop the database `prod` in some way, each of them once.
const DROPS: &[&str] = &[
    "source /dev/stdin <<< \"dropdb prod\"\n",
    "sudo -i -u postgres <<EOF\ndropdb prod\nEOF\n",
    "sudo su - postgres <<EOF\ndropdb prod\nEOF\n",
    "ssh -T deploy@host \"bash -s\" <<EOF\ndropdb prod\nEOF\n",
    "sshpass -p x ssh -o StrictHostKeyChecking=no host \"dropdb prod\"\n",
    "cmds=(\"dropdb prod\" \"ls\")\nfor c in \"${cmds[@]}\"; do eval \"$c\"; done\n",
    "CMD=(dropdb prod)\n\"${CMD[@]}\"\n",
    "CMD=(dropdb)\nCMD+=(prod)\n\"${CMD[@]}\"\n",
    "CMD=\"dropdb\"\nCMD=\"$CMD prod\"\n$CMD\n",
    "CMD=\"dropdb\"\nCMD+=\" prod\"\n$CMD\n",
    "set -- dropdb prod\n\"$@\"\n",
    "function f { dropdb prod; }\nf\n",
    "function f() { dropdb prod; }\nf\n",
    "main() {\n  local x=1\n  step1\n}\nstep1() {\n  dropdb prod\n}\nmain \"$@\"\n",
    "until dropdb prod; do sleep 1; done\n",
    "for i in 1 2 3; do dropdb prod && break; done\n",
    "retry() { for i in 1 2 3; do \"$@\" && return 0; done; return 1; }\nretry dropdb prod\n",
    "run() { echo \"+ $*\"; \"$@\"; }\nrun dropdb prod\n",
    "run() { echo \"+ $*\"; eval \"$*\"; }\nrun \"dropdb prod\"\n",
    "run() { echo \"+ $1\"; eval \"$1\"; }\nrun 'dropdb prod'\n",
    "run() { if [ \"$VERBOSE\" ]; then \"$@\"; else \"$@\" >/dev/null 2>&1; fi; }\nrun dropdb prod\n",
    "log_and_run() { local msg=$1; shift; echo \"$msg\"; \"$@\"; }\nlog_and_run \"x\" dropdb prod\n",
    "exec_sql() { psql -U postgres -c \"$1\"; }\nexec_sql \"DROP DATABASE prod;\"\n",
    "exec_sql() { local sql=\"$1\"; psql -U postgres -c \"$sql\"; }\nexec_sql \"DROP DATABASE prod;\"\n",
    "exec_sql() { echo \"$1\" | psql -U postgres; }\nexec_sql \"DROP DATABASE prod;\"\n",
    "exec_sql() { psql -U postgres <<< \"$1\"; }\nexec_sql \"DROP DATABASE prod;\"\n",
    "exec_sql() { psql -U postgres <<EOF\n$1\nEOF\n}\nexec_sql \"DROP DATABASE prod;\"\n",
    "exec_sql() { docker compose exec -T db psql -U postgres -c \"$*\"; }\nexec_sql \"DROP DATABASE prod;\"\n",
    "PSQL=\"psql -U postgres -h $HOST\"\n$PSQL -c \"DROP DATABASE prod;\"\n",
    "PSQL=\"psql -U postgres\"\necho \"DROP DATABASE prod;\" | $PSQL\n",
    "PSQL=\"docker exec -i db psql -U postgres\"\n$PSQL <<EOF\nDROP DATABASE prod;\nEOF\n",
    "PSQL=(docker exec -i db psql)\n\"${PSQL[@]}\" -c \"DROP DATABASE prod;\"\n",
    "psql() { docker exec -i db psql \"$@\"; }\npsql -c \"DROP DATABASE prod;\"\n",
    "SQL=$(cat <<EOF\nDROP DATABASE prod;\nEOF\n)\npsql -c \"$SQL\"\n",
    "read -r -d '' SQL <<EOF\nDROP DATABASE prod;\nEOF\npsql -c \"$SQL\"\n",
    "IFS= read -r -d '' SQL <<'EOF' || true\nDROP DATABASE prod;\nEOF\necho \"$SQL\" | psql\n",
    "printf '%s\\n' \"DROP DATABASE prod;\" | psql\n",
    "echo -e \"DROP DATABASE prod;\\n\\q\" | psql\n",
    "psql -h h \\\n  -U u \\\n  -c \"DROP DATABASE prod;\"\n",
    "echo \"DROP DATABASE prod;\" > /tmp/x.sql\npsql -f /tmp/x.sql\n",
    "cat > /tmp/x.sql <<EOF\nDROP DATABASE prod;\nEOF\npsql -f /tmp/x.sql\n",
    "cat <<EOF > /tmp/x.sql\nDROP DATABASE prod;\nEOF\npsql < /tmp/x.sql\n",
    "cat > /tmp/w.sh <<EOF\ndropdb prod\nEOF\nbash /tmp/w.sh\n",
    "tmp=$(mktemp)\ncat > \"$tmp\" <<EOF\nDROP DATABASE prod;\nEOF\npsql -f \"$tmp\"\n",
    "echo \"DROP DATABASE prod;\" >> x.sql\nmysql db < x.sql\n",
    "{ echo \"DROP DATABASE prod;\"; echo \"CREATE DATABASE x;\"; } | psql\n",
    "( echo \"DROP DATABASE prod;\" ) | psql\n",
    "docker exec db sh -c \"dropdb prod\"\n",
    "docker compose run --rm app sh -c \"dropdb prod\"\n",
    "kubectl exec -it deploy/db -- dropdb prod\n",
    "POD=$(kubectl get pod -o name)\nkubectl exec $POD -- bash -c \"dropdb prod\"\n",
    "heroku run \"dropdb prod\" --app x\n",
    "tmux new -d \"dropdb prod\"\n",
    "screen -dm bash -c \"dropdb prod\"\n",
    "watch -n 1 dropdb prod\n",
    "echo \"dropdb prod\" | sh -x\n",
    "do_wipe() { dropdb prod; }\ncase $1 in wipe|drop) do_wipe ;; *) usage ;; esac\n",
    "\"do_$1\"\ndo_wipe() { dropdb prod; }\n",
    "ssh host 'psql postgres' <<EOF\nDROP DATABASE prod;\nEOF\n",
    "wipe() { psql -c \"$1\"; }\nwipe 'SELECT 1'\nwipe \"$(echo 'DROP DATABASE prod')\"\n",
    "do_wipe() { dropdb prod; }\ncmd=$1; shift\n\"$cmd\" \"$@\"\n",
    "wipe() { dropdb prod; }\nexport -f wipe\nbash -c wipe\n",
    "wipe() { dropdb prod; }\ntrap wipe EXIT\n",
    "for db in $(psql -lqt | cut -d'|' -f1); do dropdb \"$db\"; done\n",
    "while IFS= read -r db; do dropdb \"$db\"; done <<EOF\nprod\nEOF\n",
    "drop_one() { dropdb \"$1\"; }\nfor db in a b; do drop_one $db; done\n",
    "drop_one() { local db=\"${1:?}\"; dropdb \"$db\"; }\ndrop_one prod\n",
    "if [ \"$(uname)\" = Darwin ]; then dropdb prod; else sudo -u postgres dropdb prod; fi\n",
    "python3 - <<EOF\nimport os\nos.system(\"dropdb prod\")\nEOF\n",
    "coproc dropdb prod\n",
    "\"$(which dropdb)\" prod\n",
    "$(command -v dropdb) prod\n",
    "\"${PGBIN}/dropdb\" prod\n",
    "do_wipe() { dropdb prod; }\ncmd=\"${1:-help}\"\n\"do_${cmd}\"\n",
    "wipe() { dropdb prod; }\n\"${1:-usage}\" \"${@:2}\"\n",
    "wipe() { dropdb prod; }\nmain() {\n  local cmd=$1\n  shift\n  \"$cmd\" \"$@\"\n}\nmain \"$@\"\n",
    "do_wipe() { dropdb prod; }\nmain() { do_${1//-/_}; }\nmain \"$@\"\n",
    "run_sql() {\n  docker exec -i db psql\n}\nrun_sql <<EOF\nDROP DATABASE prod;\nEOF\n",
    "for it in prod; do\n  echo \"DROP DATABASE $it;\"\ndone | psql\n",
    "while read -r it; do printf 'DROP DATABASE %s;\\n' \"$it\"; done | psql\n",
    "said() {\n  echo \"DROP DATABASE $1;\"\n}\nsaid prod | psql\n",
    "said() {\n  cat <<EOF\nDROP DATABASE prod;\nEOF\n}\nsaid | psql\n",
    "said() { if [ \"$1\" ]; then echo 'DROP DATABASE prod;'; fi; }\n{ said a; } | psql\n",
];

/// What most scripts begin with, under which each command is a condition as well.
const STRICT: &str = "#!/usr/bin/env bash\nset -euo pipefail\n";

#[test]
fn finds_what_is_handed_on() {
    for text in DROPS {
        for text in [(*text).to_owned(), format!("{STRICT}{text}")] {
            let found = open("scripts/a.sh", &text);
            assert_eq!(found.len(), 1, "{text} {found:?}");
        }
    }
}

#[test]
fn finds_what_a_loop_reads_from_a_command() {
    let list = "aws s3api list-object-versions --bucket $b --output text";
    for text in [
        format!(
            "while read -r key version; do\n  aws s3api delete-object --bucket $b --key $key\ndone < <({list})\n"
        ),
        format!(
            "while read -r key; do\n  c=\"aws s3api delete-object --bucket $b --key $key\"\n  eval $c\ndone < <({list})\n"
        ),
        format!(
            "mapfile -t keys < <({list})\nfor key in \"${{keys[@]}}\"; do\n  aws s3api delete-object --bucket $b --key $key\ndone\n"
        ),
        format!(
            "while read -r key; do\n  aws s3api delete-object --bucket $b --key $key\ndone <<< \"$({list})\"\n"
        ),
    ] {
        let found: Vec<&str> = open("scripts/a.sh", &text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, ["sh.aws.each"], "{text}");
    }
}

#[test]
fn finds_what_an_image_starts() {
    for (text, kind) in [
        ("docker run --rm -it amazon/aws-cli s3 rm --recursive s3://shop-uploads\n", "sh.aws.s3"),
        ("docker run --rm bitnami/kubectl:latest delete namespace shop\n", "sh.kubectl"),
        (
            "docker run -v $PWD/c.yml:/c.yml quay.io/x/aws-nuke:v2 --config /c.yml --no-dry-run --force\n",
            "sh.nuke",
        ),
        ("echo my-account | aws-nuke --config c.yml --no-dry-run\n", "sh.nuke"),
    ] {
        assert_eq!(open("scripts/a.sh", text), [(1, kind)], "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        // Written, and not run.
        "cat > wipe.sql <<EOF\nDROP DATABASE prod;\nEOF\n",
        "echo 'dropdb prod' > wipe.sh\ncat wipe.sh\n",
        // Another file.
        "echo 'DROP DATABASE prod;' > a.sql\npsql -f b.sql\n",
        // Written over.
        "echo 'DROP DATABASE prod;' > a.sql\necho 'SELECT 1;' > a.sql\npsql -f a.sql\n",
        // Errors go elsewhere.
        "echo 'DROP DATABASE prod;' 2> a.sql\npsql -f a.sql\n",
        // Read by nobody who would run it.
        "note() {\n  cat\n}\nnote <<EOF\ndropdb prod\nEOF\n",
        // What another file says.
        "wipe() { dropdb prod; }\nrun() { \"$@\"; }\n",
        // The words behind `shift` are others.
        "run() {\n  shift 2\n  \"$@\"\n}\nrun dropdb prod ls -l\n",
        "docker run --rm postgres:15 pg_isready\n",
    ] {
        assert_eq!(open("scripts/a.sh", text), [], "{text}");
    }
}

#[test]
fn what_a_file_of_helpers_hands_over_is_called_by_others() {
    let text = "const clear = async () => { await User.deleteMany({}); };\n";
    for exported in ["export default clear;\n", "module.exports = clear;\n"] {
        let helper = format!("{text}{exported}");
        assert_eq!(open("server/utils/clear.js", &helper), [], "{helper}");
        assert_eq!(open("scripts/clear.js", &helper).len(), 1, "{helper}");
        let called = format!("{helper}clear();\n");
        assert_eq!(open("server/utils/clear.js", &called).len(), 1, "{called}");
    }
    let called = format!("{text}clear();\n");
    assert_eq!(open("api/UnitTests/clear.js", &called), []);
}
