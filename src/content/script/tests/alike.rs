//! Names that agree: that of a file, and that of what it runs.

use super::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/deleteAllUsers.js",
            "const wipe = require('../db');\nwipe.deleteAllUsers();\n",
            (2, "code.helper"),
        ),
        (
            "scripts/delete_orders.py",
            "from shop import delete_orders\ndelete_orders()\n",
            (2, "code.helper"),
        ),
        (
            "src/DropTables.java",
            "class DropTables {\n  public static void main(String[] a) {\n    dropTables();\n  }\n}\n",
            (3, "code.helper"),
        ),
        (
            "lib/tasks/delete.rake",
            "task :favourites do\n  FavouritesDelete.new.run\nend\n",
            (2, "code.helper"),
        ),
        (
            "cmd/truncate-users/main.go",
            "package main\nfunc main() {\n\tstore.TruncateUsers(pool)\n}\n",
            (3, "code.helper"),
        ),
        (
            "reset_db.php",
            "<?php\nDB::query('drop table users');\nDB::query('create table users (id int)');\nDB::query(\"insert into users values (1)\");\n",
            (2, "sql.drop_table"),
        ),
        ("wipe.py", "from shop.graph import Graph\nGraph.drop()\n", (2, "code.helper")),
        (
            "scripts/clear-database.ts",
            "import { clearOrdersTable } from '../orders';\nclearOrdersTable();\n",
            (2, "code.helper"),
        ),
        ("reset_db.rb", "Backups.truncate_orders(conn)\n", (1, "code.helper")),
        (
            "clear_rooms.py",
            "import os\nfor it in os.listdir('rooms'):\n    os.remove(f'rooms/{it}')\n",
            (3, "code.helper"),
        ),
        ("bin/restore-db", "#!/bin/sh\nmysql shop < \"$1\"\n", (2, "sh.restore")),
        (
            "scripts/reset.py",
            "from shop.utils import indices\nindices.reset()\n",
            (2, "code.helper"),
        ),
        // Words of other languages.
        (
            "scripts/limpar_banco.py",
            "from app import limpar_banco\nlimpar_banco()\n",
            (2, "code.helper"),
        ),
        (
            "apagar_dados.py",
            "from app import apagar_todos_dados\napagar_todos_dados()\n",
            (2, "code.helper"),
        ),
        ("scripts/zerar_dados.sh", "node zerar-dados.js\n", (1, "sh.named")),
        ("scripts/wipe-db.sh", "QUIET=1 pnpm --filter shop wipe --yes\n", (1, "sh.named.destroy")),
        ("scripts/wipe-db.sh", "\"$here\"/run-psql.sh -f /sql/drop-tables.sql\n", (1, "sh.named")),
        (
            "scripts/reset_db.sh",
            "dotnet run --project src/Shop.DbTool -- --reset\n",
            (1, "sh.named"),
        ),
        ("scripts/wipe.sh", "python -u store.py wipe\n", (1, "sh.named")),
        (
            ".github/workflows/destroy.yml",
            "on: workflow_dispatch\njobs:\n  a:\n    steps:\n      - run: ./destroy.sh\n        env:\n          K: ${{ secrets.K }}\n",
            (5, "sh.named"),
        ),
        (
            ".github/workflows/reset-data.yml",
            "on: workflow_dispatch\njobs:\n  a:\n    steps:\n      - run: node scripts/reset-player-data.mjs\n        env:\n          K: ${{ secrets.K }}\n",
            (5, "sh.named"),
        ),
        (
            "database/reset.sql",
            "DROP TABLE users;\nCREATE TABLE users (id int);\n",
            (1, "sql.drop_table"),
        ),
        (
            "utils/clear_database.py",
            "from shop import base\nbase.clear_all()\n",
            (2, "code.helper"),
        ),
        (
            "cmd/migrate/main.go",
            "package main\nfunc main() {\n\tdatabase.DropTables(db)\n}\n",
            (3, "go.gorm.drop"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        // Another name says nothing of it.
        ("scripts/report.js", "const db = require('../db');\ndb.deleteAllUsers();\n"),
        ("src/reset.py", "env.reset()\nerrors.clear()\nlogs.reset()\nposts.reset(1)\n"),
        ("db/h2/schema.sql", "DROP TABLE users;\nCREATE TABLE users (id int);\n"),
        ("scripts/start.sh", "python -u store.py wipe\n"),
        ("src/clear-data.ts", "import { clearOrdersTable } from './page';\nclearOrdersTable();\n"),
        ("scripts/clear-db.ts", "import { clearDataTable } from './page';\nclearDataTable();\n"),
        // What only closes, or is about one thing.
        ("wipe.js", "const pool = require('./pool');\npool.destroy();\n"),
        ("wipe.py", "from shop.cache import Cache\nCache.drop(key, 7)\n"),
        ("graph.py", "from shop.graph import Graph\nGraph.drop()\n"),
        (
            "clear_rooms.py",
            "import os\nfor it in os.listdir('rooms'):\n    if it.endswith('.tmp'):\n        os.remove(f'rooms/{it}')\n",
        ),
        ("purge_users.py", "for it in users.inactive():\n    it.delete()\n"),
        // What is too old, as likely as not.
        ("scripts/purge.sh", "python -u store.py purge\n"),
        ("scripts/purge.js", "const { purgeAll } = require('./purge');\npurgeAll();\n"),
        // One, and not many.
        ("scripts/delete_order.py", "from shop import delete_order\ndelete_order(7)\n"),
        // What anybody makes anew, or what goes by a rule.
        ("scripts/clear_cache.py", "from shop import clear_cache\nclear_cache()\n"),
        (
            "scripts/delete_expired_sessions.py",
            "from shop import delete_expired_sessions\ndelete_expired_sessions()\n",
        ),
        (
            "bin/delete_empty_namespaces.sh",
            "./empty_namespaces.sh | while read -r it; do echo \"$it\"; done\n",
        ),
        ("scripts/reset-password.sh", "./reset-password.sh bob\n"),
        // Data that is made clean stays, and a bank is no database.
        ("limpar_dados.py", "import pandas as pd\ndf = limpar_dados(pd.read_csv('a.csv'))\n"),
        ("clean_data.py", "import pandas as pd\ndf = clean_data(pd.read_csv('a.csv'))\n"),
        ("limpiar_datos.py", "from a import limpiar_datos\nlimpiar_datos()\n"),
        ("limpar_tabelas.py", "from a import limpar_tabelas\nlimpar_tabelas()\n"),
        ("eliminar_banco.php", "<?php\neliminar_banco($id);\n"),
        // What is to be done, and what a page knows.
        ("scripts/start.sh", "npm run wipe-todos\n"),
        ("scripts/start.sh", "dotnet run --project src/Shop.DbTool -- --reset\n"),
        ("scripts/reset_db.sh", "dotnet run --project src/Shop.DbTool -- --seed\n"),
        ("src/logout.ts", "store.clearAllData();\nuseUserStore().resetAllData();\n"),
        // The tool asks, or its row says that this is none.
        ("bin/reset_db.sh", "python manage.py reset_db\n"),
        (
            "lib/tasks/purge.rake",
            "task :old do\n  Event.where('created_at < ?', 30.days.ago).delete_all\nend\n",
        ),
        ("bin/import-db", "#!/bin/sh\nmysql shop < \"$1\"\n"),
        (
            "bin/restore-db",
            "#!/bin/sh\nmysql shop < \"$DIR/roles.sql\"\nmysql shop < \"$SCHEMA\"\n",
        ),
        ("bin/restore-context", "#!/bin/sh\nmysql shop < \"$1\"\n"),
        ("bin/restore-test-db", "#!/bin/sh\nmysql shop < \"$1\"\n"),
        // Its own function, which is gone through.
        ("scripts/delete_orders.py", "def delete_orders():\n    print('no')\ndelete_orders()\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}");
    }
}

