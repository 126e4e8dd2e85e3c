//! JavaScript and TypeScript.

use super::{defects, script};
use crate::content::script::{Answer, Defect, Strength, read};

/// What is destroyed without a guard.
const FINDS: &[(&str, &str)] = &[
    (
        "js.drizzle.reset",
        "import { reset } from 'drizzle-seed';\nawait reset(db, { users, posts });",
    ),
    ("js.typeorm", "await useRefreshDatabase({ connection: 'default' });"),
    ("js.typeorm.delete", "await getManager().clear(User);"),
    ("js.typeorm.delete", "await AppDataSource.getRepository(User).deleteAll();"),
    ("js.knex", "import db from '@adonisjs/lucid/services/db';\nawait db.truncate('users', true);"),
    (
        "js.mongoose.drop",
        "const db = Datastore.create('users.db');\nawait db.remove({}, { multi: true });",
    ),
    ("js.migrations.down", "await runner({ databaseUrl, direction: 'down', count: Infinity });"),
    ("js.cloud.files", "await new Storage().bucket('assets').delete();"),
    ("js.cloud.files", "await getStorage().bucket().deleteFiles({ prefix: 'uploads/' });"),
    (
        "js.cloud.files",
        "const found = await cloudinary.api.resources({ type: 'upload' });\nawait cloudinary.api.delete_resources(found.resources.map((it) => it.public_id));",
    ),
    (
        "js.aws.items",
        "const { Items } = await doc.send(new ScanCommand({ TableName: 'orders' }));\nawait doc.send(new BatchWriteCommand({ RequestItems: { orders: Items.map((it) => ({ DeleteRequest: { Key: { id: it.id } } })) } }));",
    ),
    (
        "js.aws.items",
        "const { Items } = await doc.scan({ TableName: 'orders' }).promise();\nconst all = Items.map((it) => { return { DeleteRequest: { Key: { id: it.id } } }; });\nawait doc.batchWrite({ RequestItems: { orders: all } }).promise();",
    ),
    (
        "js.fs.each",
        "const files = await glob('uploads/*');\nawait Promise.all(files.map((it) => fs.unlink(it)));",
    ),
    (
        "js.prisma",
        "const p = new PrismaClient();\nasync function main() { await p.user.deleteMany({}); }\nmain().catch(console.error);",
    ),
    ("js.prisma", "for (const model of ['user', 'post']) await prisma[model].deleteMany();"),
    ("js.prisma", "const everything = {};\nawait Order.deleteMany(everything);"),
    (
        "js.prisma",
        "mongoose.connect(url).then(() => User.deleteMany({})).then(() => process.exit(0));",
    ),
    ("js.prisma", "await Promise.all([User.deleteMany({}), Post.deleteMany({})]);"),
    (
        "js.prisma",
        "await prisma.order.deleteMany({ where: { clientId: 'c-17' } });\nawait prisma.invoice.deleteMany({ where: { clientId: 'c-17' } });",
    ),
    (
        "js.prisma",
        "class Job { async run() { await this.wipe(); }\n async wipe() { await Model.deleteMany({}); } }\nnew Job().run();",
    ),
    ("js.prisma", "const jobs = { async wipe() { await Model.deleteMany({}); } };\njobs.wipe();"),
    (
        "js.prisma",
        "async function withDb(work) { await connect(); await work(db); }\nwithDb(async (db) => { await db.users.deleteMany({}); });",
    ),
    ("js.prisma", "db.once('open', async () => { await Record.deleteMany({}); });"),
    (
        "js.prisma",
        "program.command('wipe').action(async () => { await User.deleteMany({}); });\nprogram.parse();",
    ),
    (
        "js.prisma",
        "yargs.command('wipe', 'all', () => {}, async (argv) => { await User.deleteMany({}); }).parse();",
    ),
    ("js.prisma", "module.exports = async () => { await User.deleteMany({}); };"),
    ("js.firebase", "import { fireRef } from '../config';\nfireRef.remove(() => process.exit());"),
    ("js.sequelize", "(async () => { await sequelize.sync({ force: true }); })();"),
    ("js.sequelize.destroy", "User.destroy({ where: {}, truncate: true });"),
    (
        "js.sequelize.destroy",
        "const all = (await Project.findAll()).map((it) => it.id); await Note.destroy({ where: { projectId: { [Op.in]: all } } });",
    ),
    ("js.typeorm", "await dataSource.synchronize(true);"),
    ("js.typeorm.delete", "await getRepository(User).clear();"),
    ("js.typeorm.delete", "await userRepository.delete({});"),
    ("js.typeorm.delete", "await userRepository.delete({ id: Not(IsNull()) });"),
    ("code.helper", "await resetDatabaseSchema(url);"),
    ("client.store", "const pgtools = require('pgtools'); pgtools.dropdb(config, 'shop', done);"),
    ("js.fs.unlink_db", "fs.unlink('./db', done);"),
    ("sql.truncate", "await db`TRUNCATE TABLE orders`;"),
    (
        "js.typeorm.query_builder",
        "await source.createQueryBuilder().delete().from(User).execute();",
    ),
    ("js.mongoose", "mongoose.connection.dropDatabase();"),
    ("js.mongoose.drop", "await client.db('shop').collection('orders').drop();"),
    ("js.mongoose.drop", "db.users.remove({});"),
    ("js.knex", "await knex('users').del();"),
    ("js.knex", "await User.query().delete();"),
    ("js.knex", "exports.seed = async function (knex) { await knex('users').truncate(); };"),
    ("js.knex.drop_table", "knex.schema.dropTableIfExists('users').then(() => knex.destroy());"),
    ("js.kysely", "await db.deleteFrom('users').execute();"),
    ("js.drizzle", "await db.delete(schema.users);"),
    ("js.drizzle.reset", "await reset(db, schema);"),
    ("js.drizzle.reset", "const db = drizzle(pool, { schema }); await reset(db as any, schema);"),
    ("js.migrations.down", "knex.migrate.rollback(null, true).then(() => process.exit());"),
    ("client.keys", "const keys = await redis.keys('*');\nif (keys.length) await redis.del(keys);"),
    (
        "js.firestore",
        "let uids = [];\nadmin.auth().listUsers(100).then((all) => { uids = uids.concat(all.users.map((it) => it.uid)); }).finally(() => { admin.auth().deleteUsers(uids); });",
    ),
    (
        "js.firestore",
        "const uids = [];\nconst all = await auth.listUsers(100);\nall.users.forEach((it) => uids.push(it.uid));\nawait auth.deleteUsers(uids);",
    ),
    (
        "js.firestore",
        "const all = await getDocs(collection(db, 'users'));\nfor (const it of all.docs) await deleteDoc(doc(db, 'users', it.id));",
    ),
    ("js.firebase", "remove(ref(getDatabase(), 'users')).then(() => process.exit());"),
    (
        "js.each",
        "const all = await table.scan({ TableName: 'users' }).promise();\nfor (const it of all.Items) await table.delete({ TableName: 'users', Key: { id: it.id } }).promise();",
    ),
    (
        "js.cloud.files",
        "const list = await s3.send(new ListObjectsV2Command({ Bucket }));\nawait s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: list.Contents.map(({ Key }) => ({ Key })) } }));",
    ),
    (
        "js.fs.unlink_db",
        "['app.db', 'drizzle'].forEach((it) => { if (fs.existsSync(it)) { if (fs.statSync(it).isDirectory()) { fs.rmSync(it, { recursive: true }); } else { fs.unlinkSync(it); } } });",
    ),
    (
        "js.fs.each",
        "const all = path.resolve('public/uploads');\nfs.readdirSync(all).forEach((it) => fs.unlinkSync(path.join(all, it)));",
    ),
    ("js.supabase", "await supabase.from('users').delete().neq('id', '');"),
    (
        "js.supabase",
        "await supabase.from('logs')\n  .delete()\n  .gte('created_at', '1970-01-01');",
    ),
    (
        "js.fauna",
        "client.query(q.Map(q.Paginate(q.Documents(q.Collection('users'))), (ref) => q.Delete(ref)));",
    ),
    ("js.fs", "fs.rmSync(mediaRoot, { recursive: it.isDirectory(), force: true });"),
    ("js.fs.unlink_db", "fs.unlinkSync(path.resolve('var', process.env.DATABASE_URL));"),
    ("js.redis", "await redis.flushAll();"),
    ("js.es", "await client.indices.delete({ index: '_all' });"),
    (
        "js.each",
        "const db = await getDb();\nconst all = await db.collection('a').find({}).toArray();\nfor (const e of all) await db.collection('a').deleteOne({ _id: e._id });",
    ),
    (
        "js.each",
        "const users = await User.find({});\nfor (const user of users) await user.deleteOne();",
    ),
    (
        "js.each",
        "const { data } = await supabase.from('a').select('id');\nfor (const row of data) { await supabase.from('a').delete().eq('id', row.id); }",
    ),
    (
        "js.firestore",
        "const all = await db.collection('users').get();\nfor (const doc of all.docs) await doc.ref.delete();",
    ),
    (
        "js.firestore",
        "const all = await db.collection('users').get();\nall.forEach((doc) => batch.delete(doc.ref));",
    ),
    ("js.vector", "await pinecone.index('docs').namespace('a').deleteAll();\nindex.deleteAll();"),
    ("js.aws", "await client.send(new DeleteTableCommand({ TableName: 'users' }));"),
    (
        "js.fs",
        "fs.rmSync(path.join(__dirname, '..', 'uploads'), { recursive: true, force: true });",
    ),
    (
        "js.fs",
        "const fs = require('fs');\n['uploads', 'b'].forEach((it) => fs.rmSync(path.join(__dirname, it), { recursive: true }));",
    ),
    (
        "js.fs.unlink_db",
        "const fs = require('fs').promises;\nconst db = path.join(__dirname, 'data', 'app.db');\nif (fs.existsSync(db)) fs.unlink(db);",
    ),
    ("js.fs.unlink_db", "fs.unlinkSync('./app.sqlite3');"),
    ("sql.truncate", "await sql`TRUNCATE users CASCADE`;"),
    ("sql.drop_database", "await prisma.$executeRawUnsafe('DROP SCHEMA public CASCADE');"),
    (
        "sql.drop_table",
        "const names = rows.map((it) => it.name).join(', ');\nawait db.execute(sql.raw(`DROP TABLE ${names}`));",
    ),
    (
        "sql.delete_all",
        "for (const table of ['a', 'b']) { await pool.query(`DELETE FROM ${table}`); }",
    ),
    ("sql.delete_all", "await client.query({ text: 'DELETE FROM users' });"),
    ("sql.delete_all", "const run = (text) => pool.query(text);\nrun('DELETE FROM users');"),
    (
        "cypher.detach_delete",
        "session.run('MATCH (n) DETACH DELETE n').then(() => driver.close());",
    ),
    ("sh.dropdb", "const { execSync } = require('child_process');\nexecSync('dropdb shop');"),
    ("sh.dropdb", "await $`dropdb ${name}`;"),
    (
        "sh.rm",
        "import { spawn } from 'node:child_process';\nspawn('rm', ['-rf', '/var/lib/postgresql/data']);",
    ),
    ("sh.rm", "shell.rm('-rf', 'uploads');"),
    ("js.fs", "require('node:fs').rmSync('./uploads', { recursive: true });"),
    ("js.fs", "await require('fs').promises.rm('./uploads', { recursive: true });"),
];

