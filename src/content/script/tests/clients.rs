//! Methods of clients, told by their names and by what made the client, in any language.

use super::{guarded, open};

/// Each text, and the kind of the one operation on its last line but for closing brackets.
#[test]
fn finds() {
    for (path, text, found) in [
        (
            "a.py",
            "import typesense\nc = typesense.Client({})\nc.collections['a'].delete()\n",
            "client.search",
        ),
        (
            "a.py",
            "from typesense import Client\ndef f(c):\n    c.collections['a'].documents.delete({'filter_by': 'id:!=0'})\nf(Client({}))\n",
            "client.search",
        ),
        (
            "a.py",
            "from algoliasearch import SearchClient\nSearchClient.create(A, K).init_index('p').clear_objects()\n",
            "client.search",
        ),
        (
            "a.py",
            "import chromadb\nc = chromadb.HttpClient().get_collection('a')\nc.delete(ids=c.get()['ids'])\n",
            "client.search",
        ),
        (
            "a.py",
            "import weaviate\nweaviate.connect_to_local().collections.delete('A')\n",
            "client.search",
        ),
        (
            "a.py",
            "import lancedb\nlancedb.connect('/srv').open_table('a').delete('true')\n",
            "client.search",
        ),
        ("a.py", "import boto3\nboto3.client('sqs').purge_queue(QueueUrl=URL)\n", "client.queue"),
        ("a.py", "from proj import app\napp.control.purge()\n", "client.queue"),
        ("a.py", "from rq import Queue\nQueue('a').empty()\n", "client.queue"),
        (
            "a.py",
            "import nats\njs = nats.connect(URL).jetstream()\njs.delete_stream('ORDERS')\n",
            "client.queue",
        ),
        ("a.py", "g.V().drop().iterate()\n", "client.store"),
        ("a.py", "import pydgraph\nc.alter(pydgraph.Operation(drop_all=True))\n", "client.store"),
        ("a.py", "import etcd3\netcd3.client().delete_prefix('/a')\n", "client.store"),
        ("a.py", "import consul\nconsul.Consul().kv.delete('a/', recurse=True)\n", "client.store"),
        (
            "a.py",
            "from kazoo.client import KazooClient\nKazooClient().delete('/a', recursive=True)\n",
            "client.store",
        ),
        (
            "a.py",
            "from tinydb import TinyDB\nTinyDB('/srv/a.json').table('u').truncate()\n",
            "client.store",
        ),
        (
            "a.py",
            "from azure.cosmos import CosmosClient\nCosmosClient(U).get_database_client('a').delete_container('b')\n",
            "client.store",
        ),
        (
            "a.py",
            "import boto3\nboto3.client('kms').schedule_key_deletion(KeyId=K)\n",
            "client.cloud",
        ),
        (
            "a.py",
            "import boto3\nfor s in boto3.resource('ec2').snapshots.filter(OwnerIds=['self']):\n    s.delete()\n",
            "client.cloud",
        ),
        (
            "a.py",
            "from kubernetes import client\nclient.CoreV1Api().delete_namespace(name='a')\n",
            "client.cloud",
        ),
        ("a.py", "from github import Github\nGithub(T).get_repo('a/b').delete()\n", "client.cloud"),
        (
            "a.py",
            "import docker\ndocker.from_env().volumes.get('pgdata').remove()\n",
            "client.cloud",
        ),
        (
            "a.js",
            "import Typesense from 'typesense';\nconst c = new Typesense.Client({});\nawait c.collections('a').delete();\n",
            "client.search",
        ),
        (
            "a.js",
            "const { Index } = require('@upstash/vector');\nawait new Index({}).reset();\n",
            "client.search",
        ),
        (
            "a.js",
            "import { Queue as Jobs } from 'bullmq';\nawait new Jobs('mails').drain(true);\n",
            "client.queue",
        ),
        ("a.js", "sqs.send(new PurgeQueueCommand({ QueueUrl }));\n", "client.queue"),
        (
            "a.js",
            "const { PubSub } = require('@google-cloud/pubsub');\nawait new PubSub().topic('orders').delete();\n",
            "client.queue",
        ),
        (
            "a.js",
            "const nano = require('nats');\nconst jsm = await nano.connect().jetstreamManager();\nawait jsm.streams.purge('A');\n",
            "client.queue",
        ),
        (
            "a.js",
            "import { Etcd3 } from 'etcd3';\nawait new Etcd3().delete().all();\n",
            "client.store",
        ),
        (
            "a.js",
            "const { Level } = require('level');\nnew Level('/srv/a').clear();\n",
            "client.store",
        ),
        ("a.js", "logs.send(new DeleteLogGroupCommand({ logGroupName: 'a' }));\n", "client.cloud"),
        (
            "a.js",
            "const { BlobServiceClient } = require('@azure/storage-blob');\nBlobServiceClient.fromConnectionString(A).deleteContainer('media');\n",
            "client.store",
        ),
        (
            "a.js",
            "const { list, del } = require('@vercel/blob');\nconst all = await list();\nawait del(all.blobs.map((it) => it.url));\n",
            "client.cloud",
        ),
        (
            "a.go",
            "package main\nimport \"github.com/qdrant/go-client/qdrant\"\nfunc main() {\n\tc, _ := qdrant.NewClient(nil)\n\tc.DeleteCollection(ctx, \"a\")\n}\n",
            "client.search",
        ),
        ("a.go", "package main\nfunc main() {\n\tch.QueuePurge(\"a\", false)\n}\n", "client.queue"),
        (
            "a.go",
            "package main\nimport clientv3 \"go.etcd.io/etcd/client/v3\"\nfunc main() {\n\tc, _ := clientv3.New(clientv3.Config{})\n\tc.Delete(ctx, \"\", clientv3.WithPrefix())\n}\n",
            "client.store",
        ),
        (
            "a.go",
            "package main\nimport bolt \"go.etcd.io/bbolt\"\nfunc main() {\n\tdb, _ := bolt.Open(\"/srv/a\", 0600, nil)\n\tdb.Update(func(tx *bolt.Tx) error {\n\t\treturn tx.DeleteBucket([]byte(\"users\"))\n\t})\n}\n",
            "client.store",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tclientset.CoreV1().Namespaces().Delete(ctx, \"prod\", o)\n}\n",
            "client.cloud",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.py",
            "import typesense\ntypesense.Client({}).collections['a'].documents['7'].delete({'id': 7})\n",
        ),
        ("a.py", "from rq import Queue\nq = Queue('a')\nq.empty\n"),
        (
            "a.py",
            "class C:\n    def purge_queue(self, name):\n        pass\nC().purge_queue('a')\n",
        ),
        ("a.py", "g.V().hasLabel('x').drop().iterate()\n"),
        ("a.py", "kv.delete('a')\n"),
        ("a.rb", "names = client.store.values.map { |it| it.inspect.delete_prefix('a') }\n"),
        (
            "a.py",
            "import boto3\nfor s in boto3.resource('ec2').snapshots.filter(OwnerIds=['self']):\n    if s.start_time < old:\n        s.delete()\n",
        ),
        ("a.js", "cache.clear();\n"),
        ("a.js", "const { Level } = require('level');\nnew Level('/srv/a').del('key');\n"),
        ("a.js", "await stripe.deleteTopic;\nhooks.topic('orders').delete();\n"),
        (
            "a.go",
            "package main\nfunc main() {\n\tclientset.CoreV1().Pods(\"a\").Delete(ctx, \"p\", o)\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn finds_what_functions_that_are_handed_over_get() {
    for (path, text, found) in [
        (
            "a.js",
            "s3.listObjects({ Bucket: 'b' }, (err, data) => {\n  const Objects = data.Contents.map((it) => ({ Key: it.Key }));\n  s3.deleteObjects({ Bucket: 'b', Delete: { Objects } });\n});\n",
            "js.cloud.files",
        ),
        (
            "a.js",
            "fs.readdir('uploads', (err, files) => {\n  for (const it of files) fs.unlink('uploads/' + it, () => {});\n});\n",
            "js.fs.each",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tfilepath.WalkDir(\"/srv/media\", func(path string, d fs.DirEntry, err error) error {\n\t\treturn os.Remove(path)\n\t})\n}\n",
            "go.fs.each",
        ),
        (
            "a.js",
            "const { data } = await docker.listVolumes();\nfor (const it of data) await docker.getVolume(it.Name).remove();\n",
            "each.listed",
        ),
        (
            "a.py",
            "for it in users.stream():\n    pass\ndb = firestore.client()\nc = db.collection('a')\nfor it in c.stream():\n    c.document(it.id).delete()\n",
            "py.firestore",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [found], "{path}: {text}");
    }
}

#[test]
fn the_number_of_a_menu_is_no_confirmation() {
    let menu = "choice = input('> ')\nif choice == '2':\n    db.drop_all()\n";
    assert_eq!(open("a.py", menu), [(3, "py.sqlalchemy.drop_all")]);
    let asked = "choice = input('1 to confirm > ')\nif choice == '1':\n    db.drop_all()\n";
    assert_eq!(guarded("a.py", asked).len(), 1);
    let row = "package main\nfunc main() {\n\trows, _ := db.Query(\"SELECT name FROM t\")\n\tfor rows.Next() {\n\t\tif err := rows.Scan(&name); err != nil {\n\t\t\treturn\n\t\t}\n\t\tdb.Exec(\"TRUNCATE TABLE \" + name)\n\t}\n}\n";
    assert_eq!(open("a.go", row), [(8, "sql.truncate")]);
}

#[test]
fn who_is_named_by_an_argument_is_one_of_many_tables() {
    let three = "import sys\nu = sys.argv[1]\nc.execute('DELETE FROM orders WHERE user_id = %s', (u,))\nc.execute('DELETE FROM mails WHERE user_id = %s', (u,))\nc.execute(f'DELETE FROM cards WHERE user_id = {u}')\n";
    assert_eq!(open("a.py", three).len(), 3);
    let two = "import sys\nu = sys.argv[1]\nc.execute('DELETE FROM orders WHERE user_id = %s', (u,))\nc.execute('DELETE FROM mails WHERE user_id = %s', (u,))\n";
    assert_eq!(open("a.py", two), []);
    let handler = "def remove(user_id):\n    c.execute('DELETE FROM a WHERE user_id = %s', (user_id,))\n    c.execute('DELETE FROM b WHERE user_id = %s', (user_id,))\n    c.execute('DELETE FROM d WHERE user_id = %s', (user_id,))\n";
    assert_eq!(open("a.py", handler), []);
}

#[test]
fn lists_and_helpers_hand_on_what_goes() {
    for (path, text, found) in [
        (
            "a.js",
            "const all = ['uploads', 'media'].map((it) => path.join('storage', it));\nall.forEach((it) => fs.rmSync(it, { recursive: true }));\n",
            "js.fs",
        ),
        (
            "a.py",
            "def nuke(p):\n    shutil.rmtree(p)\nnuke('saves')\nnuke('static/uploads')\n",
            "py.fs.rmtree",
        ),
        (
            "a.py",
            "for it in sorted(Path('/srv/media').glob('**/*')):\n    it.unlink()\n",
            "py.fs.each",
        ),
        (
            "a.js",
            "const stream = redis.scanStream({ match: '*' });\nstream.on('data', (keys) => {\n  redis.unlink(keys);\n});\n",
            "client.keys",
        ),
        (
            "a.py",
            "c = boto3.client('lambda')\nfor page in c.get_paginator('list_functions').paginate():\n    for f in page['Functions']:\n        c.delete_function(FunctionName=f['FunctionName'])\n",
            "each.listed",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tfiles, _ := filepath.Glob(\"/srv/uploads/*\")\n\tfor _, f := range files {\n\t\tos.Remove(f)\n\t}\n}\n",
            "go.fs.each",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [found], "{path}: {text}");
    }
}

#[test]
fn what_one_tenant_has_goes_in_one_table_after_the_other() {
    let client = "const CLIENT = 'acme';\n";
    let one = "await supabase.from('orders').delete().eq('client_id', CLIENT);\n";
    let each = "for (const t of ['orders', 'notes']) { await supabase.from(t).delete().eq('client_id', CLIENT); }\n";
    assert_eq!(open("a.js", &format!("{client}{one}")), []);
    assert_eq!(open("a.js", &format!("{client}{one}{}", one.replace("orders", "notes"))).len(), 2);
    assert_eq!(open("a.js", &format!("{client}{each}")).len(), 1);
    let narrower = one.replace("CLIENT)", "CLIENT).eq('is_old', true)");
    assert_eq!(open("a.js", &format!("{client}{narrower}{narrower}")), []);
    let python = "for t in ['orders', 'notes']:\n    supabase.table(t).delete().eq('client_id', 'acme').execute()\n";
    assert_eq!(open("a.py", python).len(), 1);
    let models = "for m in [Order, Note]:\n    m.objects.filter(client_id=7).delete()\n";
    assert_eq!(open("a.py", models).len(), 1);
}

#[test]
fn what_belongs_to_nobody_goes_where_it_is_cleaned_up_by_hand() {
    let one = "c.execute('DELETE FROM items WHERE order_id NOT IN (SELECT id FROM orders)')\n";
    assert_eq!(open("a.py", one), []);
    let other = "c.execute('DELETE FROM mails WHERE user_id NOT IN (SELECT id FROM users)')\n";
    let third = other.replace("mails", "notes");
    assert_eq!(open("a.py", &format!("{one}{other}")), []);
    assert_eq!(open("a.py", &format!("{one}{other}{third}")).len(), 3);
    let joined = other.replace(")')", ") AND old')");
    assert_eq!(open("a.py", &format!("{one}{third}{joined}")), []);
    let sql = "DELETE FROM a WHERE b NOT IN (SELECT id FROM b);\n".repeat(3);
    assert_eq!(open("a.sql", &sql), []);
    let ids = "const ids = (await User.find().select('_id').lean()).map((it) => it._id);\n";
    let calls = "await A.deleteMany({ userId: { $nin: ids } });\nawait B.deleteMany({ userId: { $nin: ids } });\nawait C.deleteMany({ userId: { $nin: ids } });\n";
    assert_eq!(open("a.js", &format!("{ids}{calls}")).len(), 3);
}

#[test]
fn a_flag_that_agrees_is_no_environment() {
    let text = "const live = process.argv.includes('--i-understand-this-wipes-prod');\nif (!live) process.exit(1);\nawait mongoose.connection.dropDatabase();\n";
    assert_eq!(open("a.js", text), []);
}

#[test]
fn finds_a_statement_that_another_file_runs() {
    for (path, text) in [
        ("a.js", "await runQuery('DELETE FROM users');\n"),
        ("a.js", "await db.execAsync('DROP TABLE users');\n"),
        ("a.js", "await db.do('truncate table users');\n"),
        ("a.py", "query_db('DELETE FROM users')\n"),
        ("a.py", "executeSQL('DELETE FROM users')\n"),
        (
            "a.java",
            "class A {\n  public static void main(String[] a) {\n    DB.get().preparar(\"DROP TABLE users\").execute();\n  }\n}\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("a.js", "logQuery('DELETE FROM users');\n"),
        ("a.js", "expectSql('DELETE FROM users');\n"),
        ("a.js", "await runQuery('DELETE FROM users WHERE id = 3');\n"),
        ("a.js", "const runQuery = (text) => console.log(text);\nrunQuery('DELETE FROM users');\n"),
        ("a.py", "help.do('DELETE FROM users')\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn keys_of_one_kind_are_data_where_they_do_not_pass_anyway() {
    for (path, text) in [
        ("a.py", "for key in store.scan_iter('order:*'):\n    store.delete(key)\n"),
        ("a.py", "s = Storage(url)\nc = s.client\nall = c.keys('story:*')\nc.delete(*all)\n"),
        ("a.js", "for (const it of await redis.keys('order:*')) await redis.del(it);\n"),
        ("a.rb", "redis.scan_each(match: 'order:*') { |key| redis.del(key) }\n"),
        (
            "a.go",
            "package main\nfunc main() {\n\trdb.Del(ctx, rdb.Keys(ctx, \"order:*\").Val()...)\n}\n",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, ["client.keys"], "{text}");
    }
    assert_eq!(
        open("a.sh", "redis-cli --scan --pattern 'order:*' | xargs redis-cli del\n"),
        [(1, "sh.redis.keys")]
    );
    for (path, text) in [
        ("a.py", "for key in store.scan_iter('session:*'):\n    store.delete(key)\n"),
        ("a.py", "r.delete(*r.keys('rate_limit:*'))\n"),
        ("a.py", "r.delete(*r.keys(f'{prefix}:*'))\n"),
        ("a.py", "r.delete(*options.keys())\n"),
        ("a.js", "for (const it of await cache.keys('order:*')) await cache.del(it);\n"),
        ("a.sh", "redis-cli --scan --pattern 'cache:*' | xargs redis-cli del\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn an_address_may_say_that_all_goes() {
    for (path, text, kind) in [
        ("a.sh", "curl -XPOST ${API}/manage/wipe\n", "sh.web"),
        ("a.sh", "curl -X POST https://shop.example.com/admin/delete_all\n", "sh.web"),
        ("a.ps1", "Invoke-RestMethod -Uri \"$Api/admin/reset-database\" -Method POST\n", "sh.web"),
        ("a.py", "requests.post('https://shop.example.com/admin/wipe')\n", "web.all"),
        (
            "a.js",
            "await fetch('https://shop.example.com/admin/clear-all', { method: 'POST' });\n",
            "web.all",
        ),
    ] {
        assert_eq!(open(path, text), [(1, kind)], "{text}");
    }
    for (path, text) in [
        ("a.sh", "curl ${API}/manage/wipe\n"),
        ("a.sh", "curl -X POST http://localhost:3000/admin/wipe\n"),
        ("a.sh", "curl -X POST https://shop.example.com/orders/all\n"),
        ("a.py", "requests.post('/admin/wipe')\n"),
        ("a.py", "requests.get('https://shop.example.com/admin/wipe')\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}
