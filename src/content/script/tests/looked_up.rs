//! What goes by the id of a record that is found by what is written down: as if the id were.

use super::open;

/// The lines of a script of which all but the first delete by what the first found.
fn found(before: &str, deletes: [&str; 2]) -> Vec<u32> {
    let text = format!("{before}\n{}\n{}\n", deletes[0], deletes[1]);
    open("scripts/a.ts", &text).into_iter().map(|it| it.0).collect()
}

const PRISMA: [&str; 2] = [
    "await prisma.order.deleteMany({ where: { userId: user.id } });",
    "await prisma.note.deleteMany({ where: { order: { tenantId: user.tenantId } } });",
];

#[test]
fn finds() {
    for (before, deletes) in [
        (
            "const user = await prisma.user.findUnique({ where: { email: 'ann@shop.com' } });",
            PRISMA,
        ),
        (
            "const user = await prisma.user.findFirstOrThrow({ where: { email: { equals: 'ann@shop.com', mode: 'insensitive' } }, select: { id: true } });",
            PRISMA,
        ),
        // Of the record itself as well.
        (
            "const org = await prisma.organization.findFirst({ where: { slug: 'shop' } });",
            [
                "await prisma.member.deleteMany({ where: { organizationId: org.id } });",
                "await prisma.organization.delete({ where: { id: org.id } });",
            ],
        ),
        (
            "const user = await db.query.users.findFirst({ where: eq(users.email, 'ann@shop.com'), with: { tenant: true } });",
            [
                "await db.delete(sessions).where(eq(sessions.userId, user!.id));",
                "await db.delete(orders).where(eq(orders.tenantId, user.tenant.id));",
            ],
        ),
        (
            "const [user] = await db.select().from(users).where(eq(users.email, 'ann@shop.com'));",
            [
                "await db.delete(sessions).where(eq(sessions.userId, user.id));",
                "await db.delete(orders).where(eq(orders.userId, user.id));",
            ],
        ),
        (
            "const user = await User.findOne({ email: 'ann@shop.com' });",
            [
                "await Order.deleteMany({ user: user._id });",
                "await Note.deleteMany({ user: user._id.toString() });",
            ],
        ),
        (
            "const user = await User.findOne({ where: { email: 'ann@shop.com' } });",
            [
                "await Order.destroy({ where: { userId: user.id } });",
                "await Note.destroy({ where: { userId: user.id } });",
            ],
        ),
        (
            "const user = await knex('users').where('email', 'ann@shop.com').first();",
            [
                "await knex('orders').where('user_id', user.id).del();",
                "await knex('notes').where('user_id', '=', user.id).delete();",
            ],
        ),
        (
            "const user = await db.selectFrom('users').where('email', '=', 'ann@shop.com').executeTakeFirst();",
            [
                "await db.deleteFrom('orders').where('user_id', '=', user.id).execute();",
                "await db.deleteFrom('notes').where('user_id', '=', user.id).execute();",
            ],
        ),
        (
            "const { data: user } = await supabase.from('users').select('id').eq('email', 'ann@shop.com').single();",
            [
                "await supabase.from('orders').delete().eq('user_id', user.id);",
                "await supabase.from('notes').delete().eq('user_id', user.id);",
            ],
        ),
        (
            "const { rows } = await pool.query('SELECT id FROM users WHERE email = $1', ['ann@shop.com']); const user = rows[0];",
            [
                "await pool.query('DELETE FROM orders WHERE user_id = $1', [user.id]);",
                "await pool.query(`DELETE FROM notes WHERE user_id = ${user.id}`);",
            ],
        ),
        (
            "const [user] = await sql`SELECT id FROM users WHERE email = 'ann@shop.com'`;",
            [
                "await sql`DELETE FROM orders WHERE user_id = ${user.id}`;",
                "await sql`DELETE FROM notes WHERE user_id = ${user.id}`;",
            ],
        ),
        (
            "const user = db.prepare('SELECT * FROM users WHERE email = ?').get('ann@shop.com');",
            [
                "db.exec(`DELETE FROM orders WHERE user_id = ${user.id}`);",
                "db.exec(`DELETE FROM notes WHERE user_id = ${user.id}`);",
            ],
        ),
        (
            "const user = await userRepository.findOneBy({ email: 'ann@shop.com' });",
            [
                "await orderRepository.delete({ userId: user.id });",
                "await manager.delete(Note, { user: { id: user.id } });",
            ],
        ),
    ] {
        assert_eq!(found(before, deletes), [2, 3], "{before}");
    }
    // What a function is called with is written down as well.
    let text = "const EMAIL = 'ann@shop.com';\nasync function gone(email: string) {\n  const user = await prisma.user.findUnique({ where: { email } });\n  if (!user) { return; }\n  const id = user.id;\n  await prisma.order.deleteMany({ where: { userId: id } });\n  await prisma.note.deleteMany({ where: { userId: id } });\n}\ngone(EMAIL);\n";
    assert_eq!(open("scripts/a.ts", text).len(), 2);
}

