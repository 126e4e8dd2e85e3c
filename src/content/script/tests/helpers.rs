//! Commands that are handed to functions of other files, and programs that variables are called after.

use super::open;

#[test]
fn finds() {
    for (path, text, found) in [
        ("a.js", "await executeCommand('docker volume rm data');\n", "sh.docker_volume_rm"),
        ("a.js", "await execDocker(['volume', 'rm', '-f', 'data']);\n", "sh.docker_volume_rm"),
        ("a.js", "await docker('volume rm data');\n", "sh.docker_volume_rm"),
        ("a.js", "await docker('volume', 'rm', 'data');\n", "sh.docker_volume_rm"),
        ("a.ts", "wranglerLive(['d1', 'delete', 'shop', '-y'], { account });\n", "sh.wrangler"),
        (
            "a.ts",
            "runOrThrow('terraform', ['destroy', '-auto-approve'], { cwd });\n",
            "sh.terraform",
        ),
        ("a.js", "psql(`DROP DATABASE ${name}`);\n", "sql.drop_database"),
        ("a.py", "run_cmd('docker volume rm data')\n", "sh.docker_volume_rm"),
        ("a.py", "run_cmd(['docker', 'volume', 'rm', 'data'])\n", "sh.docker_volume_rm"),
        ("a.py", "kubectl('delete namespace prod')\n", "sh.kubectl"),
        ("a.py", "import sh\nsh.docker('volume', 'rm', 'data')\n", "sh.docker_volume_rm"),
        ("a.py", "ssh_exec(client, 'rm -rf /var/lib/postgresql')\n", "sh.rm"),
        (
            "a.py",
            "D = shutil.which('docker')\nsubprocess.run([D, 'volume', 'rm', 'data'])\n",
            "sh.docker_volume_rm",
        ),
        (
            "a.py",
            "subprocess.run([settings.TERRAFORM_BIN, 'destroy', '-auto-approve'])\n",
            "sh.terraform",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tutil.RunCmd(\"docker\", \"volume\", \"rm\", \"data\")\n}\n",
            "sh.docker_volume_rm",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tdockerClient.RunCommand(\"volume\", \"rm\", cfg.Volume)\n}\n",
            "sh.docker_volume_rm",
        ),
        ("a.rb", "run_cmd 'docker volume rm data'\n", "sh.docker_volume_rm"),
        (
            "a.php",
            "<?php\n$this->runProcess(['docker', 'volume', 'rm', 'data']);\n",
            "sh.docker_volume_rm",
        ),
        ("a.sh", "run_cmd docker volume rm data\n", "sh.docker_volume_rm"),
        ("a.sh", "retry 3 'docker volume rm data'\n", "sh.docker_volume_rm"),
        ("a.sh", "dc down -v\n", "sh.docker_volumes"),
        ("a.sh", "echo 'DROP DATABASE shop;' | bin/db-write\n", "sql.drop_database"),
        ("a.sh", "run_sql <<EOF\nTRUNCATE orders;\nEOF\n", "sql.truncate"),
        (
            "a.js",
            "const docker = (args) => new Promise((resolve) => { spawn('docker', args).on('exit', resolve); });\nasync function all() {\n  await docker(['volume', 'ls']);\n  await docker(['volume', 'rm', 'data']);\n}\nall();\n",
            "sh.docker_volume_rm",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.js", "logCommand('docker volume rm data');\n"),
        ("a.js", "dockerBuild('volume rm data');\n"),
        ("a.js", "describeCommand(['docker', 'volume', 'rm', 'data']);\n"),
        ("a.js", "run('the docker volume rm data');\n"),
        ("a.py", "dry_run_cmd('docker volume rm data')\n"),
        ("a.py", "print_command(['docker', 'volume', 'rm', 'data'])\n"),
        ("a.py", "run_cmd('docker volume ls')\n"),
        ("a.sh", "maybe_run docker volume rm data\n"),
        ("a.sh", "echo 'DROP DATABASE shop;' | tee wipe.sql\n"),
        ("a.sh", "echo 'DROP DATABASE shop;' | grep -c DROP\n"),
        (
            "a.js",
            "function runDocker(args) {\n  console.log(args);\n}\nrunDocker(['volume', 'rm', 'data']);\n",
        ),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}
