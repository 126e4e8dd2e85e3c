//! What is listed in one file and taken away by another, and what another file asks.

use super::{guarded, open};
use crate::content::script::model::GuardKind;

#[test]
fn what_another_file_takes_away_one_by_one_is_listed_here() {
    for (path, text, found) in [
        (
            "a.py",
            "for it in PaidOrder.objects.all():\n    order_tools.delete_order(it.id)\n",
            &["each.given"][..],
        ),
        (
            "a.py",
            "for it in Order.objects.values_list('id').iterator():\n    delete_order(str(it[0]))\n",
            &["each.given"],
        ),
        (
            "a.py",
            "for it in client.list_topics():\n    delete_topic(it['name'])\n",
            &["each.given"],
        ),
        (
            "a.py",
            "for page in client.get_paginator('list_users').paginate():\n    for it in page['Users']:\n        delete_user(it['UserName'])\n",
            &["each.given"],
        ),
        (
            "a.js",
            "for (const it of await Order.findAll()) await orderService.deleteOrder(it.id);\n",
            &["each.given"],
        ),
        (
            "a.ts",
            "const all = await prisma.order.findMany();\nfor (const it of all) await deleteOrder(it.id);\n",
            &["each.given"],
        ),
        ("a.rb", "Order.find_each { |it| Orders.delete_order(it) }\n", &["each.given"]),
        (
            "a.go",
            "package main\nfunc main() {\n\tall, _ := client.ListUsers(ctx)\n\tfor _, it := range all {\n\t\tdeleteUser(ctx, it.ID)\n\t}\n}\n",
            &["each.given"],
        ),
        // A condition or a filter chooses, it is about something else, passes anyway, or is another client's.
        (
            "a.py",
            "for it in Order.objects.all():\n    if it.is_old():\n        tools.delete_order(it)\n",
            &[],
        ),
        ("a.py", "for it in Order.objects.filter(paid=False):\n    tools.delete_order(it)\n", &[]),
        (
            "a.py",
            "for it in Order.objects.all():\n    tools.delete_order_draft(it)\n    tools.remove_old_order(it)\n    print_order(it)\n",
            &[],
        ),
        ("a.py", "for it in Session.objects.all():\n    delete_session(it)\n", &[]),
        ("a.py", "for it in source.list_topics():\n    target.delete_topic(it)\n", &[]),
        ("a.py", "for it in client.list_topics(prefix='old'):\n    delete_topic(it)\n", &[]),
        ("a.py", "delete_order(Order.objects.get(id=7))\n", &[]),
        ("a.js", "for (const it of COLOURS.all()) deleteColour(it);\n", &[]),
        // What is listed are some of them, by its name or by what is taken of it.
        ("a.py", "for it in list_expired_orders():\n    delete_order(it.id)\n", &[]),
        ("a.py", "for it in list_expired_orders():\n    delete_expired_order(it.id)\n", &[]),
        ("a.py", "for it in list_orders(status='paid'):\n    delete_order(it.id)\n", &[]),
        ("a.py", "for it in client.list_test_clusters():\n    delete_cluster(it.id)\n", &[]),
        ("a.py", "for it in list_orphaned_volumes():\n    delete_volume(it.id)\n", &[]),
        (
            "a.ts",
            "for (const it of await listOldDeployments()) await deleteDeployment(it.id);\n",
            &[],
        ),
        (
            "a.ts",
            "for (const it of await api.listStalePreviews()) await deletePreview(it.id);\n",
            &[],
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tall, _ := client.ListExpiredOrders(ctx)\n\tfor _, it := range all {\n\t\tdeleteOrder(ctx, it.ID)\n\t}\n}\n",
            &[],
        ),
        ("a.py", "for it in Order.objects.all()[:10]:\n    delete_order(it.id)\n", &[]),
        ("a.py", "for it in list_shop_orders():\n    delete_order(it.id)\n", &["each.given"]),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, found, "{path}: {text}");
    }
}

