//! What goes through all that a client lists, in any language, and what chooses among it.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

#[test]
fn what_a_query_puts_together_is_run_for_each_row() {
    for (path, text) in [
        (
            "a.py",
            "cursor.execute(\"SELECT 'DROP TABLE ' || tablename FROM pg_tables\")\nfor row in cursor.fetchall():\n    cursor.execute(row[0])\n",
        ),
        (
            "a.py",
            "rows = db.execute(\"SELECT 'TRUNCATE ' || name FROM tables\").fetchall()\nfor (statement,) in rows:\n\n    db.execute(statement)\n",
        ),
        (
            "a.js",
            "pool.query(`SELECT 'DROP TABLE ' || tablename FROM pg_tables`)\n  .then((found) => found.rows.forEach(\n    (row) => pool.query(row.statement)));\n",
        ),
        (
            "a.php",
            "<?php $rows = $pdo->query(\"SELECT CONCAT('DROP TABLE ', table_name) AS s FROM information_schema.tables\");\nforeach ($rows as $row) {\n  $pdo->exec($row['s']); }\n",
        ),
    ] {
        let found = open(path, text);
        assert!(
            found.ends_with(&[(text.lines().count() as u32, "sql.plpgsql_exec")]),
            "{text}{found:?}"
        );
    }
    for text in [
        "cursor.execute(\"SELECT 'ANALYZE ' || tablename FROM pg_tables\")\nfor row in cursor.fetchall():\n    cursor.execute(row[0])\n",
        "cursor.execute(\"SELECT 'DROP TABLE ' || tablename FROM pg_tables\")\nfor row in cursor.fetchall():\n    print(row[0])\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
}

#[test]
fn what_a_program_is_given_to_read_is_run() {
    for (path, text) in [
        ("a.py", "subprocess.run(['psql', 'shop'], input=b'DROP TABLE users;')\n"),
        ("a.py", "subprocess.run('psql shop', shell=True, input='DROP TABLE users;')\n"),
        (
            "a.py",
            "it = subprocess.Popen(['psql'], stdin=subprocess.PIPE)\nit.communicate(b'DROP TABLE users;')\n",
        ),
        (
            "a.py",
            "it = subprocess.Popen(['psql'], stdin=subprocess.PIPE)\nit.stdin.write(b'DROP TABLE users;')\n",
        ),
        (
            "a.js",
            "const { execSync } = require('child_process');\nexecSync('psql', { input: 'DROP TABLE users;' });\n",
        ),
        (
            "a.js",
            "const { spawn } = require('child_process');\nconst it = spawn('psql', ['shop']);\nit.stdin.write('DROP TABLE users;');\n",
        ),
    ] {
        let last = text.lines().count() as u32;
        assert_eq!(open(path, text), [(last, "sql.drop_table")], "{text}");
    }
    for text in [
        "subprocess.run(['psql', 'shop'], input=b'SELECT 1;')\n",
        "it = subprocess.Popen(['cat'], stdin=subprocess.PIPE)\nit.communicate(b'DROP TABLE users;')\n",
        "open('notes.txt', 'w').write('DROP TABLE users;')\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
}

#[test]
fn finds() {
    for (path, text, found) in [
        ("a.py", "for t in client.list_topics():\n    client.delete_topic(t)\n", "each.listed"),
        (
            "a.py",
            "for f in s.files().list(pageSize=9).execute()['files']:\n    s.files().delete(fileId=f['id'])\n",
            "each.listed",
        ),
        ("a.py", "for v in client.volumes.list():\n    v.remove()\n", "each.listed"),
        (
            "a.py",
            "for n in [x for x in api.list_namespace() if x.name not in ('default',)]:\n    api.delete_namespace(n)\n",
            "each.listed",
        ),
        (
            "a.py",
            "def keys():\n    for page in s3.get_paginator('list_objects_v2').paginate(Bucket='b'):\n        yield page\nfor k in keys():\n    s3.delete_objects(Delete={'Objects': k})\n",
            "py.boto3.objects",
        ),
        (
            "a.py",
            "c.delete(collection_name='a', points_selector=FilterSelector(filter=Filter(must=[])))\n",
            "py.vector",
        ),
        (
            "a.js",
            "const all = await admin.listTopics();\nawait admin.deleteTopics({ all });\n",
            "each.listed",
        ),
        (
            "a.js",
            "const l = await d.listDocuments(A, B);\nfor (const it of l.documents) await d.deleteDocument(A, B, it.$id);\n",
            "each.listed",
        ),
        (
            "a.js",
            "const { Users } = await c.send(new ListUsersCommand({ UserPoolId: P }));\nfor (const u of Users) await c.send(new AdminDeleteUserCommand({ Username: u.Username }));\n",
            "each.listed",
        ),
        ("a.js", "client.delete({ query: '*[_type == \"post\"]' });\n", "js.es"),
        (
            "a.rb",
            "s3.list_objects_v2(bucket: 'b').contents.each { |o| s3.delete_object(bucket: 'b', key: o.key) }\n",
            "each.listed",
        ),
        ("a.rake", "task :a do\n  Rake::Task['db:drop'].execute\nend\n", "rb.rake"),
        ("a.rake", "task :a do\n  DatabaseCleaner.clean_with(:truncation)\nend\n", "rb.ar.tables"),
        (
            "a.go",
            "package main\nfunc main() {\n\tfor o := range c.ListObjects(ctx, \"b\") {\n\t\tc.RemoveObject(ctx, \"b\", o.Key)\n\t}\n}\n",
            "each.listed",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\ti := client.Collection(\"users\").Documents(ctx)\n\td, _ := i.Next()\n\td.Ref.Delete(ctx)\n}\n",
            "go.firestore",
        ),
        (
            "a.php",
            "<?php\nforeach (get_posts(['numberposts' => -1]) as $p) { wp_delete_post($p->ID, true); }\n",
            "php.wp.each",
        ),
        ("a.php", "<?php\n$s3->deleteMatchingObjects('b', '');\n", "php.s3"),
        (
            "a.php",
            "<?php\nforeach (Mage::getModel('sales/order')->getCollection() as $o) { $o->delete(); }\n",
            "php.magento.each",
        ),
        (
            "a.php",
            "<?php\nStorage::disk('s3')->delete(Storage::disk('s3')->allFiles());\n",
            "php.storage",
        ),
        (
            "a.py",
            "for e in s.events().list(calendarId='a').execute()['items']:\n    s.events().delete(eventId=e['id'])\n",
            "each.listed",
        ),
        (
            "a.js",
            "const all = await m.users.getAll();\nfor (const u of all.data) await m.users.delete({ id: u.id });\n",
            "each.listed",
        ),
        // The condition is about something else.
        (
            "a.js",
            "const l = await space.getEntries({ limit: 9 });\nfor (const e of l.items) { if (live()) await e.unpublish(); await e.delete(); }\n",
            "each.listed",
        ),
        (
            "a.js",
            "for await (const p of paginateListObjectsV2({ client }, { Bucket: B })) await client.send(new DeleteObjectsCommand({ Bucket: B, Delete: { Objects: p.Contents } }));\n",
            "js.cloud.files",
        ),
        ("a.js", "for await (const k of c.scanIterator()) await c.del(k);\n", "client.keys"),
        (
            "a.js",
            "for (const MATCH of ['order:*', 'user:*']) {\n  const all = [];\n  for await (const k of c.scanIterator({ MATCH })) all.push(k);\n  await c.del(all);\n}\n",
            "client.keys",
        ),
        ("a.js", "nano.db.destroy('shop');\n", "js.couch"),
        ("a.js", "new PouchDB('http://couch:5984/shop').destroy();\n", "js.couch"),
        ("a.js", "await channel.purgeQueue('jobs');\n", "js.amqp"),
        ("a.py", "channel.queue_purge('jobs')\n", "py.queue"),
        ("a.py", "for q in sqs.queues.all():\n    q.purge()\n", "py.queue"),
        ("a.py", "store.delete_sql_rows()\n", "code.helper"),
        (
            "a.go",
            "package main\nfunc main() {\n\tf, _ := os.OpenFile(os.Args[1], os.O_WRONLY, 0)\n\tbuf := make([]byte, 4096)\n\tf.Write(buf)\n}\n",
            "go.device",
        ),
        ("a.go", "package main\nfunc main() { wipe.Wipe(os.Args[1]) }\n", "go.device"),
        (
            "a.sh",
            "(echo 'SET foreign_key_checks = 0;'; mysqldump --no-data app | grep ^DROP) | mysql app\n",
            "sql.drop_table",
        ),
        ("a.sh", "nats stream purge ORDERS -f\n", "sh.nats"),
        ("a.sh", "ldapdelete -r -x 'ou=people,dc=example,dc=org'\n", "sh.directory"),
        ("a.sh", "postsuper -d ALL\n", "sh.mail"),
        ("a.sh", "couchbase-cli bucket-flush -c h --bucket shop --force\n", "sh.couchbase"),
        (
            "a.sh",
            "DRY_RUN=${DRY_RUN:-false}\nif [ \"$DRY_RUN\" = true ]; then exit 0; fi\ndropdb app\n",
            "sh.dropdb",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        // A condition chooses.
        (
            "a.py",
            "for t in client.list_topics():\n    if t.is_old():\n        client.delete_topic(t)\n",
        ),
        (
            "a.py",
            "for t in client.list_topics():\n    if not t.is_old():\n        continue\n    client.delete_topic(t)\n",
        ),
        ("a.py", "for t in [t for t in c.list_topics() if t.old]:\n    c.delete_topic(t)\n"),
        (
            "a.py",
            "known = set(User.names())\nfor t in c.list_topics():\n    if t not in known:\n        c.delete_topic(t)\n",
        ),
        (
            "a.py",
            "old = []\nfor t in c.list_topics():\n    if t.old:\n        old.append(t)\nfor t in old:\n    c.delete_topic(t)\n",
        ),
        (
            "a.py",
            "for r in session.query(User).all():\n    if r.old():\n        session.delete(r)\n",
        ),
        (
            "a.js",
            "const l = await c.listTopics();\nfor (const t of l.filter(old)) await c.deleteTopic(t);\n",
        ),
        (
            "a.js",
            "for (const u of await User.find()) { if (u.email.endsWith('x')) await u.deleteOne(); }\n",
        ),
        // It is listed by a prefix, by another client, or is made anew.
        ("a.py", "for t in client.list_topics(prefix='old'):\n    client.delete_topic(t)\n"),
        ("a.py", "for t in other.list_topics():\n    client.delete_topic(t)\n"),
        (
            "a.js",
            "const l = await g.listComments({ owner });\nfor (const c of l.data) await g.deleteComment({ id: c.id });\n",
        ),
        ("a.py", "for c in client.containers.list():\n    c.remove()\n"),
        ("a.py", "for p in os.listdir('x'):\n    os.remove(p)\n"),
        ("a.js", "for (const k of map.keys()) map.delete(k);\n"),
        (
            "a.php",
            "<?php\nforeach (get_posts(['meta_key' => 'a']) as $p) { wp_delete_post($p->ID); }\n",
        ),
        ("a.rake", "task :a do\n  Rake::Task['db:migrate'].invoke\nend\n"),
        ("a.js", "await knex.destroy();\nnew PouchDB('local').destroy();\n"),
        (
            "a.go",
            "package main\nfunc main() {\n\tf, _ := os.OpenFile(os.Args[1], os.O_CREATE, 0)\n\tf.Write(make([]byte, 4096))\n}\n",
        ),
        ("a.sh", "ldapdelete -x 'uid=ann,dc=example,dc=org'\npostsuper -d \"$id\"\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn knows_guards() {
    for (path, text, guard) in [
        (
            "a.py",
            "from rich.prompt import Confirm\nif Confirm.ask('Drop?'):\n    db.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "a.sh",
            "select yn in Yes No; do\n  case $yn in\n    Yes ) break;;\n    No ) exit;;\n  esac\ndone\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "a.rake",
            "task :a do\n  raise 'no' if ENV['I_KNOW_WHAT_I_DO'].blank?\n  User.delete_all\nend\n",
            GuardKind::OptIn,
        ),
        ("a.sh", ": \"${CONFIRM_WIPE:?set it}\"\ndropdb app\n", GuardKind::OptIn),
        (
            "a.py",
            "def ask(default='no'):\n    valid = {'yes': True, 'no': False}\n    while True:\n        choice = input('? ')\n        if choice == '':\n            return valid[default]\n        elif choice in valid:\n            return valid[choice]\nif ask():\n    db.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "a.php",
            "<?php\nif (env('DEMO_MODE')) { Artisan::call('migrate:fresh --force'); }\n",
            GuardKind::EnvironmentAllowed,
        ),
    ] {
        let found: Vec<GuardKind> = guarded(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [guard], "{path}: {text}");
    }
    let text = "select yn in Yes No; do\n  echo \"$yn\"\n  break\ndone\ndropdb app\n";
    assert_eq!(guarded("a.sh", text), []);
    assert!(!defects("a.sh", text).contains(&Defect::WrongWayRound));
}
