//! Databases in memory: what is told open only where the connection itself is one, on every way.

use super::open;

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "src/db-handler.js",
            "const mongoose = require('mongoose');\nconst { MongoMemoryServer } = require('mongodb-memory-server');\nlet mongod;\nmodule.exports.connect = async () => { mongod = await MongoMemoryServer.create(); await mongoose.connect(mongod.getUri(), {}); };\nmodule.exports.closeDatabase = async () => { await mongoose.connection.dropDatabase(); await mongoose.connection.close(); await mongod.stop(); };\nmodule.exports.clearDatabase = async () => { const collections = mongoose.connection.collections; for (const key in collections) await collections[key].deleteMany(); };\n",
        ),
        (
            "scripts/seed.ts",
            "import { MongoMemoryServer } from 'mongodb-memory-server';\nimport mongoose from 'mongoose';\nimport { User } from './user';\nasync function main() {\n  const mongo = await MongoMemoryServer.create();\n  const uri = mongo.getUri();\n  await mongoose.connect(uri);\n  await User.deleteMany({});\n  await mongoose.connection.dropDatabase();\n}\nmain();\n",
        ),
        (
            "scripts/a.js",
            "const Database = require('better-sqlite3');\nconst db = new Database(':memory:');\ndb.exec('DROP TABLE users');\n",
        ),
        (
            "scripts/a.js",
            "const { Sequelize } = require('sequelize');\nconst sequelize = new Sequelize({ dialect: 'sqlite', storage: ':memory:' });\nsequelize.sync({ force: true });\n",
        ),
        (
            "scripts/a.js",
            "const { Sequelize } = require('sequelize');\nconst sequelize = new Sequelize('sqlite::memory:', { logging: false });\nasync function main() { await sequelize.sync({ force: true }); await sequelize.drop(); }\nmain();\n",
        ),
        (
            "scripts/a.ts",
            "import { DataSource } from 'typeorm';\nconst ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', dropSchema: true, synchronize: true, entities: [] });\nasync function main() { await ds.initialize(); await ds.dropDatabase(); await ds.synchronize(true); await ds.getRepository(User).clear(); }\nmain();\n",
        ),
        (
            "scripts/a.js",
            "const Knex = require('knex');\nconst db = Knex({ client: 'sqlite3', connection: { filename: ':memory:' } });\nasync function main() { await db('users').del(); await db.schema.dropTable('users'); await db.raw('DROP TABLE x'); }\nmain();\n",
        ),
        (
            "scripts/a.js",
            "const Redis = require('ioredis-mock');\nconst r = new Redis();\nr.flushall();\n",
        ),
        (
            "scripts/a.js",
            "const { newDb } = require('pg-mem');\nconst db = newDb();\nconst { Pool } = db.adapters.createPg();\nconst pool = new Pool();\npool.query('DROP TABLE users');\ndb.public.none('TRUNCATE users');\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "package com.acme;\npublic class R {\n  public static void main(String[] a) throws Exception {\n    Connection c = DriverManager.getConnection(\"jdbc:h2:mem:test;DB_CLOSE_DELAY=-1\", \"sa\", \"\");\n    try (Statement s = c.createStatement()) { s.execute(\"DROP TABLE users\"); }\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "package com.acme;\npublic class R {\n  private static final String URL = \"jdbc:h2:mem:x\";\n  private Connection conn;\n  void open() throws Exception { conn = DriverManager.getConnection(URL); }\n  void wipe() throws Exception { Statement s = conn.createStatement(); s.executeUpdate(\"DELETE FROM users\"); }\n  public static void main(String[] a) throws Exception { R r = new R(); r.open(); r.wipe(); }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "package com.acme;\npublic class R {\n  public static void main(String[] a) throws Exception {\n    JdbcDataSource ds = new JdbcDataSource();\n    ds.setURL(\"jdbc:h2:mem:x\");\n    try (Connection c = ds.getConnection(); Statement s = c.createStatement()) { s.execute(\"DROP TABLE users\"); }\n    JdbcTemplate t = new JdbcTemplate(ds);\n    t.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "package com.acme;\npublic class R {\n  public static void main(String[] a) throws Exception {\n    EmbeddedDatabase db = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).build();\n    JdbcTemplate t = new JdbcTemplate(db);\n    t.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
        (
            "scripts/r.php",
            "<?php\n$pdo = new PDO('sqlite::memory:');\n$pdo->exec('DROP TABLE users');\n",
        ),
        (
            "scripts/r.php",
            "<?php\n$conn = DriverManager::getConnection(['url' => 'sqlite:///:memory:']);\n$conn->executeStatement('DROP TABLE users');\n",
        ),
        (
            "scripts/r.php",
            "<?php\nclass T { private $pdo; function __construct() { $this->pdo = new PDO('sqlite::memory:'); } function wipe() { $this->pdo->exec('DELETE FROM users'); } }\n(new T())->wipe();\n",
        ),
        (
            "src/app.module.ts",
            "@Module({ imports: [TypeOrmModule.forRoot({ type: 'sqlite', database: ':memory:', dropSchema: true, synchronize: true })] })\nexport class AppModule {}\n",
        ),
        (
            "scripts/a.js",
            "const sqlite3 = require('sqlite3').verbose();\nconst db = new sqlite3.Database(':memory:');\ndb.serialize(() => { db.run('CREATE TABLE lorem (info TEXT)'); db.run('DELETE FROM lorem'); });\n",
        ),
        (
            "scripts/a.ts",
            "import { createConnection, getConnection, getRepository } from 'typeorm';\nasync function main() {\n  await createConnection({ type: 'sqlite', database: ':memory:', dropSchema: true, synchronize: true, entities: [User] });\n  await getConnection().dropDatabase();\n  await getRepository(User).clear();\n}\nmain();\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn finds() {
    for (path, text) in [
        (
            "scripts/a.js",
            "const fs = require('fs');\nconst Database = require('better-sqlite3');\nconst db = new Database(':memory:');\nfs.rmSync('/srv/uploads', { recursive: true, force: true });\n",
        ),
        (
            "scripts/a.js",
            "const Database = require('better-sqlite3');\nconst { prod } = require('./db');\nconst mem = new Database(':memory:');\nprod.exec('DROP TABLE users');\n",
        ),
        (
            "scripts/a.js",
            "const mongoose = require('mongoose');\nconst { MongoMemoryServer } = require('mongodb-memory-server');\nasync function main(uri) {\n  if (!uri) { const m = await MongoMemoryServer.create(); uri = m.getUri(); }\n  await mongoose.connect(uri);\n  await mongoose.connection.dropDatabase();\n}\nmain(process.env.MONGO_URI);\n",
        ),
        (
            "scripts/a.js",
            "const mongoose = require('mongoose');\nconst { MongoMemoryServer } = require('mongodb-memory-server');\nlet uri = process.env.MONGO_URI;\nasync function main() {\n  if (process.env.NODE_ENV === 'test') { const m = await MongoMemoryServer.create(); uri = m.getUri(); }\n  await mongoose.connect(uri);\n  await mongoose.connection.dropDatabase();\n}\nmain();\n",
        ),
        (
            "scripts/a.js",
            "const db = new Database(':memory:');\nfunction wipe(db) { db.exec('DROP TABLE users'); }\nwipe(require('./db'));\n",
        ),
        (
            "scripts/r.php",
            "<?php\n$pdo = new PDO(getenv('TESTING') ? 'sqlite::memory:' : getenv('DSN'));\n$pdo->exec('DROP TABLE users');\n",
        ),
        (
            "scripts/r.php",
            "<?php\n$dsn = getenv('DSN');\nif (getenv('TESTING')) { $dsn = 'sqlite::memory:'; }\n$pdo = new PDO($dsn);\n$pdo->exec('DROP TABLE users');\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "package com.acme;\npublic class R {\n  public static void main(String[] a) throws Exception {\n    HikariDataSource ds = new HikariDataSource();\n    ds.setJdbcUrl(System.getenv(\"URL\"));\n    if (a.length == 0) ds.setJdbcUrl(\"jdbc:h2:mem:x\");\n    ds.getConnection().createStatement().execute(\"DROP TABLE users\");\n  }\n}\n",
        ),
        (
            "scripts/a.js",
            "const Database = require('better-sqlite3');\nconst db = new Database(process.env.NODE_ENV === 'test' ? ':memory:' : './data/app.db');\ndb.exec('DROP TABLE IF EXISTS users');\n",
        ),
        (
            "scripts/a.js",
            "const { Sequelize } = require('sequelize');\nconst s = new Sequelize(process.env.DATABASE_URL || 'sqlite::memory:');\ns.drop();\n",
        ),
        (
            "scripts/a.js",
            "const fs = require('fs');\n// DB: sqlite::memory: in tests\nfs.rmSync('/srv/uploads', { recursive: true, force: true });\n",
        ),
        (
            "scripts/a.js",
            "const mongoose = require('mongoose');\nif (process.env.NODE_ENV === 'test') {\n  const m = await MongoMemoryServer.create();\n  await mongoose.connect(m.getUri());\n} else await mongoose.connect(process.env.MONGO_URI);\nawait mongoose.connection.dropDatabase();\n",
        ),
        (
            "scripts/a.js",
            "const RedisMock = require('ioredis-mock');\nconst Redis = require('ioredis');\nnew Redis(process.env.REDIS_URL).flushall();\n",
        ),
        (
            "scripts/a.ts",
            "import { DataSource } from 'typeorm';\nconst ds = new DataSource(process.env.CI ? { type: 'sqlite', database: ':memory:' } : { type: 'postgres', url: process.env.DATABASE_URL });\nds.initialize().then(() => ds.dropDatabase());\n",
        ),
        (
            "scripts/a.php",
            "<?php\n// tests use sqlite::memory:\n$pdo = new PDO(getenv('DSN'));\n$pdo->exec('DROP TABLE users');\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  /** For local runs use jdbc:h2:mem:shop. */\n  public static void main(String[] a) throws Exception {\n    Connection c = DriverManager.getConnection(System.getProperty(\"jdbc.url\", \"jdbc:h2:mem:x\"));\n    c.createStatement().execute(\"DROP TABLE users\");\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  public static void main(String[] a) throws Exception {\n    HikariDataSource ds = new HikariDataSource();\n    if (System.getenv(\"CI\") != null) ds.setJdbcUrl(\"jdbc:h2:mem:x\");\n    ds.getConnection().createStatement().execute(\"DROP TABLE users\");\n  }\n}\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}
