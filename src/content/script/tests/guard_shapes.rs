//! Guards in the shapes that people write, and what only looks like one. benches/guard_shapes.py has more of them.

use super::{guarded, open};

#[test]
fn knows_guards() {
    for (path, text) in [
        // What only says something goes well.
        ("a.sh", "read a\n[ \"$a\" = y ] || { echo no && exit 1; }\ndropdb shop\n"),
        ("a.sh", "read a\nif [ \"$a\" != y ]; then printf 'no\\n' && exit 1; fi\ndropdb shop\n"),
        ("a.sh", "echo \"$ENV\" | grep -qv prod || exit 1\ndropdb shop\n"),
        // The last command of a list ends a strict shell.
        ("a.sh", "set -e\nread a\n[ \"$a\" = y ] || (exit 1)\ndropdb shop\n"),
        ("a.sh", "set -e\nread a\n[ \"$a\" = y ] || (echo no; exit 1)\ndropdb shop\n"),
        ("a.sh", "set -e\nread a && [ \"$a\" = y ]\ndropdb shop\n"),
        ("a.sh", "set -e\necho -n 'Sure? ' && read a && [ ${a:-n} = y ]\ndropdb shop\n"),
        ("a.sh", "set -e\nread a && if [ \"$a\" != y ]; then exit 1; fi\ndropdb shop\n"),
        // A program ends well where its text does.
        ("a.sh", "bash -c 'read a; [ \"$a\" = y ]' || exit 1\ndropdb shop\n"),
        (
            "a.sh",
            "set -e\npython3 -c \"import sys; sys.exit(0 if input() == 'y' else 1)\"\ndropdb shop\n",
        ),
        (
            "a.sh",
            "if ! node -e \"if (process.env.CONFIRM !== 'yes') process.exit(1)\"; then exit 1; fi\ndropdb shop\n",
        ),
        // What a function reads ends with it, on whichever way it was called.
        (
            "a.sh",
            "set -e\nsay() { echo \"$1\"; }\nif [ -n \"$NAME\" ]; then say \"$NAME\"; fi\nread -r a\nif [ \"$a\" != yes ]; then exit; fi\ndropdb shop\n",
        ),
        (
            "a.sh",
            "set -e\nshow() { cat; }\nif [ -n \"$NAME\" ]; then show <<< \"$NAME\"; fi\nread -r a\nif [ \"$a\" != yes ]; then exit; fi\ndropdb shop\n",
        ),
        // A stack that never came to be.
        (
            "a.sh",
            "s=$(aws cloudformation describe-stacks --query 'Stacks[0].StackStatus' --output text)\nif [ \"$s\" = ROLLBACK_COMPLETE ]; then aws cloudformation delete-stack --stack-name a; fi\n",
        ),
        (
            "a.sh",
            "GUM=$(command -v gum || true)\nask() {\n  if [ -n \"$GUM\" ]; then \"$GUM\" confirm Sure && return 0 || return 1; fi\n  read -r a\n  [[ $a =~ ^[yY] ]]\n}\nask || exit\ndropdb shop\n",
        ),
        // A phrase as an argument.
        ("a.sh", "[ \"$1\" = 'drop all of it' ] || exit 1\ndropdb shop\n"),
        (
            "a.js",
            "const argv = require('yargs').options({ m: { required: true } }).argv;\nif (argv.m !== 'wipe all of it') process.exit(1);\nmongoose.connection.dropDatabase();\n",
        ),
        // What loops before have read is gone with them.
        (
            "a.sh",
            "if [ -d a ]; then\n  while read -r it; do all+=(\"$it\"); done < <(ls a)\nfi\nif [ -d b ]; then\n  while read -r it; do all+=(\"$it\"); done < <(ls b)\nfi\nread -r typed\n[ \"$typed\" = shop ] || exit 1\ndropdb shop\n",
        ),
        // What a function is called with is its own.
        (
            "a.sh",
            "log() { echo \"$*\"; }\nlog start\n[ \"$1\" = --force ] || exit 1\ndropdb shop\n",
        ),
        (
            "a.sh",
            "log() { echo \"$*\"; }\nlog start\nfor it in \"$@\"; do [ \"$it\" = --yes ] && yes=1; done\n[ \"${yes:-}\" = 1 ] || exit 1\ndropdb shop\n",
        ),
        // A `!` before a pipe is about all of it; a pattern in pieces.
        ("a.sh", "read a\nif ! echo \"$a\" | grep -iq '^y'; then exit 1; fi\ndropdb shop\n"),
        ("a.sh", "[[ \"$DATABASE_URL\" == *\"localhost\"* ]] || exit 1\ndropdb shop\n"),
        ("a.sh", "[[ \" $* \" == *\" --force \"* ]] || exit 1\ndropdb shop\n"),
        // How the command before ended.
        ("a.sh", "dialog --yesno Drop 7 60\nanswer=$?\n[ $answer -eq 0 ] || exit\ndropdb shop\n"),
        ("a.sh", "dialog --yesno Drop 7 60\ncase $? in\n  0) dropdb shop ;;\nesac\n"),
        // What a function prints, and one that asks again.
        (
            "a.sh",
            "ask() {\n  read -p \"$1\" a\n  echo \"$a\"\n}\nx=$(ask Drop)\n[ \"$x\" = yes ] || exit\ndropdb shop\n",
        ),
        (
            "a.sh",
            "ask() {\n  read -p \"$1\" a\n  case $a in\n    y) return 0 ;;\n    n) return 1 ;;\n    *) ask \"$1\" ;;\n  esac\n}\nask 'Drop it?' || exit\ndropdb shop\n",
        ),
        // Arithmetic.
        (
            "a.sh",
            "FORCE=0\n[ \"$1\" = --force ] && FORCE=1\nif (( ! FORCE )); then exit 1; fi\ndropdb shop\n",
        ),
        (
            "a.py",
            "def ask():\n    a = input()\n    if a == 'y':\n        return True\n    elif a == 'n':\n        return False\n    return ask()\n\nif ask():\n    db.drop_all()\n",
        ),
        (
            "a.py",
            "a = ''\nwhile a not in ('y', 'n'):\n    a = input()\nif a == 'n':\n    exit()\ndb.drop_all()\n",
        ),
        (
            "a.py",
            "match input():\n    case 'y' | 'yes':\n        db.drop_all()\n    case _:\n        print('no')\n",
        ),
        ("a.py", "if not strtobool(input()):\n    exit()\ndb.drop_all()\n"),
        ("a.py", "if settings.is_production:\n    exit()\ndb.drop_all()\n"),
        (
            "a.py",
            "def dev(f):\n    def inner(*args):\n        if os.getenv('ENV') != 'dev':\n            exit()\n        return f(*args)\n    return inner\n\n@dev\ndef wipe():\n    db.drop_all()\n\nwipe()\n",
        ),
        (
            "a.py",
            "LOCAL = ('localhost', '127.0.0.1')\nif not any(it in db_url for it in LOCAL):\n    exit()\ndb.drop_all()\n",
        ),
        (
            "a.js",
            "const LOCAL = ['localhost'];\nif (!LOCAL.some((it) => process.env.DATABASE_URL.includes(it))) process.exit(1);\nawait mongoose.connection.dropDatabase();\n",
        ),
        (
            "script/a.rb",
            "loop do\n  a = gets.chomp\n  break if a == 'y'\n  exit if a == 'n'\nend\nUser.delete_all\n",
        ),
        (
            "script/a.rb",
            "dry_run = true\nOptionParser.new do |opts|\n  opts.on('--execute') { dry_run = false }\nend.parse!\nexit if dry_run\nUser.delete_all\n",
        ),
        (
            "a.php",
            "<?php\nif (strcasecmp(readline(), 'yes') !== 0) exit(1);\n$pdo->exec('TRUNCATE users');\n",
        ),
        (
            "a.sh",
            "db=\"${1:-}\"\nread -r typed\n[[ \"$typed\" == \"$db\" ]] || exit 1\ndropdb \"$db\"\n",
        ),
        (
            "Rakefile",
            "task reset: ['db:check_protected_environments', :environment] do\n  User.delete_all\nend\n",
        ),
        ("a.sh", "if [ \"$RESET_DATABASE\" != yes ]; then exit 1; fi\ndropdb shop\n"),
        ("a.js", "Popup.afterConfirm('wipe', () => mongoose.connection.dropDatabase());\n"),
        (
            "a.ps1",
            "param([switch]$Drop)\nif ($Drop.IsPresent) { Invoke-Sqlcmd -Query 'DROP DATABASE shop' }\n",
        ),
        (
            "a.ps1",
            "param([bool]$DryRun = $true)\nif ($DryRun) { return }\nInvoke-Sqlcmd -Query 'DROP DATABASE shop'\n",
        ),
        (
            "cmd/a/main.go",
            "package main\nfunc main() {\n\tok := false\n\tprompt := &survey.Confirm{Message: \"Drop?\"}\n\tsurvey.AskOne(prompt, &ok)\n\tif !ok {\n\t\treturn\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
    ] {
        assert_eq!((guarded(path, text).len(), open(path, text).len()), (1, 0), "{text}");
    }
}

#[test]
fn knows_what_is_no_guard() {
    for (path, text) in [
        // No failure of these ends the shell.
        ("a.sh", "read a\n[ \"$a\" = y ] || (exit 1)\ndropdb shop\n"),
        ("a.sh", "read a && [ \"$a\" = y ]\ndropdb shop\n"),
        ("a.sh", "set -e\nread a\n[ \"$a\" = y ] && echo fine\ndropdb shop\n"),
        ("a.sh", "set -e\nread a\n! [ \"$a\" = n ]\ndropdb shop\n"),
        ("justfile", "reset:\n  read a; [ \"$a\" = y ]; echo\n  dropdb shop\n"),
        // It ends well where it says that it does.
        ("a.sh", "set -e\npython3 -c \"if input() != 'y': exit(0)\"\ndropdb shop\n"),
        (
            "a.sh",
            "node -e \"if (process.env.CONFIRM !== 'yes') process.exit(1)\" || true\ndropdb shop\n",
        ),
        ("a.sh", "bash -c 'read a; [ \"$a\" = y ]'\ndropdb shop\n"),
        ("a.sh", "bash -c 'read a; [ \"$a\" = y ] && exit 1'\ndropdb shop\n"),
        // What is so by default was asked for by nobody.
        ("a.sh", "DROP=${DROP:-true}\nif [ \"$DROP\" = true ]; then dropdb shop; fi\n"),
        ("a.sh", "if (( $# < 1 )); then exit 1; fi\ndropdb shop\n"),
        ("a.sh", "(( DRY_RUN )) || dropdb shop\n"),
        ("Makefile", "CONFIRM ?= yes\nreset:\n\t@[ \"$(CONFIRM)\" = yes ]\n\tdropdb shop\n"),
        (
            "a.ps1",
            "param([string]$Environment = 'dev')\nif ($Environment -ne 'dev') { throw 'no' }\nInvoke-Sqlcmd -Query 'DROP DATABASE shop'\n",
        ),
        (
            "cmd/a/main.go",
            "package main\nfunc env() string {\n\tif e := os.Getenv(\"ENV\"); e != \"\" {\n\t\treturn e\n\t}\n\treturn \"dev\"\n}\nfunc main() {\n\tif env() != \"dev\" {\n\t\tlog.Fatal(\"no\")\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        // A function that is looked at, and not called.
        ("a.py", "def confirm():\n    return input() == 'y'\n\nif confirm:\n    db.drop_all()\n"),
        (
            "a.py",
            "def dev(f):\n    def inner(*args):\n        if os.getenv('ENV') != 'dev':\n            print('careful')\n        return f(*args)\n    return inner\n\n@dev\ndef wipe():\n    db.drop_all()\n\nwipe()\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
}

#[test]
fn keeps_the_question_of_a_tool_where_nothing_else_is_run_without_it() {
    for rest in [
        "cryptsetup luksFormat \"$1\"\ncryptsetup luksOpen \"$1\" new\nmkfs.ext4 /dev/mapper/new\n",
        "terraform destroy\naws s3 rb s3://photos --force\n",
    ] {
        assert_eq!(open("a.sh", &format!("set -e\n{rest}")), [], "{rest}");
        assert_eq!(open("a.sh", rest).len(), 1, "{rest}");
    }
    // Rails asks nobody: it refuses where it is told that this is production.
    assert_eq!(open("a.sh", "set -e\nrails db:drop\naws s3 rb s3://photos --force\n").len(), 1);
}

#[test]
fn what_only_sounds_like_a_guard_is_none() {
    for text in [
        // Another program has a word that is called so.
        "set -e\n$API confirm order 7\ndropdb shop\n",
        // The pattern that it looks for looks like a flag that inverts it.
        "echo \"$DB\" | grep -q -- -v || true\ndropdb shop\n",
        // A stack that is in use.
        "s=$(aws cloudformation describe-stacks)\nif [[ $s == *ROLLBACK_COMPLETE* ]]; then aws cloudformation delete-stack --stack-name a; fi\n",
        // It asks about something else.
        "set -e\naz group delete -n old\ndropdb shop\n",
    ] {
        assert_eq!(open("a.sh", text).len(), 1, "{text}");
    }
}

#[test]
fn lets_through_what_is_chosen_by_its_age() {
    for (path, text) in [
        (
            "a.sh",
            "for it in /backups/*; do\n  age=$(( $(date +%s) - $(stat -c %Y \"$it\") ))\n  if [ \"$age\" -gt 2592000 ]; then rm -rf \"$it\"; fi\ndone\n",
        ),
        (
            "a.sh",
            "list | while read -r id created; do\n  if (( created < cutoff )); then aws ec2 delete-snapshot --snapshot-id \"$id\"; fi\ndone\n",
        ),
        ("a.sh", "ls -1dt data/* | tail -n +8 | xargs rm -rf\n"),
        (
            "a.sh",
            "./list_empty_namespaces.sh | while read -r it; do\n  kubectl delete namespace \"$it\"\ndone\n",
        ),
        ("a.sh", "for it in $(ls -1t /backups | tail -n +8); do rm -rf \"/backups/$it\"; done\n"),
        (
            "a.py",
            "for it in ec2.describe_snapshots()['Snapshots']:\n    if it['StartTime'] < cutoff:\n        ec2.delete_snapshot(SnapshotId=it['SnapshotId'])\n",
        ),
        (
            "a.js",
            "for (const it of fs.readdirSync('/backups')) {\n  if (fs.statSync(`/backups/${it}`).mtimeMs < cutoff) {\n    fs.rmSync(`/backups/${it}`, { recursive: true });\n  }\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
    for (path, text) in [
        // A heading is left out, and nothing else.
        ("a.sh", "docker volume ls | tail -n +2 | xargs docker volume rm\n"),
        // It is about no thing of the loop.
        (
            "a.sh",
            "for it in a b; do\n  if [ \"$age\" -gt 3 ]; then dropdb -h \"$PGHOST\" shop; fi\ndone\n",
        ),
        ("a.sh", "for it in a b; do\n  if [ \"$age\" -gt 3 ]; then dropdb shop; fi\ndone\n"),
        (
            "a.sh",
            "for it in /backups/*; do\n  if [ \"$size\" -gt 3 ]; then rm -rf \"$it\"; fi\ndone\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
}

#[test]
fn how_a_function_ended_is_told_by_what_it_returns() {
    let ask = "ask() {\n  local rc=1\n  read -r a\n  [[ $a == [Yy]* ]] && rc=0\n  return $rc\n}\n";
    let plain = "ask() { read -r a; [ \"$a\" = y ]; }\n";
    for (function, rest) in [
        (ask, "ask || exit"),
        (plain, "ask\nrc=$?\nif [ $rc -ne 0 ]; then exit $rc; fi"),
        (plain, "ask\nrc=$?\n[ $rc -eq 0 ] || exit 1"),
    ] {
        let text = format!("{function}{rest}\ndropdb shop\n");
        assert_eq!(guarded("a.sh", &text).len(), 1, "{text}");
    }
    for (function, rest) in
        [(ask, "ask && exit"), (ask, "ask"), (plain, "ask\nrc=$?\nif [ $rc -eq 0 ]; then exit; fi")]
    {
        let text = format!("{function}{rest}\ndropdb shop\n");
        assert_eq!(open("a.sh", &text).len(), 1, "{text}");
    }
}

#[test]
fn what_is_looked_for_is_known_however_it_is_read() {
    for text in [
        "grep -q localhost <<< \"$DATABASE_URL\" || exit 1\npsql \"$DATABASE_URL\" -c 'DROP TABLE users'\n",
        "ALLOWED=(dev test)\n[[ \" ${ALLOWED[*]} \" =~ \" $APP_ENV \" ]] || exit 1\ndropdb shop\n",
    ] {
        assert_eq!(guarded("a.sh", text).len(), 1, "{text}");
    }
    for text in [
        "grep -q postgres <<< \"$DATABASE_URL\" || exit 1\npsql \"$DATABASE_URL\" -c 'DROP TABLE users'\n",
        "ALLOWED=(dev production)\n[[ \" ${ALLOWED[*]} \" =~ \" $APP_ENV \" ]] || exit 1\ndropdb shop\n",
    ] {
        assert_eq!(open("a.sh", text).len(), 1, "{text}");
    }
}

#[test]
fn what_is_not_set_or_anything_is_let_through() {
    for (path, text) in [
        (
            "a.py",
            "import os, sys\nif os.environ.get('APP_ENV') not in ('dev', 'test', None):\n    sys.exit(1)\nos.system('dropdb shop')\n",
        ),
        (
            "a.js",
            "if (!['dev', undefined].includes(process.env.NODE_ENV)) throw new Error('no');\nrequire('child_process').execSync('dropdb shop');\n",
        ),
        ("a.sh", "read -r a\nif [[ $a =~ y* ]]; then dropdb shop; fi\n"),
        (
            "a.py",
            "import os, re\na = input('Sure? ')\nif re.match('[yY]?', a):\n    os.system('dropdb shop')\n",
        ),
        (
            "a.ps1",
            "[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]\nparam()\n$ConfirmPreference = 'None'\nif ($PSCmdlet.ShouldProcess('a', 'b')) { docker compose down -v }\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.sh", "read -r a\nif [[ $a =~ ^y ]]; then dropdb shop; fi\n"),
        (
            "a.py",
            "import os, re\na = input('Sure? ')\nif bool(re.match('[yY]', a)):\n    os.system('dropdb shop')\n",
        ),
        (
            "a.py",
            "import os, sys\nif os.environ.get('APP_ENV') not in ('dev', 'test'):\n    sys.exit(1)\nos.system('dropdb shop')\n",
        ),
        // In a thread, while others go on.
        (
            "a.py",
            "import asyncio, os\nasync def main():\n    a = await asyncio.to_thread(input, 'Sure? ')\n    if a != 'y':\n        return\n    os.system('dropdb shop')\nasyncio.run(main())\n",
        ),
        (
            "a.py",
            "import asyncio, os\nasync def ask():\n    loop = asyncio.get_running_loop()\n    return await loop.run_in_executor(None, input, 'Sure? ') == 'y'\nasync def main():\n    if not await ask():\n        return\n    os.system('dropdb shop')\nasyncio.run(main())\n",
        ),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
}

#[test]
fn one_of_two_functions_is_called_as_a_condition_picks_it() {
    let text = |test: &str| {
        format!(
            "import os, sys\ndef wipe():\n    os.system('dropdb shop')\ndef show():\n    print('shop')\naction = {test}\naction()\n"
        )
    };
    assert_eq!(open("a.py", &text("show if '--show' in sys.argv else wipe")).len(), 1);
    assert_eq!(guarded("a.py", &text("wipe if '--force' in sys.argv else show")).len(), 1);
    let text = "function wipe() { require('child_process').execSync('dropdb shop'); }\nfunction show() {}\nconst act = process.argv[2] === 'show' ? show : wipe;\nact();\n";
    assert_eq!(open("a.js", text).len(), 1);
    assert_eq!(open("a.sh", "${DRY_RUN:+echo} dropdb shop\n").len(), 1);
    assert_eq!(open("a.sh", "${DRY_RUN:-echo} dropdb shop\n").len(), 0);
}

#[test]
fn that_another_store_is_here_says_nothing_of_the_database() {
    let check = |name: &str| {
        format!(
            "[ \"${name}\" = localhost ] || exit 1\npsql -h \"$DB_HOST\" -c 'DROP TABLE users'\n"
        )
    };
    assert_eq!(open("a.sh", &check("REDIS_HOST")).len(), 1);
    assert_eq!(open("a.sh", &check("CACHE_HOST")).len(), 1);
    assert_eq!(guarded("a.sh", &check("DB_HOST")).len(), 1);
    assert_eq!(guarded("a.sh", &check("PGHOST")).len(), 1);
    // Of the store itself, or of both.
    let text = "[ \"$REDIS_HOST\" = localhost ] || exit 1\nredis-cli -h \"$REDIS_HOST\" flushall\n";
    assert_eq!(guarded("a.sh", text).len(), 1);
    let text = "if [ \"$REDIS_HOST\" != localhost ] || [ \"$DB_HOST\" != localhost ]; then exit 1; fi\npsql -h \"$DB_HOST\" -c 'DROP TABLE users'\n";
    assert_eq!(guarded("a.sh", text).len(), 1);
}
