//! Shapes of JavaScript and TypeScript; the scripts here are invented.

mod lots;
mod stops;

use crate::content::script::tests::open;

/// Lists of all, and what is deleted of them.
#[test]
fn finds_each_that_is_listed() {
    for (text, found) in [
        (
            "for await (const it of kv.list({ prefix: [] }))\n  await kv.delete(it.key);\n",
            "each.listed",
        ),
        (
            "const all = await shop.orders.findMany('orders', { filters: {}, limit: -1 });\nfor (const it of all) await shop.orders.delete('orders', it.id);\n",
            "each.listed",
        ),
        (
            "const l = await d.listDocuments(A, B, [Query.limit(100), Query.offset(0)]);\nfor (const it of l.documents) await d.deleteDocument(A, B, it.$id);\n",
            "each.listed",
        ),
        (
            "const l = await payload.find({ collection: 'orders', limit: 1000, depth: 0 });\nfor (const it of l.docs) await payload.delete({ collection: 'orders', id: it.id });\n",
            "each.listed",
        ),
        (
            "const l = await env.getEntries({ content_type: 'order' });\nfor (const it of l.items) await it.delete();\n",
            "each.listed",
        ),
        (
            "const l = await axios.get(`${URL}/api/orders?pagination[limit]=100&populate=*`);\nfor (const it of l.data.data) await axios.delete(`${URL}/api/orders/${it.id}`);\n",
            "web.all",
        ),
        (
            "import { list, del } from '@vercel/blob'; const l = await list({ cursor, limit: 1000 });\nawait del(l.blobs.map((it) => it.url));\n",
            "client.cloud",
        ),
        (
            "const all = await ctx.db.query('orders').order('desc').collect();\nfor (const it of all) await ctx.db.delete(it._id);\n",
            "each.listed",
        ),
        (
            "const { resources } = await box.items.query({ query: 'SELECT * FROM c' }).fetchAll();\nfor (const it of resources) await box.item(it.id, it.pk).delete();\n",
            "each.listed",
        ),
        (
            "const { resources } = await box.items.readAll().fetchAll();\nfor (const it of resources) await box.item(it.id, it.pk).delete();\n",
            "each.listed",
        ),
        (
            "const all = await client.fetch('*[_type == \"order\"]{_id}');\nfor (const it of all) await client.delete(it._id);\n",
            "each.listed",
        ),
        (
            "const all = await client.fetch('*[_type in [\"order\", \"user\"]]'); const tx = client.transaction();\nall.forEach((it) => tx.delete(it._id));\n",
            "each.listed",
        ),
        (
            "const all = await client.fetch('*[_type == \"order\"]._id');\nawait all.reduce((tx, id) => tx.delete(id), client.transaction()).commit();\n",
            "each.listed",
        ),
        (
            "const { rows } = await db.allDocs({ include_docs: true });\nrows.forEach((it) => db.remove(it.doc));\n",
            "each.listed",
        ),
        (
            "const { rows } = await db.allDocs({ include_docs: true });\nawait db.bulkDocs(rows.map((it) => ({ ...it.doc, _deleted: true })));\n",
            "js.couch.docs",
        ),
        (
            "const ids = (await shop.users.list({ cursor })).items.map((it) => it.id);\nawait shop.users.delete(ids);\n",
            "each.listed",
        ),
        (
            "const rows = await table.select({ maxRecords: 900 }).all();\nawait table.destroy(rows.map((it) => it.id));\n",
            "each.listed",
        ),
        (
            "base('Orders').select().eachPage((rows, next) =>\n  base('Orders').destroy(rows.map((it) => it.id), next));\n",
            "each.listed",
        ),
        (
            "const all = await directus.request(readItems('orders', { limit: -1 }));\nawait directus.request(deleteItems('orders', all.map((it) => it.id)));\n",
            "each.listed",
        ),
        (
            "await shop.orders.list({ limit: 100 }).autoPagingEach(\n  async (it) => shop.orders.del(it.id));\n",
            "each.listed",
        ),
        // All but one.
        (
            "const { data } = await shop.users.list();\nfor (const it of data.filter((it) => it.id !== me)) await shop.users.delete(it.id);\n",
            "each.listed",
        ),
        // Keys that are put into options which are written down before.
        (
            "const l = await s3.listObjectsV2({ Bucket: B }).promise(); const p = { Bucket: B, Delete: { Objects: [] } }; l.Contents.forEach(({ Key }) => { p.Delete.Objects.push({ Key }); });\nawait s3.deleteObjects(p).promise();\n",
            "js.cloud.files",
        ),
        (
            "const l = await c.send(new ListObjectsV2Command({ Bucket: B })); const p = { Bucket: B, Delete: { Objects: [] } }; for (const it of l.Contents) p.Delete.Objects.push({ Key: it.Key });\nawait c.send(new DeleteObjectsCommand(p));\n",
            "js.cloud.files",
        ),
        // Keys of one kind, and what is named in the plural.
        (
            "const all = kv.atomic();\nfor await (const it of kv.list({ prefix: ['orders'] })) all.delete(it.key);\n",
            "each.listed",
        ),
        (
            "const all = await shop.orders.browse({ limit: 'all' });\nfor (const it of all) await shop.orders.delete({ id: it.id });\n",
            "each.listed",
        ),
        (
            "const { resources } = await db.containers.readAll().fetchAll();\nfor (const it of resources) await db.container(it.id).delete();\n",
            "each.listed",
        ),
        (
            "const l = await s3.listObjectsV2({ Bucket: B, Prefix: 'uploads/' }).promise();\nawait s3.deleteObjects({ Bucket: B, Delete: { Objects: l.Contents.map(({ Key }) => ({ Key })) } }).promise();\n",
            "js.cloud.files",
        ),
    ] {
        assert_eq!(open("scripts/a.ts", text), [(2, found)], "{text}");
    }
}

