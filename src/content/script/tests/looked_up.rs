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
        // It is nobody's.
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