/// What is no operation, or none that this file runs.
const LETS_THROUGH: &[&str] = &[
    "reset(db, [1]);\nform.reset();",
    "await Users.remove({ old: true }, { multi: true });",
    "await runner({ databaseUrl, direction: 'up', count: Infinity });\nawait runner({ direction: 'down', count: 1 });",
    "await new Storage().bucket('assets').file('a').delete();\nawait bucket.deleteFiles({ prefix: 'tmp/' });",
    "const { Items } = await doc.send(new ScanCommand({ TableName: 'a', FilterExpression: 'old = :a' }));\nawait doc.send(new BatchWriteCommand({ RequestItems: { a: Items.map((it) => ({ DeleteRequest: { Key: { id: it.id } } })) } }));",
    "await doc.send(new BatchWriteCommand({ RequestItems: { a: items.map((Item) => ({ PutRequest: { Item } })) } }));",
    "const files = await glob('uploads/*.tmp');\nawait Promise.all(files.map((it) => fs.unlink(it)));",
    "const all = await (await getDb()).query('a').where('old', 1).find().toArray();\nfor (const e of all) await db.collection('a').deleteOne({ _id: e._id });",
    "// await User.deleteMany({});\nconsole.log('DROP TABLE users');",
    "const help = 'DELETE FROM users';",
    "for (const it of fs.readdirSync('uploads')) { if (it.endsWith('.tmp')) fs.unlinkSync(it); }",
    "const all = await redis.keys('session:*');\nawait redis.del(all);",
    "await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));",
    "app.delete('/users', async (req, res) => { await User.deleteMany({}); });",
    "exports.clear = asyncHandler(async (req, res) => { await User.deleteMany({}); });",
    "export async function clear(userId) { await Session.deleteMany({ userId }); }",
    "export const clear = () => User.deleteMany({});",
    "exports.up = (knex) => knex.schema.createTable('a');\nexports.down = (knex) => knex.schema.dropTable('a');",
    "module.exports = { up: async (queryInterface) => {}, down: async (queryInterface) => { await queryInterface.dropTable('a'); } };",
    "describe('users', () => { beforeEach(async () => { await User.deleteMany({}); }); });",
    "test('it', async () => { await knex('users').del(); });",
    "const server = await MongoMemoryServer.create();\nawait mongoose.connection.dropDatabase();",
    "const db = new Sequelize('sqlite::memory:');\nawait db.sync({ force: true });",
    "await User.deleteMany({ expiresAt: { $lt: new Date() } });",
    "await prisma.session.deleteMany({ where: { userId: user.id } });",
    "await User.destroy({ where: { id } });",
    "const old = (await Project.findAll({ where: { old: true } })).map((it) => it.id); await Note.destroy({ where: { projectId: { [Op.in]: old } } });",
    "await sequelize.sync();\nawait sequelize.sync({ alter: true });",
    "const seen = new Map();\nseen.delete('a');\nseen.clear();\nlocalStorage.clear();\nqueue.drop(1);",
    "const list = _.drop(all, 2);\nset.delete(id);\nel.remove();\nnode.destroy();",
    "await knex('users').where('id', 7).del();\nawait knex('users').del().where({ id });",
    "await db.delete(users).where(eq(users.id, id));",
    "await db.deleteFrom('users').where('id', '=', id).execute();",
    "await supabase.from('users').delete().eq('id', id);\nawait supabase.from('a').delete().neq('id', '').eq('owner', owner);",
    "await supabase.from('users').delete().lt('created_at', cutoff);",
    "await pool.query('DELETE FROM users WHERE id = $1', [id]);",
    "await sql`DELETE FROM users WHERE id = ${id}`;",
    "fs.rmSync('dist', { recursive: true });\nrimraf.sync('node_modules');\nfs.unlinkSync('notes.txt');",
    "fs.rmSync(path.join(os.tmpdir(), 'data'), { recursive: true });",
    "const nodeCache = new NodeCache();\nnodeCache.flushAll();",
    "await prisma.user.delete({ where: { id: 5 } });",
    "$('#users').remove();\n$('.delete').on('click', () => api.deleteMany({}));",
    "cron.schedule('0 0 * * *', async () => { await Token.deleteMany({}); });",
    "const batch = db.batch();\nconst old = await db.collection('a').where('x', '<', now).get();\nold.forEach((doc) => batch.delete(doc.ref));",
    "const all = await db.collection('users').get();\nfor (const doc of all.docs) { if (doc.data().old) await doc.ref.delete(); }",
    "const all = await db.collection('users').get();\nall.forEach((doc) => { if (!doc.data().old) return;\n batch.delete(doc.ref); });",
    "const all = await db.collection('users').get();\nall.docs.filter((doc) => doc.data().old).map((doc) => doc.ref.delete());",
    "export default async function globalTeardown() { await db.dropDatabase(); }",
    "class Users { async clear() { await this.repository.clear(); } }",
    "client.on('reset', async (it) => { await Guild.deleteMany({}); });\nprocess.on('SIGINT', async () => { await redis.flushall(); });",
    "canvas.remove({});\nrepo.clear;\ndocument.querySelector('.a').remove();",
    "export default function Page() { useEffect(() => { supabase.from('a').delete().neq('id', 0); }, []); }",
    "const users = await User.find({ old: true });\nfor (const user of users) await user.deleteOne();",
    "const users = await User.find();\nfor (const user of users) { if (seen.has(user.email)) await user.deleteOne(); }",
    "const users = await User.find();\nawait users[0].deleteOne();\nawait User.deleteOne({ _id: id });",
    "client.query(q.Delete(q.Ref(q.Collection('users'), id)));",
    "process.exit(0);\nawait User.deleteMany({});",
];