#[test]
fn lets_through() {
    for before in [
        // Whoever runs it says whom it is about.
        "const user = await prisma.user.findUnique({ where: { email: process.argv[2] } });",
        "const user = await prisma.user.findUnique({ where: { email: process.env.EMAIL } });",
        "const user = await prisma.user.findUnique({ where: { email: await ask('Who? ') } });",
        "const user = await prisma.user.findFirst({ where: { email: 'ann@shop.com', name } });",
        "const { rows: [user] } = await pool.query('SELECT id FROM users WHERE email = $1', [email]);",
        "const [user] = await sql`SELECT id FROM users WHERE email = ${email}`;",
        // It is nobody's.
        "const [user] = await sql`SELECT id FROM users WHERE email = 'demo@shop.com'`;",
        "const user = await prisma.user.findUnique({ where: { email: 'ann@example.com' } });",
        "const user = await prisma.user.findUnique({ where: { email: 'demo@shop.com' } });",
        "const user = await prisma.user.findUnique({ where: { email: 'test-user@shop.com' } });",
        // Nothing chooses it, or it is made here.
        "const user = await prisma.user.findFirst();",
        "const user = await prisma.user.create({ data: { email: 'ann@shop.com' } });",
        // A record that nobody owns.
        "const user = await prisma.setting.findFirst({ where: { kind: 'banner' } });",
    ] {
        assert_eq!(found(before, PRISMA), [0; 0], "{before}");
    }
    // One table of one user may be a correction.
    let one = ["console.log(user);", PRISMA[0]];
    let before = "const user = await prisma.user.findUnique({ where: { email: 'ann@shop.com' } });";
    assert_eq!(found(before, one), [0; 0]);
    let narrower = "await prisma.order.deleteMany({ where: { userId: user.id, status: state } });";
    assert_eq!(found(before, [narrower, narrower]), [0; 0]);
    let knex = "const user = await knex('users').where('email', 'ann@shop.com').first();";
    let narrower = "await knex('orders').where('user_id', user.id).where('at', '<', day).del();";
    assert_eq!(found(knex, [narrower, narrower]), [0; 0]);
}

#[test]
fn an_id_that_stands_for_whoever_says_nothing_is_written_down() {
    let deletes = [
        "await prisma.order.deleteMany({ where: { tenantId: id } });",
        "await prisma.note.deleteMany({ where: { tenantId: id } });",
    ];
    assert_eq!(found("const id = process.env.TENANT_ID ?? 'shop';", deletes), [2, 3]);
    assert_eq!(found("const id = process.env.TENANT_ID || 'shop';", deletes), [2, 3]);
    assert_eq!(found("const id = process.env.TENANT_ID ?? 'demo';", deletes), [0; 0]);
    assert_eq!(found("const id = process.env.TENANT_ID;", deletes), [0; 0]);
}

