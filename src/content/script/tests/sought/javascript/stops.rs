//! What stops a script of JavaScript or TypeScript, and what only looks so; the scripts here are invented.

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

#[test]
fn knows_what_stops() {
    let (asked, target) = (GuardKind::Confirmation, GuardKind::TargetChecked);
    let (told, allowed) = (GuardKind::OptIn, GuardKind::EnvironmentAllowed);
    for (path, text, kind) in [
        (
            "a.ts",
            "if (!process.env.FIRESTORE_EMULATOR_HOST) throw new Error('emulator only');\nawait db.recursiveDelete(db.collection('users'));\n",
            target,
        ),
        (
            "a.ts",
            "connectFirestoreEmulator(db, 'localhost', 8080);\nawait db.recursiveDelete(db.collection('users'));\n",
            target,
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST(request) { const body = await request.json(); if (body.confirmToken !== 'DELETE_ALL') return no();\n  await prisma.user.deleteMany();\n}\n",
            told,
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST(request) { const { confirm } = await request.json(); if (confirm !== 'yes') return no();\n  await prisma.user.deleteMany();\n}\n",
            told,
        ),
        (
            "src/a.js",
            "const devOnly = (req, res, next) => { if (process.env.NODE_ENV !== 'development') return res.end(); next(); }; app.post('/reset', devOnly, async (req, res) => {\n  await User.deleteMany({});\n});\n",
            allowed,
        ),
        (
            "src/a.ts",
            "app.post('/reset', reset); async function reset(req, res) { if (cfg.platform !== 'dev') throw new Error('no');\n  await User.deleteMany({});\n}\n",
            allowed,
        ),
        (
            "a.ts",
            "if (!import.meta.env.DEV) throw new Error('no');\nawait User.deleteMany({});\n",
            allowed,
        ),
        (
            "a.ts",
            "const ok = await Confirm.prompt('Delete all?'); if (!ok) Deno.exit(0);\nawait User.deleteMany({});\n",
            asked,
        ),
        (
            "a.ts",
            "for await (const line of console) { if (line.trim() !== 'y') break;\n  await User.deleteMany({}); }\n",
            asked,
        ),
        (
            "a.js",
            "process.stdin.once('data', async (it) => { if (it.toString().trim() !== 'yes') process.exit(1);\n  await User.deleteMany({}); });\n",
            asked,
        ),
        (
            "a.ts",
            "const flags = parse(Deno.args, { boolean: ['force'] }); if (!flags.force) Deno.exit(1);\nawait User.deleteMany({});\n",
            told,
        ),
        (
            "a.ts",
            "program.requiredOption('--yes-really').parse();\nawait User.deleteMany({});\n",
            told,
        ),
        (
            "a.ts",
            "yargs(process.argv).option('confirm', { type: 'boolean', demandOption: true }).argv;\nawait User.deleteMany({});\n",
            told,
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST(request) { const body = await request.json().catch(() => ({})); if (!body?.confirm || body?.confirmToken !== 'DELETE_ALL') return no();\n  await prisma.user.deleteMany();\n}\n",
            told,
        ),
        (
            "convex/admin.ts",
            "export const clearDb = internalMutation({ handler: async (ctx, args) => { if (args.confirmation !== 'CLEAR') throw new Error('no');\n  for (const t of ['users', 'orders']) for (const it of await ctx.db.query(t).collect()) await ctx.db.delete(it._id);\n} });\n",
            told,
        ),
        (
            "a.ts",
            "const args = Object.fromEntries(process.argv.slice(2).map((it) => it.split('='))); if (!args.force) process.exit(0);\nawait User.deleteMany({});\n",
            told,
        ),
        (
            "a.ts",
            "const it = await vscode.window.showWarningMessage('Delete?', { modal: true }, 'Delete'); if (it !== 'Delete') return;\nawait User.deleteMany({});\n",
            asked,
        ),
        (
            "a.ts",
            "const it = await message.awaitMessageComponent({ time: 15000 });\nif (it.customId === 'confirm') await User.deleteMany({});\n",
            asked,
        ),
        (
            "a.ts",
            "const { isConfirmed } = await Swal.fire({ title: 'Sure?' }); if (!isConfirmed) return;\nawait User.deleteMany({});\n",
            asked,
        ),
    ] {
        assert_eq!(guarded(path, text), [(2, kind)], "{path}: {text}");
    }
}

/// What looks like a guard, and stops nobody.
#[test]
fn finds_behind_what_stops_nobody() {
    for (path, text) in [
        (
            "a.ts",
            "if (process.env.CI) process.env.FIRESTORE_EMULATOR_HOST = 'localhost:8080';\nawait User.deleteMany({});\n",
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST(request) { const { name } = await request.json(); if (name === 'x') console.log(name);\n  await User.deleteMany({});\n}\n",
        ),
        ("a.ts", "program.requiredOption('--url <url>').parse();\nawait User.deleteMany({});\n"),
        (
            "src/a.js",
            "const log = (req, res, next) => { if (process.env.NODE_ENV !== 'production') console.log(req.url); next(); }; app.post('/reset', log, async (req, res) => {\n  await User.deleteMany({});\n});\n",
        ),
        ("a.ts", "const it = await Swal.fire({ title: 'Sure?' });\nawait User.deleteMany({});\n"),
    ] {
        assert_eq!(open(path, text), [(2, "js.prisma")], "{path}: {text}");
    }
}