/// What stands before `WIPE` and stops whoever did not mean it.
const GUARDS: &[&str] = &[
    "const { ok } = await prompts({ type: 'confirm', name: 'ok', message: 'Sure?' });\nif (!ok) process.exit(1);\nWIPE",
    "const answers = await inquirer.prompt([{ type: 'confirm', name: 'sure' }]);\nif (!answers.sure) { process.exit(0); }\nWIPE",
    "const { confirm } = await inquirer.prompt([{ type: 'input', name: 'confirm' }]);\nif (confirm !== 'delete all') throw new Error('no');\nWIPE",
    "const answer = await rl.question('Type yes: ');\nif (answer.trim().toLowerCase() !== 'yes') { process.exit(1); }\nWIPE",
    "rl.question('Sure? ', async (answer) => { if (answer === 'y') { WIPE }\n rl.close(); });",
    "function ask(q) { return new Promise((resolve) => rl.question(q, resolve)); }\nif ((await ask('Sure? ')) !== 'yes') process.exit(1);\nWIPE",
    "const sure = (q) => new Promise((resolve) => { rl.question(q, (a) => { rl.close(); resolve(/^y(es)?$/i.test(a)); }); });\nif (await sure('Sure?')) { WIPE }",
    "function typed(q) { return new Promise((done) => rl.question(q, (a) => done(a === 'WIPE ALL'))); }\ntyped('Sure?').then(async (ok) => { if (!ok) return; WIPE });",
    "function input() { return new Promise((r) => process.stdin.once('data', (d) => r(d.toString()))); }\nconst said = (await input()).trim();\nif (said !== 'yes') process.exit(1);\nWIPE",
    "if (!['y', 'yes'].includes((await rl.question('Sure?')).toLowerCase())) process.exit(1);\nWIPE",
    "if (!readlineSync.keyInYN('Sure?')) process.exit();\nWIPE",
    "const ok = await confirm({ message: 'Sure?' });\nif (isCancel(ok) || !ok) process.exit(0);\nWIPE",
    "if (process.env.NODE_ENV !== 'test') throw new Error('only in tests');\nWIPE",
    "if (!['development', 'test'].includes(process.env['NODE_ENV'])) { process.exit(1); }\nWIPE",
    "const env = process.env.NODE_ENV || 'production';\nif (env === 'production') process.exit(1);\nWIPE",
    "const { NODE_ENV } = process.env;\nassert(NODE_ENV === 'development', 'no');\nWIPE",
    "if (!process.env.DATABASE_URL?.includes('localhost')) { throw new Error('not local'); }\nWIPE",
    "if (!/localhost|127\\.0\\.0\\.1/.test(process.env.MONGO_URI)) process.exit(1);\nWIPE",
    "const url = new URL(process.env.DATABASE_URL);\nif (url.hostname !== 'localhost') process.exit(1);\nWIPE",
    "if (!process.argv.includes('--force')) { console.log('use --force'); process.exit(1); }\nWIPE",
    "const args = process.argv.slice(2);\nif (args.indexOf('--yes') === -1) process.exit(1);\nWIPE",
    "const force = process.argv.some((a) => a === '--force');\nif (force) { WIPE }",
    "const APPLY = process.argv.includes('--apply');\nasync function main() { if (!APPLY) { return; }\n WIPE }\nmain();",
    "const argv = require('minimist')(process.argv.slice(2));\nif (!argv.force) process.exit(1);\nWIPE",
    "const { values } = parseArgs({ options: { force: { type: 'boolean' } } });\nif (!values.force) process.exit(1);\nWIPE",
    "const argv = yargs(hideBin(process.argv)).option('dry-run', { type: 'boolean', default: true }).argv;\nif (argv.dryRun) process.exit(0);\nWIPE",
    "program.option('-f, --force', 'really').action(async (options) => { if (!options.force) return;\n WIPE });\nprogram.parse();",
    "let confirmed = false;\nfor (const a of process.argv) { if (a === '--confirm') confirmed = true; }\nif (!confirmed) process.exit(1);\nWIPE",
    "let sure = false;\nasync function ask() { if ((await rl.question('?')) === 'y') sure = true; }\nawait ask();\nif (!sure) process.exit(1);\nWIPE",
    "if (process.argv[2] !== 'yes-delete-all') process.exit(1);\nWIPE",
    "if (process.env.ALLOW_WIPE !== 'true') process.exit(1);\nWIPE",
    "switch (await rl.question('Sure?')) { case 'yes': WIPE\n break;\n default: process.exit(1); }",
    "function guard() { if (process.env.NODE_ENV !== 'development') { throw new Error('no'); } }\nguard();\nWIPE",
    "const dry = process.env.DRY_RUN !== 'false';\nif (dry) { console.log('dry'); } else { WIPE }",
];