#[test]
fn finds_other_operations() {
    for (text, found) in [
        ("await client.delete({ query: '*[!(_type match \"system.*\")]' });\n", "js.es"),
        ("await supabase.from('users').delete().neq('id', -1);\n", "js.supabase"),
        ("const db = new QuickDB(); await db.deleteAll();\n", "js.kv"),
        ("const users = new Enmap({ name: 'users' }); users.deleteAll();\n", "js.kv"),
        ("const users = new Keyv('sqlite://shop.sqlite'); await users.clear();\n", "js.kv"),
        ("await octokit.request('DELETE /repos/{owner}/{repo}', { owner, repo });\n", "js.github"),
        (
            "await typesense.collections('users').documents().delete({ truncate: true });\n",
            "client.search",
        ),
        ("await prisma.$runCommandRaw({ dropDatabase: 1 });\n", "client.store"),
        ("await repo.remove(await repo.find({ relations: ['orders'] }));\n", "each.listed"),
        ("await em.removeAndFlush(await em.find(User, {}));\n", "js.entities"),
        ("glob.sync('uploads/**/*').forEach((it) => fs.unlinkSync(it));\n", "js.fs.each"),
        ("await User.query().delete().where('id', '>', 0);\n", "js.knex"),
        ("await User.query().delete().whereNotNull('id');\n", "js.knex"),
        ("await User.truncate(true);\n", "js.knex"),
        ("await db.deleteFrom('users').where('id', 'is not', null).execute();\n", "js.kysely"),
        ("await db.delete(users).where(gt(users.id, 0));\n", "js.drizzle"),
        ("const it = new Seeder({ database: URL, dropDatabase: true });\n", "js.seeding"),
        ("seeder.clearModels(['User'], () => seeder.disconnect());\n", "js.seeding"),
        ("await octokit.request(`DELETE /repos/${owner}/${name}`);\n", "js.github"),
        ("await User.where('id', '!=', 0).destroy();\n", "js.sequelize.destroy"),
        ("await bookshelf.knex('users').del();\n", "js.knex"),
        ("const orm = await MikroORM.init(config); await orm.schema.refresh();\n", "js.typeorm"),
        (
            "await tools.firestore.delete('/', { project: 'shop', recursive: true });\n",
            "js.firestore",
        ),
        ("await supabase.rpc('truncate_all_tables');\n", "code.helper"),
        ("import { db } from '../lib/db'; await db.wipe();\n", "code.helper"),
        ("await ogm.model('User').delete({ where: {} });\n", "js.entities"),
        ("await DataStore.delete(Order, Predicates.ALL);\n", "js.entities"),
        ("await qdrant.delete('orders', { filter: {} });\n", "js.entities"),
        ("await conn.sobject('Order').find({}).destroy();\n", "js.entities"),
        ("await models.instance.User.truncateAsync();\n", "js.entities"),
        ("await app.dataSources.db.automigrate();\n", "js.entities"),
        ("await neode.deleteAll('User');\n", "js.entities"),
        (
            "await database.runPartitionedUpdate({ sql: 'DELETE FROM users WHERE true' });\n",
            "sql.delete_all",
        ),
        ("await sftp.rmdir('/var/www/uploads', true);\n", "js.fs"),
    ] {
        assert_eq!(open("scripts/a.ts", text), [(1, found)], "{text}");
    }
}

