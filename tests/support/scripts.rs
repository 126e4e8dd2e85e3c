//! A small script of each kind that is read: what fuzzing of them starts from. All are invented.
#![allow(dead_code, unreachable_pub, reason = "tests and fuzz targets use their own parts")]

/// Names of files and what may be in them. The place of one is the first byte of its seed.
pub const SCRIPTS: &[(&str, &str)] = &[
    (
        "a.py",
        "import os, sys\nURL = os.environ.get('DATABASE_URL', 'x')\ndef sure(q):\n    while True:\n        a = input(q).lower()\n        if a in ('y', 'yes'):\n            return True\n        elif not a:\n            return False\n\
         class Command(BaseCommand):\n    def handle(self, *args, **options):\n        if not options['yes'] and not sure('? '):\n            raise SystemExit(1)\n        try:\n            User.objects.all().delete()\n        finally:\n            cursor.execute(f\"DROP TABLE {name} CASCADE\" % x)\n\
         for t in ['a', \"b\"]:\n    os.system('dropdb ' + t)\nsubprocess.run(['rm', '-rf', DATA_DIR])\nx = [db.drop_all() for i in range(3) if i]\n@click.command()\nasync def wipe(a=1, *b, **c):\n    with open(f) as g: await session.execute(delete(User).where(1 == 1))\n",
    ),
    (
        "a.sh",
        "#!/bin/bash\nset -euo pipefail\nconfirm() { read -rp \"$1 [y/N] \" a; [[ ! $a =~ ^[Yy]$ ]] && return 1 || return 0; }\nFORCE=0\nfor i in \"$@\"; do case \"$i\" in --yes|-y) FORCE=1 ;; *) echo x >&2 ;; esac; done\n\
         if [ \"${APP_ENV:-development}\" != production ] && (( FORCE == 1 )); then\n  psql \"$URL\" <<EOF\nTRUNCATE ${TABLE} CASCADE;\nEOF\nelif confirm \"$x\"; then :; fi\n\
         echo 'DROP DATABASE a' | docker compose exec -T db sh -c \"psql -U $USER -c 'DROP TABLE x'\"\nwhile read -r l; do rm -rf \"${l:?}/\"*; done < <(find data -delete)\nssh h 'dropdb a' || { exit 1; }\nterraform destroy -auto-approve\n",
    ),
    (
        "a.sql",
        "-- +goose Up\nBEGIN;\nDELETE FROM \"users\" WHERE client_id IN (7, 8);\nUPDATE a SET b = 'x''y';\nROLLBACK;\nDO $a$ BEGIN IF current_database() NOT LIKE '%test%' THEN RAISE EXCEPTION 'no'; END IF; EXECUTE 'DROP TABLE ' || t; END $a$;\nWITH x AS (SELECT 1) DELETE FROM [b]; /* c */ TRUNCATE a.b; # d\nGO\nDROP SCHEMA IF EXISTS {x} CASCADE\n",
    ),
    (
        "a.js",
        "const { execSync } = require('child_process');\nconst ask = (q) => new Promise((r) => rl.question(q, r));\nasync function main() {\n  if (process.env.NODE_ENV === 'production') process.exit(1);\n  const a = await ask(`Sure ${x}? `);\n  if (!/^y/i.test(a)) return;\n  switch (a) { case 'y': await prisma.user.deleteMany({}); break; default: throw new Error(); }\n  await db.query(`DROP TABLE ${t}`); execSync('rm -rf data'); for (const m of models) await m.destroy({ where: {}, truncate: true });\n}\nmain().catch((e) => { console.error(e); }).finally(() => {});\n",
    ),
    (
        "a.ts",
        "enum A { B }\nexport class C<T> { private async run(x: string | undefined): Promise<void> { await this.db.dropDatabase(); } }\nif ((process.argv as string[]).includes('--force')) { new C<number>().run(x!); }\nconst o = { ...p, [k]: v, async f() { await repo.clear(); } } satisfies X;\n",
    ),
    (
        "Makefile",
        "ENV ?= dev\nDB := app\n.PHONY: reset confirm\nifeq ($(ENV),production)\n$(error no)\nendif\nreset: confirm | x ## drop\n\t@read -p \"Sure? \" a && [ $$a = y ]\n\t-dropdb $(DB) \\\n\t  --if-exists\nconfirm:\n\t@echo -n x; read a; [ \"$$a\" = y ] || exit 1\n%.o: %.c ; rm -rf data\ndefine x\ny\nendef\n",
    ),
    (
        "justfile",
        "set shell := [\"bash\", \"-c\"]\ndb := env_var('DB')\n[confirm(\"Sure?\")]\nreset name='x' +more: (other 'a') && after\n    @dropdb {{name}}\n    -rm -rf data\nother a:\n    #!/usr/bin/env python3\n    db.drop_all()\nafter:\n    docker compose down -v\n",
    ),
    (
        "package.json",
        "{\n  \"name\": \"x\",\n  \"scripts\": {\n    \"prereset\": \"npm run confirm\",\n    \"reset\": \"prisma migrate reset --force && rm -rf data\",\n    \"start\": \"cross-env NODE_ENV=test sequelize db:drop\",\n    \"postinstall\": [\"a\", \"dropdb x\"]\n  }\n}\n",
    ),
    (
        ".github/workflows/a.yml",
        "on:\n  workflow_dispatch:\n    inputs: { confirm: { required: true } }\njobs:\n  check:\n    runs-on: x\n    steps:\n      - run: |\n          if [ \"${{ inputs.confirm }}\" != \"destroy\" ]; then\n            exit 1\n          fi\n  destroy:\n    needs: [check]\n    if: ${{ github.event.inputs.confirm == 'DESTROY' && github.ref == 'x' }}\n    environment: production\n    steps:\n      - uses: a/b@v1\n      - name: x\n        shell: bash\n        run: terraform destroy -auto-approve\n",
    ),
    (
        "Dockerfile",
        "FROM a AS b\nARG X=1\nRUN rm -rf /var/lib/apt/lists/* && \\\n    dropdb a\nONBUILD RUN x\nENTRYPOINT [\"sh\", \"-c\", \"python manage.py flush --no-input\"]\nCMD prisma db push --force-reset\nHEALTHCHECK --interval=5s CMD redis-cli FLUSHALL\nRUN <<EOF\nrm -rf data\nEOF\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  a: &x\n    image: b\n    command: sh -c \"dropdb a && exec x\"\n    entrypoint: [\"psql\", \"-c\", \"DROP TABLE a\"]\n    profiles: [c]\n  d:\n    <<: *x\n    command: >\n      redis-cli\n      FLUSHALL\n",
    ),
    (
        "a.rake",
        "require 'x'\nnamespace :db do\n  desc 'y'\n  task :confirm do\n    abort 'no' if Rails.env.production?\n    print '?'; exit 1 unless $stdin.gets.chomp =~ /^y/i\n  end\n  task :wipe, [:a] => [:environment, :confirm] do |t, args|\n    [User, Order].each { |m| m.delete_all }\n    ActiveRecord::Base.connection.execute(\"TRUNCATE #{t} CASCADE\")\n    `rm -rf #{dir}`\n    system('dropdb', 'a') unless %w[test development].include?(ENV.fetch('E', 'x'))\n  end\nend\ncase x\nwhen 1..2 then y\nelse z end\n",
    ),
    (
        "a.php",
        "<?php\nclass Wipe extends Command {\n  protected $signature = 'x {--force}';\n  public function handle(): int {\n    if (app()->environment('production') && !$this->option('force')) { return 1; }\n    if (!$this->confirm(\"Sure?\")) exit;\n    DB::table('users')->truncate();\n    User::query()->delete();\n    foreach ($t as $k => $v) { $pdo->exec(\"DROP TABLE {$v}\"); }\n    shell_exec('rm -rf ' . $dir . '/data'); switch ($a) { case 'y': break; default: die(); }\n  }\n}\n?><b><?= $x ?></b>\n",
    ),
    (
        "cmd/a.go",
        "package main\nimport \"os\"\nvar force = flag.Bool(\"force\", false, \"x\")\nfunc main() {\n\tflag.Parse()\n\tvar a string\n\tfmt.Scanln(&a)\n\tif err := f(); err != nil || strings.ToLower(a) != \"y\" && !*force {\n\t\tlog.Fatal(err)\n\t}\n\tdb.Migrator().DropTable(&User{}, `x`)\n\tdefer func() { os.RemoveAll(\"data\") }()\n\tfor _, t := range ts { db.Exec(fmt.Sprintf(\"DROP TABLE %s\", t)) }\n\tswitch x := y.(type) { case int: fallthrough; default: }\n}\n",
    ),
    (
        "a.ps1",
        "[CmdletBinding(SupportsShouldProcess, ConfirmImpact='High')]\nparam([Parameter(Mandatory)][string]$Name, [switch]$Force)\nif (-not $Force) { $a = Read-Host \"Sure? (y/N)\"; if ($a -notmatch '^[yY]') { exit 1 } }\nGet-AzResourceGroup | Where-Object { $_.Name -like \"x*\" } | Remove-AzResourceGroup -Force\nif ($PSCmdlet.ShouldProcess($Name)) { Remove-Item -Path \"$env:DATA\\db\" -Recurse -Force }\naz group delete `\n  --name $Name --yes\n$null = Read-Host\nforeach ($i in 1..3) { Invoke-Sqlcmd -Query @\"\nDROP TABLE x\n\"@ }\nswitch ($a) { 'y' { break } default { throw 'x' } }\n",
    ),
    (
        "src/Wipe.java",
        "package x;\nimport java.sql.*;\npublic class Wipe<T> implements CommandLineRunner {\n  static final String T = \"users\";\n  @Override public void run(String... args) throws Exception {\n    if (args.length < 1 || !\"--yes\".equals(args[0])) { System.err.println(\"x\"); return; }\n    Scanner in = new Scanner(System.in);\n    String a = in.nextLine().trim();\n    if (!a.equalsIgnoreCase(\"y\")) System.exit(1);\n    try (Statement s = c.createStatement()) { s.executeUpdate(\"TRUNCATE TABLE \" + T); }\n    for (String t : List.of(\"a\", \"b\")) jdbc.execute(String.format(\"DROP TABLE %s\", t));\n    switch (a) { case \"y\" -> repo.deleteAll(); default -> throw new X(); }\n    Runnable r = () -> FileUtils.deleteDirectory(new File(\"data\"));\n  }\n  public static void main(String[] args) { new Wipe<>().run(args); }\n}\n",
    ),
    (
        "crontab",
        "SHELL=/bin/bash\nMAILTO=\"\"\n# m h\n0 3 * * * root cd /srv && psql -c 'TRUNCATE a'%x\n@reboot rm -rf /srv/data\n*/5 * * * 1-5 [ \"$E\" = x ] || dropdb \\% a\n",
    ),
    (
        "k8s/job.yaml",
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec:\n  schedule: '0 0 * * *'\n  suspend: true\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          initContainers:\n          - {name: a, command: [sh, -c, 'test x']}\n          containers:\n          - name: b\n            image: postgres\n            command: [\"psql\"]\n            args: [\"-c\", \"DROP TABLE a\"]\n---\nkind: Pod\nspec: {containers: [{command: [redis-cli, FLUSHALL]}]}\n",
    ),
    (
        "playbook.yml",
        "- hosts: all\n  vars_prompt:\n  - name: sure\n    prompt: Sure?\n    private: false\n  tasks:\n  - fail: {msg: no}\n    when: sure != 'yes'\n  - name: x\n    ansible.builtin.file: {path: /srv/data, state: absent}\n    tags: [never]\n  - block:\n    - community.postgresql.postgresql_db: {name: a, state: absent}\n    - shell: |\n        rm -rf /srv/{{ item }}\n      loop: [a, b]\n    rescue: []\n  - assert: {that: [env == 'test', x is defined]}\n",
    ),
    (
        "main.tf",
        "variable \"wipe\" {\n  type    = bool\n  default = false\n}\nlocals {\n  db = \"app\"\n}\nresource \"null_resource\" \"a\" {\n  count = var.wipe && contains([\"dev\", \"test\"], var.env) ? 1 : 0\n  provisioner \"local-exec\" {\n    when        = destroy\n    interpreter = [\"bash\", \"-ec\"]\n    environment = { A = \"b${self.id}\", \"C\" = var.c }\n    command     = <<-EOT\n      %{ if var.x == \"a\" ~}\n      dropdb ${local.db} $${B}\n      %{ endif }\n      psql -c \"DROP TABLE ${var.t}\"\n    EOT\n  }\n  provisioner \"remote-exec\" {\n    inline = [\"rm -rf /srv/data\", \"a\"]\n  }\n}\nresource \"aws_db_instance\" \"b\" {\n  skip_final_snapshot = true # x\n  lifecycle {\n    precondition {\n      condition = !var.x\n    }\n  }\n}\ndata \"external\" \"c\" {\n  program = [\"sh\", \"-c\", \"rm -rf ${path.module}/data\"]\n}\n",
    ),
    (
        "a.service",
        "[Unit]\nConditionEnvironment=!APP_ENV=production\n[Service]\nType=oneshot\nEnvironment=\"DIR=/srv/data\" A='b c'\nExecCondition=/bin/sh -ec '[ \"$A\" = x ]'\nExecStartPre=-+/bin/rm -rf ${DIR} %S/mysql\nExecStart=@/usr/bin/dropdb drop \\\n# x\n  $DB ; /bin/echo \\; \"a\\tb\" $$\nExecStop=|redis-cli FLUSHALL\nExecReload=\n[Install]\nWantedBy=multi-user.target\n",
    ),
    (
        "Taskfile.yml",
        "version: '3'\nenv: {A: b}\nvars:\n  DB: app\n  X: {sh: date}\ntasks:\n  sure:\n    internal: true\n    cmds: ['read a; [ \"$a\" = y ]']\n  wipe:\n    prompt: [Sure?]\n    if: test -d x\n    requires: {vars: [A, {name: ENV, enum: [dev, test]}]}\n    preconditions:\n      - sh: '[ \"{{.ENV | default \"dev\"}}\" = dev ]'\n        msg: no\n    deps: [sure, {task: other, vars: {A: b}}]\n    cmds:\n      - defer: rm -rf /srv/data\n      - cmd: dropdb {{.DB}} {{.CLI_ARGS}}\n        ignore_error: true\n        if: '[ \"$A\" = b ]'\n      - task: other\n      - for: [a, b]\n        cmd: psql -c 'DROP TABLE {{.ITEM}}'\n  other: redis-cli FLUSHALL\n  third:\n    - '{{if .A}}mkfs x{{end}}'\n",
    ),
];

/// Seeds: a byte that chooses the name, and the script.
pub fn seeds() -> Vec<Vec<u8>> {
    let with_choice =
        |(n, (_, text)): (usize, &(&str, &str))| [&[n as u8], text.as_bytes()].concat();
    SCRIPTS.iter().enumerate().map(with_choice).collect()
}