#[test]
fn documents_of_one_user_go_in_one_collection_after_the_other() {
    let text = |by: &str, of: &str| {
        format!(
            "const db = getFirestore();\nfor (const c of {of}) {{\n  const found = await db.collection(c){by}.get();\n  const batch = db.batch();\n  found.docs.forEach((it) => batch.delete(it.ref));\n  await batch.commit();\n}}\n"
        )
    };
    let one = ".where('userId', '==', 'u-4711')";
    assert_eq!(open("a.ts", &text(one, "['orders', 'notes']")), [(5, "js.firestore")]);
    assert_eq!(open("a.ts", &text(one, "['orders']")), []);
    let old = format!("{one}.where('at', '<', day)");
    assert_eq!(open("a.ts", &text(&old, "['orders', 'notes']")), []);
    assert_eq!(open("a.ts", &text(".where('userId', '==', id)", "['orders', 'notes']")), []);
}

#[test]
fn what_ends_by_itself_or_is_made_anew_is_not_missed() {
    let user = "const user = await prisma.user.findUnique({ where: { email: 'ann@shop.com' } });\n";
    let wipe = "await prisma.order.deleteMany({ where: { userId: user.id } });\nawait prisma.note.deleteMany({ where: { userId: user.id } });\n";
    let anew = "await prisma.order.create({ data: { userId: user.id } });\nawait prisma.note.createMany({ data: rows.map((it) => ({ ...it, userId: user.id })) });\n";
    let other = "await prisma.order.create({ data: { userId: 9 } });\nawait prisma.log.create({ data: { userId: user.id } });\n";
    let fills = "await prisma.order.createMany({ data: rows });\n";
    let by = "const user = await User.findOne({ email: 'ann@shop.com' });\n";
    let of =
        |it: &str| format!("await prisma.{it}.deleteMany({{ where: {{ userId: user.id }} }});\n");
    for (path, text) in [
        ("scripts/a.js", format!("{user}{wipe}{anew}")),
        ("prisma/seed.ts", format!("{user}{wipe}{fills}")),
        (
            "scripts/a.js",
            format!(
                "{by}Token.deleteMany({{ userId: user._id }});\nSession.deleteMany({{ userId: user._id }});\n"
            ),
        ),
        (
            "scripts/a.js",
            format!(
                "{user}await prisma.cartItem.deleteMany({{ where: {{ userId: user.id }} }});\nawait prisma.notification.deleteMany({{ where: {{ userId: user.id }} }});\n"
            ),
        ),
        ("scripts/a.js", format!("{user}{}{}", of("userSession"), of("refreshTokens"))),
        ("scripts/a.js", format!("{user}{}{}", of("otpCode"), of("SessionModel"))),
    ] {
        assert_eq!(open(path, &text), [], "{path}: {text}");
    }
    for (path, text) in [
        ("scripts/a.js", format!("{user}{wipe}{other}")),
        ("scripts/a.js", format!("{user}{wipe}{fills}")),
        ("scripts/a.js", format!("{user}{anew}{wipe}")),
        ("prisma/seed.ts", format!("{user}{wipe}")),
        // An id that is written down.
        ("prisma/seed.ts", format!("const user = {{ id: '5d40956a7533' }};\n{wipe}{fills}")),
        ("prisma/reset-seed.ts", format!("{user}{wipe}{fills}")),
        // None of those out of which rows went.
        (
            "prisma/seed.ts",
            format!("{user}{wipe}await prisma.log.create({{ data: {{ a: 1 }} }});\n"),
        ),
        // What is only called with such a word.
        ("scripts/a.js", format!("{user}{}{}", of("therapySession"), of("tokenPurchase"))),
        ("scripts/a.js", format!("{user}{}{}", of("sessionNote"), of("cartOrder"))),
    ] {
        assert_eq!(open(path, &text).len(), 2, "{path}: {text}");
    }
}

#[test]
fn letters_that_are_longer_when_they_are_small_are_read() {
    // The small form of `İ` has more bytes.
    let query = "SELECT id AS İİİİİİİİ FROM users WHERE e = $1";
    let text = format!(
        "const [it] = await pool.query('{query}', ['ann@shop.com']);\nawait pool.query('DELETE FROM orders WHERE user_id = $1', [it.id]);\n"
    );
    let _ = open("scripts/a.js", &text);
}