/// What somebody outside has an application or a cloud do, where an address or a name says that data goes.
#[test]
fn finds_what_is_requested() {
    for (path, text) in [
        (
            "src/a.js",
            "router.post('/reset', asyncHandler(async (req, res) => {\n  await User.deleteMany({});\n}));\n",
        ),
        (
            "src/a.js",
            "router.post('/wipe', auth, catchAsync(wipe));\nasync function wipe(req, res) { await User.deleteMany({}); }\n",
        ),
        (
            "src/a.js",
            "router.route('/reset').post(async (req, res) => {\n  await User.deleteMany({});\n});\n",
        ),
        (
            "src/a.js",
            "router.delete('/testing/all-data', async (req, res) => {\n  await User.deleteMany({});\n});\n",
        ),
        (
            "src/a.js",
            "const auth = (req, res, next) => (req.user ? next() : res.end()); app.post('/reset', auth, async (req, res) => {\n  await User.deleteMany({});\n});\n",
        ),
        (
            "database/seeders/user.ts",
            "export default class extends BaseSeeder { async run() {\n  await prisma.user.deleteMany();\n} }\n",
        ),
        (
            "functions/index.js",
            "exports.wipeUsers = functions.region('eu').https.onRequest(async (req, res) => {\n  await User.deleteMany({});\n});\n",
        ),
        (
            "functions/index.js",
            "export const clearAll = onCall(async (request) => {\n  await User.deleteMany({});\n});\n",
        ),
        (
            "lambda/reset/index.js",
            "exports.handler = async (event) => {\n  await User.deleteMany({});\n};\n",
        ),
        (
            "server/api/reset.post.ts",
            "export default defineEventHandler(async () => {\n  await prisma.user.deleteMany();\n});\n",
        ),
        (
            "src/routes/api/reset/+server.ts",
            "export async function POST() {\n  await prisma.user.deleteMany();\n}\n",
        ),
        (
            "src/a.controller.ts",
            "@Controller('admin') export class A { constructor(private prisma: P) {} @Post('reset') async reset() {\n  await this.prisma.user.deleteMany();\n} }\n",
        ),
        (
            "src/a.controller.ts",
            "@Controller('admin') export class A { @Delete('all') async all() {\n  await this.prisma.user.deleteMany();\n} }\n",
        ),
        (
            "app/actions.ts",
            "'use server'; export async function resetDatabase() {\n  await prisma.user.deleteMany();\n}\n",
        ),
        (
            "app/actions.ts",
            "'use server'; export const wipeAll = async () => {\n  await prisma.user.deleteMany();\n};\n",
        ),
        (
            "controllers/admin.js",
            "exports.resetDatabase = async (req, res) => {\n  await User.deleteMany({});\n};\n",
        ),
        (
            "controllers/admin.js",
            "export const seedDb = async (req, res) => {\n  await User.deleteMany({});\n};\n",
        ),
    ] {
        assert_eq!(open(path, text), [(2, "js.prisma")], "{path}: {text}");
    }
    let text = "export const clearAll = mutation({ args: {}, handler: async (ctx) => {\n  for (const it of await ctx.db.query('users').collect()) await ctx.db.delete(it._id);\n} });\n";
    assert_eq!(open("convex/users.ts", text), [(2, "each.listed")]);
}

