//! What a script does where nobody says anything: defaults, and names that only one way binds.

use super::open;

#[test]
fn what_is_on_unless_somebody_says_otherwise_is_no_guard() {
    for text in [
        "if os.getenv('DEBUG', 'true').lower() == 'true':\n    db.drop_all()\n",
        "if bool(os.getenv('RESET_DB', True)):\n    db.drop_all()\n",
        "def main(drop: bool = typer.Option(True)):\n    if drop:\n        db.drop_all()\ntyper.run(main)\n",
        "@app.command()\ndef main(reset: bool = True):\n    if reset:\n        db.drop_all()\n",
        "@app.command()\ndef main(env: str = 'dev'):\n    if env == 'dev':\n        db.drop_all()\n",
        "@app.command()\ndef main(env: str = typer.Argument('dev')):\n    if env == 'dev':\n        db.drop_all()\n",
        "@task\ndef wipe(c, env='dev'):\n    if env == 'dev':\n        c.run('dropdb shop')\n",
        "env = sys.argv[1] if len(sys.argv) > 1 else 'dev'\nif env == 'dev':\n    db.drop_all()\n",
        "sure = sys.argv[1] if len(sys.argv) > 1 else 'yes'\nif sure == 'yes':\n    db.drop_all()\n",
        "p.add_argument('--yes', nargs='?', const='1', default='1')\nargs = p.parse_args()\nif args.yes:\n    db.drop_all()\n",
        "class Command(BaseCommand):\n    def handle(self, *args, **options):\n        if options.get('force', True):\n            db.drop_all()\n",
        "if bool(os.getenv('RESET_DB', 'False')):\n    db.drop_all()\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "if os.getenv('DEBUG', 'false').lower() == 'true':\n    db.drop_all()\n",
        "def main(drop: bool = typer.Option(False)):\n    if drop:\n        db.drop_all()\ntyper.run(main)\n",
        "@app.command()\ndef main(env: str = 'production'):\n    if env == 'dev':\n        db.drop_all()\n",
        "env = sys.argv[1] if len(sys.argv) > 1 else 'prod'\nif env == 'dev':\n    db.drop_all()\n",
        "if bool(int(os.getenv('RESET_DB', '0'))):\n    db.drop_all()\n",
    ] {
        assert!(open("a.py", text).is_empty(), "{text}");
    }
}

#[test]
fn what_is_off_on_one_way_may_be_bound_on_the_other() {
    for (path, text) in [
        (
            "a.py",
            "try:\n    import boto3\nexcept ImportError:\n    boto3 = None\nif not boto3:\n    sys.exit('no')\nboto3.resource('s3').Bucket('shop').objects.all().delete()\n",
        ),
        (
            "a.py",
            "try:\n    import psycopg2\nexcept ImportError:\n    psycopg2 = None\nif psycopg2:\n    psycopg2.connect(url).cursor().execute('DROP TABLE users')\n",
        ),
        ("a.js", "let ok = false;\n({ ok } = load());\nif (ok) User.deleteMany({});\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    let never = "wipe = False\nif wipe:\n    db.drop_all()\n";
    assert!(open("a.py", never).is_empty());
}

#[test]
fn a_filter_that_is_there_at_times_narrows_nothing_down() {
    for (path, text) in [
        ("a.rb", "scope = User.all\nscope = scope.where(org: org) if org\nscope.delete_all\n"),
        (
            "a.php",
            "<?php\n$it = User::query();\nif ($argv[1] ?? null) { $it = $it->where('tenant', $argv[1]); }\n$it->delete();\n",
        ),
        (
            "a.js",
            "const where = process.argv[2] ? { tenant: process.argv[2] } : {};\nawait prisma.user.deleteMany({ where });\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for text in [
        "it = session.query(Order)\nif args.since:\n    it = it.filter(Order.made > args.since)\nit.delete()\n",
        "it = Order.objects.all()\nif options['since']:\n    it = it.filter(made__gt=options['since'])\nit.delete()\n",
        "it = Order.objects.filter(shop=a) if a else Order.objects.all()\nit.delete()\n",
        "by = {'tenant': a} if a else {}\ndb.users.delete_many(by)\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "it = Order.objects.filter(a=1) if a else Order.objects.filter(b=1)\nit.delete()\n",
        "it = Order.objects.all()\nif a:\n    it = it.filter(a=a)\nelse:\n    sys.exit('no')\nit.delete()\n",
        "it = Order.objects.all()\nfor by in FILTERS:\n    it = it.filter(by)\nit.delete()\n",
    ] {
        assert!(open("a.py", text).is_empty(), "{text}");
    }
}

#[test]
fn all_rows_go_one_lot_after_the_other() {
    for text in [
        "while Order.objects.exists():\n    Order.objects.filter(pk__in=Order.objects.values_list('pk')[:1000]).delete()\n",
        "while True:\n    ids = list(Order.objects.values_list('pk', flat=True)[:1000])\n    Order.objects.filter(pk__in=ids).delete()\n",
        "cur.execute('DELETE FROM users WHERE ctid IN (SELECT ctid FROM users LIMIT 5000)')\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.rb", "User.pluck(:id).each_slice(1000) { |ids| User.where(id: ids).delete_all }\n"),
        ("a.rb", "User.find_in_batches { |all| User.where(id: all.map(&:id)).delete_all }\n"),
        ("a.rb", "loop { break if User.limit(1000).delete_all.zero? }\n"),
        ("a.php", "<?php\nwhile (Order::count()) { Order::limit(1000)->delete(); }\n"),
        ("a.js", "while (more) { more = await db.query('DELETE FROM users LIMIT 1000'); }\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        (
            "a.rb",
            "User.where(old: true).pluck(:id).each_slice(9) { |ids| User.where(id: ids).delete_all }\n",
        ),
        ("a.rb", "User.order(:made).limit(1000).delete_all\nUser.limit(10).delete_all\n"),
        (
            "a.rb",
            "User.where(id: User.first).delete_all\nUser.where(id: params[:ids]).delete_all\n",
        ),
        ("a.sql", "DELETE FROM logs ORDER BY id LIMIT 10000;\nDELETE FROM logs LIMIT 10;\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
    let old =
        "Order.objects.filter(pk__in=Order.objects.filter(old=True).values_list('pk')).delete()\n";
    assert!(open("a.py", old).is_empty());
}
