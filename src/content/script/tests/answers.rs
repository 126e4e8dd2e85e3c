//! What an answer has to say to agree, and what is only of some form, picks something, or agrees by itself.

use super::{guarded, open, script};
use crate::content::script::model::{GuardKind, Strength};

#[test]
fn an_answer_of_some_form_agrees_to_nothing() {
    for (path, text) in [
        (
            "a.sh",
            "read -p \"Port: \" p\nif ! [[ \"$p\" =~ ^[0-9]+$ ]]; then echo bad; exit 1; fi\nrm -rf /var/lib/mysql\n",
        ),
        (
            "a.sh",
            "read -p \"Version: \" v\n[[ $v =~ ^[0-9]+\\.[0-9]+\\.[0-9]+$ ]] || exit 1\ndropdb app\n",
        ),
        (
            "a.sh",
            "read -p \"E-mail: \" m\n[[ \"$m\" =~ ^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-z]{2,}$ ]] || { echo bad; exit 1; }\ndropdb app\n",
        ),
        (
            "a.sh",
            "read -p \"User name: \" u\nif [[ ! $u =~ ^[a-z_][a-z0-9_-]*$ ]]; then exit 1; fi\ndropdb app\n",
        ),
        ("a.sh", "read -p \"User name: \" u\n[[ $u == *@* ]] || exit 1\ndropdb app\n"),
        (
            "a.sh",
            "while true; do read p; [[ $p =~ ^[0-9]+$ ]] && break; done\nrm -rf /var/lib/mysql\n",
        ),
        (
            "a.sh",
            "while true; do\n  read -p \"Port: \" p\n  case $p in [0-9]*) break;; *) echo bad;; esac\ndone\nrm -rf /var/lib/mysql\n",
        ),
        (
            "a.sh",
            "read -p \"Dump: \" f\nif [[ $f != *.sql ]]; then echo no; exit 1; fi\ndropdb app\n",
        ),
        ("a.sh", "read -r version < VERSION\n[[ $version =~ ^[0-9] ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Port: \" p\necho \"$p\" | grep -qE '^[0-9]+$' || exit 1\ndropdb app\n"),
        (
            "a.ps1",
            "$n=Read-Host \"Name\"\nif($n -notmatch '^[a-z]+$'){throw 'bad'}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
        (
            "a.py",
            "import re, os\np = input(\"Port: \")\nif not re.match(r\"^\\d+$\", p):\n    raise SystemExit(1)\nos.system(\"dropdb app\")\n",
        ),
        (
            "a.js",
            "const a = await rl.question('Port: ');\nif (!/^\\d+$/.test(a)) process.exit(1);\nawait db.query('DROP DATABASE app');\n",
        ),
        (
            "a.js",
            "const a = await rl.question('Mail: ');\nif (!a.match(/^[^@]+@[^@]+$/)) process.exit(1);\nawait db.query('DROP DATABASE app');\n",
        ),
        (
            "a.js",
            "const a = await rl.question('Mail: ');\nif (!a.includes('@')) process.exit(1);\nawait db.query('DROP DATABASE app');\n",
        ),
        (
            "a.rb",
            "print \"Port: \"\np = gets.chomp\nexit 1 unless p =~ /\\A\\d+\\z/\nActiveRecord::Base.connection.execute(\"DROP TABLE users\")\n",
        ),
        (
            "a.rb",
            "print \"Port: \"\np = gets.chomp\nabort unless p.match?(/^[0-9]+$/)\nsystem(\"dropdb app\")\n",
        ),
        (
            "a.php",
            "<?php\n$p = readline(\"Port: \");\nif (!preg_match('/^[0-9]+$/', $p)) { exit(1); }\n$db->query('DROP TABLE users');\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn an_answer_that_only_picks_agrees_to_nothing() {
    for (path, text) in [
        (
            "a.sh",
            "read -p \"Env (dev|prod): \" e\ncase $e in dev|prod) ;; *) exit 1;; esac\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Env (dev|prod): \" e\n[ \"$e\" = dev -o \"$e\" = prod ] || exit 1\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Env (dev|prod): \" e\n[[ \"$e\" == dev || \"$e\" == prod ]] || exit 1\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Env (dev|prod): \" e\nif [ \"$e\" != dev ] && [ \"$e\" != prod ]; then exit 1; fi\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Env (dev|prod): \" e\n[[ \"$e\" =~ ^(dev|prod)$ ]] || exit 1\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "select e in dev prod quit; do\n  case $e in dev|prod) break;; quit) exit;; esac\ndone\ndropdb app_$e\n",
        ),
        (
            "a.py",
            "e = input(\"Env: \")\nif e not in (\"dev\", \"prod\"):\n    raise SystemExit(1)\nimport os\nos.system(\"dropdb app_\" + e)\n",
        ),
        (
            "a.py",
            "e = input(\"Env: \")\nif e != \"dev\" and e != \"prod\":\n    raise SystemExit(1)\nimport os\nos.system(\"dropdb app_\" + e)\n",
        ),
        (
            "a.js",
            "const e = await rl.question('Env: ');\nif (e !== 'dev' && e !== 'prod') process.exit(1);\nexecSync(`dropdb app_${e}`);\n",
        ),
        ("a.sh", "read -p \"Drop? \" a\n[[ $a =~ ^[yn]$ ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Drop? \" a\n[[ $a =~ ^(y|n|Y|N)$ ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Drop? \" a\n[[ $a == [yYnN] ]] || exit 1\ndropdb app\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn an_answer_agrees() {
    for (path, text) in [
        ("a.sh", "read -p \"Sure? \" a\n[[ $a =~ ^[Yy]([Ee][Ss])?$ ]] || exit 1\ndropdb app\n"),
        (
            "a.sh",
            "read -p \"Sure? \" -n 1 -r\nif [[ ! $REPLY =~ ^[Yy]$ ]]; then exit 1; fi\ndropdb app\n",
        ),
        ("a.sh", "read -p \"Sure? \" a\ncase $a in [Yy]*) ;; *) exit 1;; esac\ndropdb app\n"),
        ("a.sh", "read -p \"Sure? \" a\n[[ $a == [yY] ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Sure? \" a\n[[ $a =~ ^[Yy].* ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Type DELETE: \" a\n[[ $a == DELETE ]] || exit 1\ndropdb app\n"),
        ("a.sh", "read -p \"Type the name: \" a\n[[ $a == \"$DB\" ]] || exit 1\ndropdb \"$DB\"\n"),
        ("a.sh", "read -p \"Type the name: \" a\n[[ $a == app ]] || exit 1\ndropdb app\n"),
        (
            "a.sh",
            "while true; do\n    read -p \"Do you wish to drop? \" yn\n    case $yn in\n        [Yy]* ) break;;\n        [Nn]* ) exit;;\n        * ) echo \"Please answer yes or no.\";;\n    esac\ndone\ndropdb app\n",
        ),
        (
            "a.py",
            "import re, os\np = input(\"Sure? \")\nif not re.match(r\"^[yY]\", p):\n    raise SystemExit(1)\nos.system(\"dropdb app\")\n",
        ),
        (
            "a.js",
            "const a = await rl.question('Sure? ');\nif (!/^y(es)?$/i.test(a)) process.exit(1);\nawait db.query('DROP DATABASE app');\n",
        ),
        (
            "a.rb",
            "print \"Sure? \"\np = gets.chomp\nexit 1 unless p =~ /\\Ay/i\nsystem(\"dropdb app\")\n",
        ),
        (
            "a.ps1",
            "$n=Read-Host \"Sure?\"\nif($n -notmatch '^[yY]'){throw 'bad'}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
        (
            "a.php",
            "<?php\n$p = readline(\"Sure? \");\nif (!preg_match('/^[yY]/', $p)) { exit(1); }\n$db->query('DROP TABLE users');\n",
        ),
        (
            "a.sh",
            "read -p \"Drop [y/N] \" a\n[[ ! $a =~ ^[Nn]o?$ ]] && [[ $a ]] || exit 1\ndropdb app\n",
        ),
        ("a.sh", "read -p \"Sure? \" a\necho \"$a\" | grep -iq '^y' || exit 1\ndropdb app\n"),
        (
            "a.sh",
            "read -r -p \"Are you sure? [y/N] \" response\ncase \"$response\" in\n    [yY][eE][sS]|[yY])\n        ;;\n    *)\n        exit 1\n        ;;\nesac\ndropdb app\n",
        ),
        (
            "a.sh",
            "read -r -p \"Are you sure? [y/N] \" response\nresponse=${response,,}\nif [[ \"$response\" =~ ^(yes|y)$ ]]; then dropdb app; fi\n",
        ),
        (
            "a.sh",
            "read -r -p \"Are you sure? [y/N] \" response\nif [[ \"$response\" =~ ^(oui|o)$ ]]; then dropdb app; fi\n",
        ),
        (
            "a.sh",
            "read -p \"Sure? \" a\nif [[ \"$a\" =~ ^([yY][eE][sS]|[yY])+$ ]]; then dropdb app; fi\n",
        ),
        ("a.sh", "read -p \"Env: \" e\n[ \"$e\" = dev ] || exit 1\ndropdb app_$e\n"),
        (
            "a.sh",
            "read -p \"Env: \" e\n[ \"$e\" = dev -o \"$e\" = test ] || exit 1\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Env: \" e\ncase $e in dev|staging) ;; *) exit 1;; esac\ndropdb app_$e\n",
        ),
        (
            "a.sh",
            "read -p \"Type production to go on: \" e\n[ \"$e\" = production ] || exit 1\ndropdb app\n",
        ),
        ("a.sh", "read -p \"Sure? \" e\n[ \"$e\" = y -o \"$e\" = Y ] || exit 1\ndropdb app\n"),
        (
            "a.sh",
            "read -p \"Sure? \" e\nif [ \"$e\" != y ] && [ \"$e\" != yes ]; then exit 1; fi\ndropdb app\n",
        ),
        (
            "a.sh",
            "echo \"Sure?\"\nselect e in Yes No; do\n  case $e in Yes) break;; No) exit;; esac\ndone\ndropdb app\n",
        ),
        (
            "a.sh",
            "read -p \"Drop? [y/N] \" ans\nans=${ans:-n}\n[ \"$ans\" = y ] || exit 1\ndropdb app\n",
        ),
        ("a.sh", "read -p \"Drop? [y/N] \" a\nif [[ \"${a:-n}\" == y ]]; then dropdb app; fi\n"),
        (
            "a.sh",
            "read -p \"Drop? [y/N] \" a\ncase \"${a:-N}\" in y|Y) ;; *) exit 1;; esac\ndropdb app\n",
        ),
        (
            "a.sh",
            "read -p \"Drop? [y/N] \" a\n[[ -z \"$a\" ]] && exit\n[[ \"$a\" =~ ^[Yy]$ ]] || exit 1\ndropdb app\n",
        ),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
        assert_eq!(guarded(path, text)[0].1, GuardKind::Confirmation, "{text}");
    }
}

#[test]
fn an_answer_that_agrees_where_nobody_says_so_is_weak() {
    for text in [
        "read -p \"Drop? [Y/n] \" ans\nans=${ans:-y}\n[ \"$ans\" = y ] || exit 1\ndropdb app\n",
        "read -p \"Drop? [Y/n] \" a\nif [[ \"${a:-y}\" == y ]]; then dropdb app; fi\n",
        "read -p \"Drop? [Y/n] \" a\ncase \"${a:-y}\" in y|Y) ;; *) exit 1;; esac\ndropdb app\n",
        "read -p \"Drop? [Y/n] \" a\n[[ -z \"$a\" || \"$a\" =~ ^[Yy]$ ]] || exit 1\ndropdb app\n",
        "read -p \"Drop? \" ans\ncase $ans in y) echo yes;; n) exit 1;; esac\ndropdb app\n",
    ] {
        let strengths = script("a.sh", text).map(|it| it.operations[0].strength());
        assert_eq!(strengths, Some(Some(Strength::Medium)), "{text}");
    }
}

#[test]
fn a_choice_means_what_its_list_says() {
    for (path, text) in [
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nif($c -ne 0){Write-Host \"aborted\"}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nif($c -eq 0){exit}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    for (path, text) in [
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nif($c -ne 0){exit 1}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nif($c -eq 0){Invoke-Sqlcmd -Query \"DROP DATABASE app\"}\n",
        ),
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&No\",\"&Yes\"),0)\nif($c -eq 1){Invoke-Sqlcmd -Query \"DROP DATABASE app\"}\n",
        ),
        (
            "scripts/x.ps1",
            "$c=$Host.UI.PromptForChoice(\"Drop\",\"Sure?\",@(\"&Yes\",\"&No\"),1)\nif($c -eq 1){exit}\nInvoke-Sqlcmd -Query \"DROP DATABASE app\"\n",
        ),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
}

#[test]
fn an_answer_that_a_command_gives_is_nobodys() {
    for text in ["yes | dropdb -i app\n", "yes | rm -ri /var/lib/mysql\n"] {
        assert!(!open("a.sh", text).is_empty(), "{text}");
    }
    assert_eq!(open("a.sh", "dropdb -i app\n"), []);
}

#[test]
fn an_answer_may_be_looked_for_in_a_list_or_in_brackets() {
    for condition in [
        "contains(fromJSON('[\"yes\", \"YES\"]'), inputs.confirm)",
        "contains(github.event.head_commit.message, '[reset-db]')",
    ] {
        let text = format!(
            "on: push\njobs:\n  reset:\n    if: {condition}\n    runs-on: ubuntu-latest\n    steps:\n      - run: psql \"$PROD_DATABASE_URL\" -c 'DROP SCHEMA public CASCADE'\n"
        );
        assert_eq!(open(".github/workflows/reset.yml", &text), [], "{text}");
    }
}
