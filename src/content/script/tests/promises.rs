//! Promises of JavaScript that nothing waits for, and what else counts as true whatever was answered.

use super::{guarded, open};

#[test]
fn what_always_counts_as_true_guards_nothing() {
    for (path, text) in [
        (
            "scripts/r.js",
            "const { confirm } = require('@inquirer/prompts');\nasync function main() { if (!confirm({ message: 'Sure?' })) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "import { confirm } from '@inquirer/prompts';\nasync function main() { const ok = confirm({ message: 'Sure?' }); if (!ok) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "async function ask(q) { return (await rl.question(q)) === 'y'; }\nasync function main() { const ok = ask('Sure?'); if (!ok) process.exit(0); await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\nasync function main() { const a = inquirer.prompt([{ type: 'confirm', name: 'ok', message: 'Sure?' }]); if (!a) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const prompts = require('prompts');\nasync function main() { const r = await prompts({ type: 'confirm', name: 'value', message: 'Sure?' }); if (!r) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "function ask(q) { return new Promise((resolve) => rl.question(q, (a) => resolve(a === 'y'))); }\nasync function main() { if (!ask('Sure?')) process.exit(0); await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const confirm = (q) => new Promise((resolve) => rl.question(q, (a) => resolve(a === 'y')));\nasync function main() { const ok = confirm('Sure?'); if (!ok) process.exit(0); await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "async function assertDev() { if (process.env.NODE_ENV !== 'development') { throw new Error('not dev'); } }\n(async () => { await assertDev().catch(console.error); await User.deleteMany({}); })();\n",
        ),
        (
            "scripts/r.js",
            "if (!process.argv.indexOf('--force')) process.exit(1);\nUser.deleteMany({});\n",
        ),
        ("scripts/r.js", "if (process.argv.indexOf('--force')) { User.deleteMany({}); }\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn an_answer_that_is_waited_for_guards() {
    for (path, text) in [
        (
            "scripts/r.js",
            "import { confirm, isCancel } from '@clack/prompts';\nasync function main() { const ok = await confirm({ message: 'Sure?' }); if (isCancel(ok) || !ok) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const prompts = require('prompts');\nasync function main() { const r = await prompts({ type: 'confirm', name: 'value', message: 'Sure?' }); if (!r.value) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const prompts = require('prompts');\nasync function main() { const { value } = await prompts({ type: 'confirm', name: 'value', message: 'Sure?' }); if (!value) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "function ask(q) { return new Promise((resolve) => rl.question(q, (a) => resolve(a === 'y'))); }\nasync function main() { const ok = await ask('Sure?'); if (!ok) process.exit(0); await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "function ask(q) { return new Promise((resolve) => rl.question(q, resolve)); }\nask('Sure?').then((a) => { if (a !== 'yes') process.exit(0); return User.deleteMany({}); });\n",
        ),
        (
            "scripts/r.js",
            "async function assertDev() { if (process.env.NODE_ENV !== 'development') { throw new Error('not dev'); } }\n(async () => { await assertDev().catch((e) => { console.error(e); process.exit(1); }); await User.deleteMany({}); })();\n",
        ),
        (
            "scripts/r.js",
            "async function main() { if (!confirm('Sure?')) return; await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "if (process.argv.indexOf('--force') === -1) process.exit(1);\nUser.deleteMany({});\n",
        ),
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\nasync function main() { const answers = await inquirer.prompt([{ type: 'confirm', name: 'ok', message: 'Sure?' }]); if (answers.ok) await User.deleteMany({}); }\nmain();\n",
        ),
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\ninquirer.prompt([{ type: 'confirm', name: 'ok', message: 'Sure?' }]).then((answers) => { if (answers.ok) User.deleteMany({}); });\n",
        ),
        (
            "scripts/r.js",
            "(async () => { const p = ask('Sure?'); const a = await p; if (a !== 'yes') return; await User.deleteMany({}); })();\nasync function ask(q) { return rl.question(q); }\n",
        ),
        (
            "scripts/r.js",
            "(async () => { const a = (await rl.question('Sure? ')).trim() || 'no'; if (a !== 'yes') return; await User.deleteMany({}); })();\n",
        ),
        (
            "scripts/r.js",
            "const confirm = (process.argv || []).includes('--yes') ? 'yes' : await ask('Sure?');\nif (confirm !== 'DELETE' && confirm !== 'yes') { process.exit(0); }\nawait User.deleteMany({});\n",
        ),
        (
            "scripts/r.js",
            "const ask = () => new Promise((res, rej) => rl.question('Sure? ', (a) => { a === 'yes' ? res() : rej(new Error('no')); }));\n(async () => { await ask(); await User.deleteMany({}); })();\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
        assert!(!guarded(path, text).is_empty(), "{text}");
    }
}
