//! Commands whose words are put together of several lists, and statements that are made of all of a list.

use super::open;

#[test]
fn finds_words_of_several_lists() {
    for (path, text, found) in [
        ("a.py", "subprocess.run(['dropdb'] + ['app'])\n", (1, "sh.dropdb")),
        (
            "a.py",
            "B = ['docker', 'volume']\ndef d(*args):\n    subprocess.run(B + list(args))\nd('rm', 'data')\n",
            (1, "sh.docker_volume_rm"),
        ),
        (
            "a.py",
            "cmd = ['docker']\nif x:\n    cmd += ['-H', x]\ncmd += ['volume', 'rm', 'data']\nsubprocess.run(cmd)\n",
            (1, "sh.docker_volume_rm"),
        ),
        (
            "a.py",
            "class P:\n    base = ('psql', '-h', 'db')\n    def run(self, q):\n        subprocess.run(self.base + ('-c', q))\nP().run('DROP TABLE t')\n",
            (5, "sql.drop_table"),
        ),
        (
            "a.py",
            "run_cmd(BASE + ['x'])\nrun_cmd(['docker', 'volume'] + ['rm', 'data'])\n",
            (2, "sh.docker_volume_rm"),
        ),
        (
            "a.js",
            "function d(...args) { spawnSync('docker', ['volume', ...args]); }\nd('rm', 'data');\n",
            (1, "sh.docker_volume_rm"),
        ),
        (
            "a.js",
            "spawnSync('docker', ['volume'].concat(['rm', 'data']));\n",
            (1, "sh.docker_volume_rm"),
        ),
        ("a.js", "spawnSync('docker', 'volume rm data'.split(' '));\n", (1, "sh.docker_volume_rm")),
        (
            "a.js",
            "execSync(['docker', 'volume'].concat(['rm', 'data']).join(' '));\n",
            (1, "sh.docker_volume_rm"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\td(\"rm\", \"data\")\n}\nfunc d(args ...string) {\n\texec.Command(\"docker\", append([]string{\"volume\"}, args...)...).Run()\n}\n",
            (6, "sh.docker_volume_rm"),
        ),
        (
            "a.rb",
            "D = %w[docker volume].freeze\nsystem(*D, 'rm', 'data')\n",
            (1, "sh.docker_volume_rm"),
        ),
        (
            "a.php",
            "<?php\n$c = ['docker', 'volume', 'rm', 'data'];\npassthru(implode(' ', $c));\n",
            (2, "sh.docker_volume_rm"),
        ),
        (
            "a.php",
            "<?php\nexec(implode(' ', array_merge(['docker', 'volume'], ['rm', 'data'])));\n",
            (2, "sh.docker_volume_rm"),
        ),
        (
            "A.java",
            "class A {\n  public static void main(String[] a) {\n    List<String> c = new ArrayList<>();\n    c.add(\"dropdb\");\n    c.add(\"app\");\n    new ProcessBuilder(c).start();\n  }\n}\n",
            (4, "sh.dropdb"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn finds_statements_of_a_list() {
    for (path, text, found) in [
        (
            "a.js",
            "c.query(rows.map(({ name }) => `DROP TABLE ${name}`).join(';'));\n",
            (1, "sql.drop_table"),
        ),
        (
            "a.js",
            "c.query(rows.map(({ name: n }, i) => { return `DROP TABLE ${n}`; }).join(';'));\n",
            (1, "sql.drop_table"),
        ),
        (
            "a.js",
            "c.query(Object.entries(T).map(([k, t]) => `TRUNCATE ${t}`).join(';'));\n",
            (1, "sql.truncate"),
        ),
        (
            "a.js",
            "c.query(rows.reduce((q, t) => q + `DROP TABLE ${t.name};`, ''));\n",
            (1, "sql.drop_table"),
        ),
        (
            "a.js",
            "const out = [];\nfor (const t of rows) out.push(`TRUNCATE ${t}`);\nc.query(out.join(';'));\n",
            (2, "sql.truncate"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn finds_what_stands_for_one_word() {
    for (path, text, found) in [
        ("a.mjs", "const q = 'DROP TABLE t';\nawait $`psql -c ${q}`;\n", (2, "sql.drop_table")),
        ("a.mjs", "await $`psql -c ${'DROP DATABASE ' + name}`;\n", (1, "sql.drop_database")),
        ("a.mjs", "await $`psql -c ${`DROP DATABASE ${name}`}`;\n", (1, "sql.drop_database")),
        ("a.sh", "printf -v q 'DROP TABLE %s;' t\npsql -c \"$q\"\n", (1, "sql.drop_table")),
        ("a.py", "import sh\nsh.rm('-rf', '/srv/data')\n", (2, "sh.rm")),
        ("a.py", "from sh import rm\nrm('-rf', '/srv/data')\n", (2, "sh.rm")),
        (
            "a.py",
            "from plumbum.cmd import docker\ndocker['volume', 'rm', 'data']()\n",
            (2, "sh.docker_volume_rm"),
        ),
        ("a.rb", "every 1.day do\n  runner 'Visit.delete_all'\nend\n", (2, "rb.ar")),
        (
            "Capfile",
            "task :a do\n  on roles(:db) do\n    with disable_database_environment_check: 1 do\n      execute :rake, 'db:drop'\n    end\n  end\nend\n",
            (4, "sh.rails"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.mjs", "await $`git commit -m ${'DROP TABLE ' + name}`;\n"),
        ("a.mjs", "await $`echo ${'dropdb app'}`;\n"),
        ("a.sh", "printf -v q 'DROP TABLE %s;' t\necho \"$q\"\n"),
        ("a.py", "from shop import rm\nrm('-rf', '/srv/data')\n"),
        ("a.py", "import sh\nsh.ls('-rf', '/srv/data')\n"),
        ("a.py", "import plumbum\ntable['rm', '-rf', '/srv/data']\n"),
        ("a.rb", "every 1.day do\n  runner 'Visit.where(old: true).delete_all'\nend\n"),
        (
            "Capfile",
            "task :a do\n  on roles(:db) do\n    with rails_env: 'production' do\n      execute :rake, 'db:drop'\n    end\n  end\nend\n",
        ),
        ("a.py", "subprocess.run(['echo'] + ['dropdb', 'app'])\n"),
        ("a.py", "B = ['docker', 'volume']\nsubprocess.run(B + ['ls'])\n"),
        ("a.py", "print('dropdb ' + ' '.join(['app']))\n"),
        ("a.js", "spawnSync('docker', ['volume', ...args]);\n"),
        ("a.js", "spawnSync('git', ['commit', '-m'].concat(['dropdb app']));\n"),
        ("a.js", "c.query(rows.map(({ name }) => `SELECT * FROM ${name}`).join(';'));\n"),
        ("a.js", "console.log(rows.reduce((q, t) => q + `DROP TABLE ${t.name};`, ''));\n"),
        ("a.rb", "D = %w[docker volume].freeze\nsystem(*D, 'ls')\n"),
        ("a.php", "<?php\necho implode(' ', ['docker', 'volume', 'rm', 'data']);\n"),
        (
            "A.java",
            "class A {\n  public static void main(String[] a) {\n    List<String> c = new ArrayList<>();\n    c.add(\"dropdb\");\n    System.out.println(c);\n  }\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn what_a_generator_gives_is_gone_through() {
    let of = |options: &str| {
        format!(
            "async function* pages() {{\n  const out = await s3.send(new ListObjectsV2Command({options}));\n  yield out.Contents.map(({{ Key }}) => ({{ Key }}));\n}}\nfor await (const Objects of pages()) {{\n  await s3.send(new DeleteObjectsCommand({{ Bucket, Delete: {{ Objects }} }}));\n}}\n"
        )
    };
    assert_eq!(open("a.ts", &of("{ Bucket }")), [(6, "js.cloud.files")]);
    assert_eq!(open("a.ts", &of("{ Bucket, Prefix: 'tmp/' }")), []);
    // What stands behind is run as well.
    let text = "async function* steps() {\n  yield 1;\n  execSync('dropdb app');\n}\nfor await (const it of steps()) console.log(it);\n";
    assert_eq!(open("a.mjs", text), [(3, "sh.dropdb")]);
}

#[test]
fn a_text_that_is_doubled_again_and_again_is_read_in_bounded_time() {
    let doubled = "a = a + a;\n".repeat(45);
    let found = [(1, "sh.dropdb")];
    assert_eq!(open("a.js", &format!("let a = 'dropdb ';\n{doubled}execSync(a);\n")), found);
    let of_lists = "a = a + a + a\n".repeat(40);
    assert_eq!(open("a.py", &format!("a = ['dropdb']\n{of_lists}subprocess.run(a)\n")), []);
}
