//! Lists that a script fetches page by page and deletes lot by lot, and what chooses among them; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds_what_is_deleted_lot_by_lot() {
    for (text, found) in [
        (
            "const { users } = await app.users.list();\nfor (let i = 0; i < users.length; i += 50) await Promise.all(users.slice(i, i + 50).map(async (it) => app.users.deleteUser(it.id)));\n",
            "each.listed",
        ),
        (
            "const SIZE = 50; const l = await app.users.list(); for (let i = 0; i < l.length; i += SIZE) {\n  for (const it of l.slice(i, Math.min(i + SIZE, l.length))) await app.users.deleteUser(it.id); }\n",
            "each.listed",
        ),
        (
            "const l = await cloudinary.api.resources({ max_results: 500 }); const ids = l.resources.map((it) => it.public_id);\nfor (let i = 0; i < ids.length; i += 100) await cloudinary.api.delete_resources(ids.slice(i, i + 100));\n",
            "js.cloud.files",
        ),
        (
            "let all = []; const found = await fetch(`https://shop.example/orders?limit=9&offset=${n}`); all = all.concat(await found.json());\nfor (const it of all) await fetch(`https://shop.example/orders/${it.id}`, { method: 'DELETE' });\n",
            "web.all",
        ),
        (
            "let all = []; while (true) { const page = await (await fetch(`https://shop.example/orders?page=${n}`)).json(); if (!page.length) break; all.push(...page); }\nfor (const it of all) await fetch(`https://shop.example/orders/${it.id}`, { method: 'DELETE' });\n",
            "web.all",
        ),
        (
            "const get = async (path, method = 'GET') => (await fetch(`https://${SHOP}/${path}`, { method })).json(); async function main() { const l = await get('products.json?limit=250');\n  for (const it of l.products) await fetch(`https://${SHOP}/products/${it.id}.json`, { method: 'DELETE' }); } main();\n",
            "web.all",
        ),
        (
            "const { data } = await api.get('/products.json');\nfor (const it of data.products) await api.delete(`/products/${it.id}.json`);\n",
            "web.all",
        ),
        (
            "const { data } = await db.from('profiles').select('id');\nfor (const it of data) await db.auth.admin.deleteUser(it.id);\n",
            "js.firestore",
        ),
        (
            "const rows = await ctx.db.query(args.table).take(500);\nfor (const it of rows) await ctx.db.delete(it._id);\n",
            "each.listed",
        ),
        (
            "import { QdrantClient } from '@qdrant/js-client-rest'; const q = new QdrantClient({ url });\nawait q.delete('docs', { wait: true, filter: { must: [] } });\n",
            "client.search",
        ),
    ] {
        assert_eq!(open("a.ts", text), [(2, found)], "{text}");
    }
}

#[test]
fn lets_through_what_is_chosen_among_pages() {
    for text in [
        "const l = await app.users.list();\nfor (const it of l.slice(0, 10)) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list();\nfor (const it of l.slice(0, n)) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list();\nfor (const it of l) if (!it.email) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list();\nfor (const it of l) { if (!it.email || it.email.endsWith('.invalid')) await app.users.deleteUser(it.id); else console.log(it); }\n",
        "let old = []; while (true) { const page = await app.users.list(); if (!page.length) break; old = old.concat(page.filter((it) => it.spam)); }\nfor (const it of old) await app.users.deleteUser(it.id);\n",
        "const all = []; const page = await (await fetch(`https://shop.example/orders?page=1`)).json(); all.push(...page.items); const old = all.filter((it) => it.name.startsWith('[E2E]'));\nfor (const it of old) await fetch(`https://shop.example/orders/${it.id}`, { method: 'DELETE' });\n",
        "const all = []; for (const it of (await app.users.list()).data) all.push(it); const old = all.filter((it) => it.spam);\nfor (const it of old) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list(); const old = []; for (const it of l) { if (it.spam) old.push(it); }\nfor (const it of old) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list(); let old = []; for (const it of l) { if (it.paid) continue; old = old.concat(it); }\nfor (const it of old) await app.users.deleteUser(it.id);\n",
        "const l = await app.users.list(); let old = []; for (const it of l) { if (seen.has(it.email)) old = [...old, it]; else seen.add(it.email); }\nfor (const it of old) await app.users.deleteUser(it.id);\n",
        "const all = []; all.push(...(await app.users.list())); const gone = all.map((it) => it.id).filter((id) => !kept.has(id));\nfor (let i = 0; i < gone.length; i += 10) await Promise.all(gone.slice(i, i + 10).map((id) => app.users.deleteUser(id)));\n",
        "const l = await api.get('/products.json?status=void');\nfor (const it of l.data) await api.delete(`/products/${it.id}.json`);\n",
        "const { data } = await db.from('profiles').select('id').eq('spam', true);\nfor (const it of data) await db.auth.admin.deleteUser(it.id);\n",
        "const rows = await ctx.db.query('orders').take(5);\nfor (const it of rows) await ctx.db.delete(it._id);\n",
        "import { QdrantClient } from '@qdrant/js-client-rest'; const q = new QdrantClient({ url });\nawait q.delete('docs', { filter: { must: [{ key: 'user', match: { value } }] } });\n",
    ] {
        assert_eq!(open("a.ts", text), [], "{text}");
    }
}

/// A host of somebody who hosts databases is one of production.
#[test]
fn knows_hosts_of_databases() {
    for host in ["/rlwy\\.net|railway/i.test(url)", "url.includes('render.com')"] {
        let text = format!(
            "const url = process.env.DATABASE_URL || ''; if ({host}) process.exit(1);\nawait prisma.user.deleteMany();\n"
        );
        let found = crate::content::script::tests::guarded("a.ts", &text);
        assert!(!found.is_empty(), "{text}");
    }
}