/// What looks like a guard, and why it is none.
const FALSE_GUARDS: &[(Defect, &str)] = &[
    (Defect::OnlyWaits, "await new Promise((resolve) => setTimeout(resolve, 5000));\nWIPE"),
    (Defect::StopsNothing, "console.log('WARNING: this deletes everything');\nWIPE"),
    (Defect::OnlyWaits, "setTimeout(async () => { WIPE }, 3000);"),
    (Defect::AnswerIgnored, "await rl.question('Press enter ');\nWIPE"),
    (Defect::WrongWayRound, "if (process.env.NODE_ENV === 'production') { WIPE }"),
    (
        Defect::WrongWayRound,
        "const answer = await rl.question('Sure?');\nif (answer !== 'yes') { WIPE }",
    ),
    (
        Defect::OpenWhenUnset,
        "const env = process.env.NODE_ENV || 'development';\nif (env !== 'development') process.exit(1);\nWIPE",
    ),
    (
        Defect::OpenWhenUnset,
        "process.env.NODE_ENV = process.env.NODE_ENV || 'development';\nif (process.env.NODE_ENV !== 'development') process.exit(1);\nWIPE",
    ),
    (Defect::OnlyPresence, "if (!process.env.DATABASE_URL) process.exit(1);\nWIPE"),
    (
        Defect::NotOnEveryWay,
        "async function ask() { if ((await rl.question('?')) !== 'y') process.exit(1); }\nask();\nWIPE",
    ),
    (Defect::TooLate, "WIPE\nif (process.env.NODE_ENV !== 'test') process.exit(1);"),
];