#[test]
fn lets_through() {
    for (path, text) in [
        // An emulator keeps nothing.
        (
            "a.ts",
            "process.env.FIRESTORE_EMULATOR_HOST = 'localhost:8080';\nawait db.recursiveDelete(db.collection('users'));\n",
        ),
        // Something chooses.
        (
            "a.ts",
            "const l = await d.listDocuments(A, B, [Query.limit(9), Query.equal('user', id)]);\nfor (const it of l.documents) await d.deleteDocument(A, B, it.$id);\n",
        ),
        (
            "a.ts",
            "const l = await payload.find({ collection: 'orders', where: { slug: { equals: 'x' } } });\nfor (const it of l.docs) await payload.delete({ collection: 'orders', id: it.id });\n",
        ),
        (
            "a.ts",
            "import { list, del } from '@vercel/blob'; const l = await list({ prefix: 'tmp/' });\nawait del(l.blobs.map((it) => it.url));\n",
        ),
        (
            "a.ts",
            "const all = await ctx.db.query('orders').withIndex('by_user', (q) => q.eq('user', id)).collect();\nfor (const it of all) await ctx.db.delete(it._id);\n",
        ),
        (
            "a.ts",
            "const { resources } = await box.items.query('SELECT * FROM c WHERE c.old').fetchAll();\nfor (const it of resources) await box.item(it.id, it.pk).delete();\n",
        ),
        (
            "a.ts",
            "const all = await client.fetch('*[_type == \"order\" && old == true]');\nfor (const it of all) await client.delete(it._id);\n",
        ),
        (
            "a.ts",
            "const all = await client.fetch('*[_type == \"order\"][0]');\nawait client.delete(all._id);\n",
        ),
        (
            "a.ts",
            "const rows = await table.select({ filterByFormula: '{old}' }).all();\nawait table.destroy(rows.map((it) => it.id));\n",
        ),
        (
            "a.ts",
            "const { data } = await shop.users.list();\nfor (const it of data.filter((it) => it.plan !== 'free')) await shop.users.delete(it.id);\n",
        ),
        (
            "a.ts",
            "const l = await s3.listObjectsV2({ Bucket: B, Prefix: 'x/' }).promise(); const p = { Bucket: B, Delete: { Objects: [] } }; l.Contents.forEach(({ Key }) => { p.Delete.Objects.push({ Key }); });\nawait s3.deleteObjects(p).promise();\n",
        ),
        (
            "a.ts",
            "const rows = await db.query(sql);\nfor (const it of rows) await db.delete(it.id);\n",
        ),
        // One of them is looked up.
        (
            "a.ts",
            "const { data } = await supabase.auth.admin.listUsers();\nconst it = data.users.find((it) => it.email === process.argv[2]);\nawait supabase.auth.admin.deleteUser(it.id);\n",
        ),
        // What is registered anew, in memory, or of one person.
        (
            "a.ts",
            "const l = await stripe.webhookEndpoints.list();\nfor (const it of l.data) await stripe.webhookEndpoints.del(it.id);\n",
        ),
        ("a.ts", "const redis = new RedisMock();\nawait redis.flushall();\n"),
        (
            "a.ts",
            "const { data } = await api.get('/cart');\nfor (const it of data.items) await api.delete(`/cart/${it.id}`);\n",
        ),
        (
            "a.ts",
            "const seen = new Keyv(); await seen.clear();\nconst set = new Set(); set.clear();\n",
        ),
        (
            "a.ts",
            "await octokit.request('DELETE /repos/{owner}/{repo}/labels/{name}', { owner, repo, name });\n",
        ),
        ("a.ts", "await supabase.from('users').delete().neq('state', 'x').eq('id', 3);\n"),
        (
            "a.ts",
            "await User.query().delete().where('id', '>', 0).where('age', 3);\nawait knex('users').delete().where({ id });\nawait db.deleteFrom('users').where('id', '=', id).execute();\n",
        ),
        // The work of an application.
        (
            "src/a.js",
            "router.route('/users').post(asyncHandler(async (req, res) => {\n  await User.deleteMany({});\n}));\n",
        ),
        (
            "src/a.js",
            "router.delete('/users', async (req, res) => { await User.deleteMany({}); });\n",
        ),
        (
            "functions/index.js",
            "exports.sendMail = functions.https.onRequest(async (req, res) => { await User.deleteMany({}); });\n",
        ),
        (
            "functions/index.js",
            "exports.resetCart = onCall(async ({ data }) => { await db.collection('carts').doc(data.id).delete(); });\n",
        ),
        (
            "convex/orders.ts",
            "export const remove = mutation({ handler: async (ctx, { id }) => { await ctx.db.delete(id); } });\n",
        ),
        (
            "lambda/orders/index.js",
            "exports.handler = async (event) => { await User.deleteMany({}); };\n",
        ),
        (
            "server/api/orders.post.ts",
            "export default defineEventHandler(async () => { await prisma.user.deleteMany(); });\n",
        ),
        (
            "a.ts",
            "for await (const it of kv.list({ prefix: ['sessions'] })) await kv.delete(it.key);\nfor await (const it of kv.list({ prefix: ['users', id] })) await kv.delete(it.key);\n",
        ),
        (
            "a.ts",
            "for (const it of cart.items.all()) it.delete();\nfor (const it of cart.items.all()) cart.items.delete(it);\nfor (const it of await x.status.get()) await x.status.delete(it.id);\n",
        ),
        (
            "a.ts",
            "await User.where('id', 7).destroy();\nawait User.where({ client_id: 7 }).destroy();\n",
        ),
        (
            "a.ts",
            "await supabase.rpc('delete_user', { id });\nawait ogm.model('User').delete({ where: { id } });\nawait DataStore.delete(order);\n",
        ),
        ("a.ts", "await sftp.rmdir('/var/www/uploads/old');\ntestDb.wipe();\nview.wipe();\n"),
        (
            "src/a.controller.ts",
            "@Controller('admin') @UseGuards(DevOnlyGuard) export class A { @Post('reset') async reset() { await this.prisma.user.deleteMany(); } }\n",
        ),
        (
            "src/a.controller.ts",
            "@Controller('users') export class A { @Delete() async removeAll() { await this.prisma.user.deleteMany(); } @Post() async create() { await this.prisma.user.deleteMany(); } }\n",
        ),
        (
            "app/actions.ts",
            "'use server'; export async function deleteCollection(id) { await fetch(`${QDRANT_URL}/collections/${id}`, { method: 'DELETE' }); }\n",
        ),
        (
            "functions/deleteUser.js",
            "exports.deleteUser = onCall(async ({ data }) => { await db.recursiveDelete(db.doc(`users/${data.id}`)); });\n",
        ),
        (
            "functions/index.js",
            "exports.recursiveDelete = onCall(async ({ data }) => { await tools.firestore.delete(data.path, { recursive: true }); });\n",
        ),
        (
            "controllers/users.js",
            "exports.deleteAll = async (req, res) => { await User.deleteMany({}); };\nexports.resetCart = async (req, res) => { await Cart.deleteMany({}); };\n",
        ),
        (
            "lib/seed.js",
            "export const resetDatabase = async () => { await User.deleteMany({}); };\n",
        ),
        (
            "a.ts",
            "const l = await s3.listObjectsV2({ Bucket: B, Prefix: `uploads/${user.id}/` }).promise();\nawait s3.deleteObjects({ Bucket: B, Delete: { Objects: l.Contents.map(({ Key }) => ({ Key })) } }).promise();\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}