#[test]
fn names_of_what_lists_and_deletes_may_differ() {
    for (path, text, found) in [
        (
            "a.py",
            "for it in store.list_objects()['Contents']:\n    store.delete_file(it['Key'])\n",
            &["each.listed"][..],
        ),
        // The verb stands last.
        (
            "a.py",
            "for it in api.virtual_machines_list()['virtual-machines']:\n    api.virtual_machine_delete(id=it['uuid'])\n",
            &["each.listed"],
        ),
        ("a.py", "for it in api.servers.findall():\n    it.delete()\n", &["each.listed"]),
        // All of them have a key.
        (
            "a.py",
            "for it in client.list_topics():\n    key = str(it.get('topic_id', ''))\n    if not key:\n        continue\n    client.delete_topic(key)\n",
            &["each.listed"],
        ),
        (
            "a.py",
            "for it in client.list_topics():\n    key = it.get('owner')\n    if not key:\n        client.delete_topic(it['id'])\n",
            &[],
        ),
        ("a.py", "for it in store.list_objects():\n    store.delete_tag(it)\n", &[]),
        ("a.py", "for it in api.machines_list():\n    api.group_delete(it)\n", &[]),
        ("a.py", "for it in frame.to_list():\n    frame.delete(it)\n", &[]),
        // Only those that nobody uses.
        ("a.py", "for it in api.floating_ips.findall(fixed_ip=None):\n    it.delete()\n", &[]),
        ("a.py", "for it in api.volumes.findall(attachments=[]):\n    it.delete()\n", &[]),
        ("a.py", "for it in r.keys('celery*'):\n    r.delete(it)\n", &["client.keys"]),
        ("a.py", "for it in r.keys('celery-task-meta-*'):\n    r.delete(it)\n", &[]),
        ("a.py", "for it in r.scan_iter('*shop_stats:*'):\n    r.delete(it)\n", &[]),
        // A store of keys is no plural.
        ("clear_redis.py", "for it in redis.keys('page:cache:*'):\n    redis.delete(it)\n", &[]),
        (
            "clear_rooms.py",
            "for it in rooms.all_of(kind):\n    rooms.delete(it)\n",
            &["code.helper"],
        ),
        // A text is made shorter.
        (
            "truncate_letters.py",
            "def cut(it):\n    return truncate_letters(it, 7)\ncut('a')\n",
            &[],
        ),
        ("truncate_orders.py", "truncate_orders(db)\n", &["code.helper"]),
        (
            "a.py",
            "import sys\nurllib.request.urlopen(sys.argv[1] + '/orders/destroy-all', b'')\n",
            &["web.all"],
        ),
        ("a.py", "import sys\nurllib.request.urlopen(sys.argv[1] + '/orders/destroy-all')\n", &[]),
        ("a.py", "urllib.request.urlopen(base + '/orders/destroy-all', b'')\n", &[]),
        (
            "a.go",
            "package main\nfunc main() {\n\tpipes.Psql(script.Echo(fmt.Sprintf(\"TRUNCATE TABLE %s\", os.Args[1])), creds)\n}\n",
            &["sql.truncate"],
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tpipes.Psql(script.Echo(\"SELECT 1\"), creds)\n\tscript.Echo(\"TRUNCATE TABLE users\")\n}\n",
            &[],
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, found, "{path}: {text}");
    }
}

#[test]
fn knows_questions_elsewhere() {
    for (path, text, guard) in [
        (
            "a.py",
            "import argparse\np = argparse.ArgumentParser()\np.add_argument('--yes', action='store_true')\na = p.parse_args()\ndrop_collection('orders', a.yes)\n",
            Some(GuardKind::Framework),
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tm.DropDatabase(ctx, config.Confirm)\n}\n",
            Some(GuardKind::Framework),
        ),
        ("a.py", "drop_collection('orders', confirm=True)\n", None),
        ("a.py", "drop_collection('orders', verbose)\n", None),
        (
            "a.py",
            "def check(it):\n    return it == 'drop'\nterm.input.string(\"Enter 'drop' to drop all:\", check=check)\ndb.drop_all()\n",
            Some(GuardKind::Confirmation),
        ),
        (
            "a.py",
            "f = get_input('Enter file with users to delete:', validate=is_file)\ndb.drop_all()\n",
            None,
        ),
        ("a.py", "term.input.string('Enter your name:', check=check)\ndb.drop_all()\n", None),
        ("a.py", "term.input.string(\"Enter 'drop' to drop all:\")\ndb.drop_all()\n", None),
        (
            "a.py",
            "class Command(BaseCommand):\n    option_list = (make_option('--noinput', action='store_false', dest='interactive', default=True),)\n    def handle(self, **options):\n        if options.get('interactive'):\n            answer = input('Sure? ')\n        else:\n            answer = 'yes'\n        if answer != 'yes':\n            return\n        db.drop_all()\n",
            Some(GuardKind::Confirmation),
        ),
        (
            "a.py",
            "uri = app.config.get('SQLALCHEMY_DATABASE_URI', '')\nif not uri.endswith('/data/app-dev.db'):\n    raise RuntimeError(uri)\ndb.drop_all()\n",
            Some(GuardKind::TargetChecked),
        ),
        (
            "a.py",
            "uri = app.config.get('SQLALCHEMY_DATABASE_URI', '')\nif not uri.endswith('/data/app.db'):\n    raise RuntimeError(uri)\ndb.drop_all()\n",
            None,
        ),
    ] {
        let found: Vec<GuardKind> = guarded(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, guard.into_iter().collect::<Vec<_>>(), "{path}: {text}");
    }
}