/// The line of each operation, its kind, and whether a strong guard is in force there.
fn said(path: &str, text: &str) -> Vec<(u32, &'static str, bool)> {
    let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
    operations.iter().map(|it| (it.line, it.kind.id, it.is_guarded())).collect()
}

/// The strength of what stands before the first operation.
fn strength(path: &str, text: &str) -> Option<Strength> {
    script(path, text).and_then(|it| it.operations.first().and_then(|it| it.strength()))
}

const WIPE: &str = "await prisma.user.deleteMany({});";

#[test]
fn it_finds_what_a_script_destroys() {
    for (kind, text) in FINDS {
        for path in ["scripts/wipe.mjs", "scripts/wipe.ts"] {
            let said = said(path, text);
            assert!(said.iter().any(|it| it.1 == *kind && !it.2), "{path}: {text}\n{said:?}");
        }
    }
}

#[test]
fn it_lets_through_what_destroys_nothing_by_itself() {
    for text in LETS_THROUGH {
        for path in ["src/users.js", "src/users.ts"] {
            assert_eq!(said(path, text), [], "{path}: {text}");
        }
    }
}

#[test]
fn it_sees_what_stands_before_an_operation() {
    for text in GUARDS {
        let text =
            text.replace("WIPE\n", &format!("{WIPE}\n")).replace("WIPE }", &format!("{WIPE} }}"));
        let text = match text.strip_suffix("WIPE") {
            Some(before) => format!("{before}{WIPE}"),
            None => text,
        };
        let said = said("scripts/wipe.ts", &text);
        assert!(
            !said.is_empty() && said.iter().all(|it| it.2),
            "{text}\n{said:?} {:?}",
            defects("scripts/wipe.ts", &text)
        );
    }
}