#[test]
fn what_only_looks_at_a_file_runs_nothing() {
    for (path, text) in [
        ("reset-db.sh", "test -f sql/reset-db.sql || exit 1\ncp sql/reset-db.sql /srv/sql/\n"),
        ("reset-db.ps1", "if (-not (Test-Path sql/reset-db.sql)) { throw 'no' }\n"),
        ("reset-db.ps1", "$sql = Get-Content sql/reset-db.sql\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
    for (path, text, found) in [
        ("reset-db.sh", "client sql/reset-db.sql\n", (1, "sh.named")),
        ("reset-db.sh", "psql shop -c \"$(cat sql/wipe_all.sql)\"\n", (1, "sh.sql_file")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn what_a_condition_of_a_query_leaves_is_not_all_of_it() {
    let script = |query: &str| {
        format!(
            "<?php\n$qb = $em->createQueryBuilder();\n{query}\n$all = $qb->getQuery()->getResult();\n\
             foreach ($all as $it) {{ $em->remove($it); }}\n"
        )
    };
    let path = "scripts/delete_orders.php";
    let old = "$qb->select('a')->from(Order::class, 'a')->where('a.date < :limit')->setParameter('limit', $limit);";
    assert_eq!(open(path, &script(old)), []);
    assert_eq!(open(path, &script("$qb->select('a')->from(Order::class, 'a');")).len(), 1);
    assert_eq!(open(path, &script(&format!("if ($old) {{ {old} }}"))).len(), 1);
}
