//! Shapes that files showed which were sought out in public repositories; the scripts here are invented.

use super::{guarded, open};
use crate::content::script::model::GuardKind;

#[test]
fn finds() {
    for (path, text, found) in [
        // What an application does for a request, where its address or its file says that it wipes.
        (
            "src/users.js",
            "router.post('/reset', resetAll);\nasync function resetAll(req, res) { await User.deleteMany({}); }\n",
            (2, "js.prisma"),
        ),
        (
            "src/routes/cleanup.ts",
            "router.post('/', async (req, res) => {\n  await db.collection('a').deleteMany({});\n});\n",
            (2, "js.prisma"),
        ),
        (
            "app/api/clear-database/route.ts",
            "export async function POST(request: NextRequest) {\n  await prisma.user.deleteMany({});\n}\n",
            (2, "js.prisma"),
        ),
        (
            "pages/api/wipe.ts",
            "export default async function handler(req, res) {\n  await prisma.user.deleteMany({});\n}\n",
            (2, "js.prisma"),
        ),
        (
            "app/api/seed/route.ts",
            "export const GET = async () => {\n  await prisma.user.deleteMany({});\n};\n",
            (2, "js.prisma"),
        ),
        (
            "seeds/001.js",
            "export const seed = async knex => {\n  await knex('users').del();\n};\n",
            (2, "js.knex"),
        ),
        // All of what the file is called after; a class with a name of its own in each program.
        (
            "cmd/drop/main.go",
            "package main\nimport \"shop/data\"\nfunc main() {\n\tdata.UserDropTable()\n}\n",
            (4, "code.helper"),
        ),
        (
            "a.php",
            "<?php\nforeach ($handle->getTables($name) as $table) {\n  $handle->truncate($name, $table);\n}\n",
            (3, "each.table"),
        ),
        (
            "a.php",
            "<?php\n$db = $dbal->database('default');\nforeach (['users', 'orders'] as $table) {\n  $db->delete($table)->run();\n}\n",
            (4, "php.all_rows"),
        ),
        ("a.rb", "Shop::Order.dataset.delete\n", (1, "rb.sequel")),
        ("a.rb", "system(env, 'dropdb', 'shop')\n", (1, "sh.dropdb")),
        (
            "a.rb",
            "words = ['dropdb', '--if-exists']\nwords += ['--username', user] if user\nwords << db\nsystem(*words)\n",
            (1, "sh.dropdb"),
        ),
        ("a.py", "c.execute('DELETE FROM users WHERE `_rowid_`')\n", (1, "sql.delete_all")),
        (
            "a.py",
            "for it in ec2_res.instances.filter(Filters=[{'Name': 'tag:Name', 'Values': [NAME]}]):\n    it.terminate()\n",
            (2, "py.boto3.instances"),
        ),
        (
            "cmd/wipe.go",
            "package cmd\nfunc (c *Wipe) Execute(_ context.Context, f *flag.FlagSet, _ ...any) int {\n\tm, _ := newMigrate()\n\tm.Down()\n\treturn 0\n}\n",
            (4, "go.migrate.drop"),
        ),
        (
            "a.sh",
            "curl \"$URL\" --data-binary '{ \"delete\": { \"query\": \"*:*\" } }'\n",
            (1, "sh.es_curl"),
        ),
        (
            "a.sh",
            "es_host=$(jq -r .host vars.json)\ncurl \"https://$es_host/$index\" -XDELETE\n",
            (2, "sh.es_curl"),
        ),
        ("a.sh", "openshift-install destroy cluster\n", (1, "sh.store")),
        ("a.sh", "nats str rm -f ORDERS\n", (1, "sh.store")),
        (
            "a.ps1",
            "Remove-SPServiceApplication $app -RemoveData -Confirm:$false\n",
            (1, "ps.database"),
        ),
        (
            "a.ps1",
            "$dir = Join-Path $env:APPDATA 'Shop'\n$db = Join-Path $dir 'shop.db'\nRemove-Item $db\n",
            (3, "ps.fs"),
        ),
        // The marks that word processors make.
        ("a.ps1", "Remove-AzResourceGroup –Name “shop” –Force\n", (1, "ps.az")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.js",
            "const before = new Date();\nbefore.setDate(before.getDate() - 30);\nawait prisma.order.deleteMany({ where: { createdAt: { lt: before } } });\n",
        ),
        (
            "app/api/orders/route.ts",
            "export async function DELETE(request: NextRequest) {\n  await prisma.order.deleteMany({});\n}\n",
        ),
        (
            "app/api/clear/route.ts",
            "export async function POST(request) {\n  await prisma.cart.deleteMany({ where: { userId: request.user.id } });\n}\n",
        ),
        (
            "a.rb",
            "s3.list_objects(bucket: b).contents.each do |it|\n  case it.key\n  when 'old'\n    s3.delete_object(bucket: b, key: it.key)\n  end\nend\n",
        ),
        ("a.py", "c.execute('DELETE FROM users WHERE id')\n"),
        ("a.py", "for it in ec2.instances.filter(InstanceIds=[one]):\n    it.terminate()\n"),
        (
            "a.php",
            "<?php\n$db->delete('cache')->run();\n$db->delete('users')->where('id', 1)->run();\n",
        ),
        ("a.sh", "curl \"$URL\" -d '{ \"delete\": { \"query\": \"id:7\" } }'\n"),
        ("a.sh", "openshift-install destroy bootstrap\n"),
        ("a.ps1", "$db = Join-Path $env:TEMP 'shop.db'\nRemove-Item $db\n"),
        ("a.ps1", "$db = Join-Path $env:LOCALAPPDATA 'iconcache.db'\nRemove-Item $db\n"),
        (
            "cmd/drop/main.go",
            "package main\nfunc main() {\n\tlist.Drop()\n\tdata.DropCaches()\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn knows_what_stops() {
    for (path, text, line, kind) in [
        (
            "a.sh",
            "read -r reply\nif [ \"$reply\" != shop ]; then\n  tal_die 'did not match'\nfi\ndropdb shop\n",
            5,
            GuardKind::Confirmation,
        ),
        (
            "a.ps1",
            "$size = (Get-Item $backup).Length / 1KB\n$answer = Read-Host 'Go on?'\nif ($answer -ne 'y') { exit 0 }\nRemove-Item 'shop.db'\n",
            4,
            GuardKind::Confirmation,
        ),
        (
            "a.ps1",
            "workflow Clear-All\n{\n  param([bool]$PreviewMode = $true)\n  if ($PreviewMode -eq $true) { Write-Output 'would' }\n  else { Remove-AzResourceGroup -Name $name -Force }\n}\n",
            5,
            GuardKind::DryRun,
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST() {\n  if (process.env.NODE_ENV === 'production') return;\n  await prisma.user.deleteMany({});\n}\n",
            3,
            GuardKind::EnvironmentDenied,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, kind)], "{text}");
    }
}