#[test]
fn it_names_what_looks_like_a_guard_and_is_none() {
    for (defect, text) in FALSE_GUARDS {
        let text = text.replace("WIPE", WIPE);
        let said = said("scripts/wipe.js", &text);
        assert!(!said.is_empty() && said.iter().all(|it| !it.2), "{text}\n{said:?}");
        let defects = defects("scripts/wipe.js", &text);
        assert!(defects.contains(defect), "{text}\n{defects:?}");
    }
}

#[test]
fn a_refusal_of_production_alone_is_of_medium_strength() {
    let text = format!("if (process.env.NODE_ENV === 'production') throw new Error('no');\n{WIPE}");
    assert_eq!(strength("reset.js", &text), Some(Strength::Medium));
    let text = format!("const dry = process.argv.includes('--dry-run');\nif (!dry) {{ {WIPE} }}");
    assert_eq!(strength("reset.js", &text), Some(Strength::Supporting));
}

#[test]
fn it_says_the_line() {
    let text = "const tables = ['a'];\nawait sql`\n  SELECT 1;\n  DROP TABLE users`;\nawait User\n  .deleteMany({});";
    assert_eq!(said("a.ts", text), [(4, "sql.drop_table", false), (5, "js.prisma", false)]);
}

#[test]
fn it_reads_types_and_elements() {
    let text = format!(
        "const a = <T,>(x: T) => x;\nconst v = url!;\nenum E {{ A }}\ninterface I {{ a: string }}\n{WIPE}"
    );
    assert_eq!(said("a.ts", &text), [(5, "js.prisma", false)]);
    let text = format!("const el = <div onClick={{() => 1}}>a</div>;\n{WIPE}");
    assert_eq!(said("a.tsx", &text), [(2, "js.prisma", false)]);
    let text = format!("#!/usr/bin/env node\nconst a = b < c;\nvar x = a ? b : c\n{WIPE}");
    assert_eq!(said("bin/wipe", &text), [(4, "js.prisma", false)]);
}

#[test]
fn deep_nesting_is_bounded() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{a:", "}"),
        ("()=>", ""),
        ("!", ""),
        ("a.then(()=>", ")"),
        ("if(a){", "}"),
    ] {
        let text = format!("{}db.dropDatabase(){}", open.repeat(500), close.repeat(500));
        // What was not read to its end is never passed over in silence.
        assert!(!matches!(read("a.js".into(), text.as_bytes()), Answer::No), "{open}");
    }
}
