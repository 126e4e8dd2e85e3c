//! Java.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

/// A program whose `main` begins on line 2 with the text.
fn main(body: &str) -> String {
    format!("public class Wipe {{\npublic static void main(String[] args) {{ {body}\n}}\n}}\n")
}

/// A class of an application, with this in it.
fn bean(head: &str, members: &str) -> String {
    format!("@Component\npublic class Start {head} {{\n{members}\n}}\n")
}

#[test]
fn finds() {
    for (body, kind) in [
        ("statement.executeUpdate(\"DELETE FROM users\");", "sql.delete_all"),
        ("connection.createStatement().execute(\"DROP TABLE users\");", "sql.drop_table"),
        ("connection.prepareStatement(\"TRUNCATE TABLE users\").execute();", "sql.truncate"),
        ("jdbcTemplate.update(\"DELETE FROM users\");", "sql.delete_all"),
        ("run(jdbcTemplate.update(\"DELETE FROM users\")).orElse(0);", "sql.delete_all"),
        ("jdbc.execute(String.format(\"DROP TABLE %s\", name));", "sql.drop_table"),
        ("jdbc.execute(\"DROP TABLE %s\".formatted(name));", "sql.drop_table"),
        ("jdbc.execute(\"DROP TABLE \" + name);", "sql.drop_table"),
        (
            "for (String t : List.of(\"users\", \"orders\")) { jdbc.execute(\"TRUNCATE TABLE \" + t); }",
            "sql.truncate",
        ),
        ("String sql = \"DROP DATABASE shop\"; st.executeUpdate(sql);", "sql.drop_database"),
        ("em.createQuery(\"DELETE FROM User u\").executeUpdate();", "java.jpa"),
        ("em.createQuery(\"delete User\").executeUpdate();", "java.jpa"),
        ("em.createNativeQuery(\"TRUNCATE TABLE users\").executeUpdate();", "sql.truncate"),
        ("userRepository.deleteAll();", "java.repository"),
        ("this.orders.deleteAllInBatch(); } static OrderRepository orders; {", "java.repository"),
        ("userMapper.delete(null);", "java.repository"),
        ("flyway.clean();", "java.flyway"),
        ("Flyway.configure().dataSource(url, a, b).load().clean();", "java.flyway"),
        ("liquibase.dropAll();", "java.liquibase"),
        ("new SchemaExport(configuration).create(true, true);", "java.hibernate.export"),
        ("properties.put(\"hibernate.hbm2ddl.auto\", \"create-drop\");", "java.hibernate.setting"),
        ("mongo.dropDatabase(\"shop\");", "java.schema"),
        ("Initiator.dropSchema(Manager.instance());", "java.schema"),
        ("database.drop();", "java.mongo.drop"),
        ("client.getDatabase(\"shop\").getCollection(\"users\").drop();", "java.mongo.drop"),
        ("mongoTemplate.dropCollection(User.class);", "java.mongo.drop"),
        ("collection.deleteMany(new Document());", "java.mongo.delete_many"),
        ("mongoTemplate.remove(new Query(), User.class);", "java.mongo.delete_many"),
        ("jedis.flushAll();", "java.redis"),
        ("factory.getConnection().flushDb();", "java.redis"),
        ("create.deleteFrom(USERS).execute();", "java.jooq"),
        ("dynamo.deleteTable(name);", "java.cloud"),
        ("FileUtils.deleteDirectory(new File(home, \"uploads\"));", "java.fs.directory"),
        (
            "Files.walk(Paths.get(\"uploads\")).map(Path::toFile).forEach(File::delete);",
            "java.fs.walk",
        ),
        ("File file = new File(\"data/app.db\"); file.delete();", "java.fs.remove_db"),
        ("Files.deleteIfExists(Path.of(\"app.sqlite\"));", "java.fs.remove_db"),
        (
            "st.execute(\"DROP TABLE users\"); st.execute(\"CREATE TABLE users (id INT)\");",
            "sql.drop_table",
        ),
        ("Runtime.getRuntime().exec(\"dropdb app\");", "sh.dropdb"),
        ("new ProcessBuilder(\"sh\", \"-c\", \"dropdb app\").start();", "sh.dropdb"),
        ("session.run(\"MATCH (n) DETACH DELETE n\");", "cypher.detach_delete"),
    ] {
        assert_eq!(open("src/main/java/Wipe.java", &main(body)), [(2, kind)], "{body}");
    }
}

#[test]
fn finds_what_frameworks_run() {
    for (head, members) in [
        (
            "implements CommandLineRunner",
            "@Override public void run(String... args) {\nrepository.deleteAll(); }",
        ),
        (
            "implements ApplicationRunner",
            "public void run(ApplicationArguments args) {\nrepository.deleteAll(); }",
        ),
        ("", "@PostConstruct void init() {\nuserRepository.deleteAll(); }"),
        ("", "@Scheduled(cron = \"0 0 * * * *\") void clear() {\nuserRepository.deleteAll(); }"),
        (
            "",
            "@EventListener(ApplicationReadyEvent.class) void ready() {\nuserRepository.deleteAll(); }",
        ),
        (
            "implements ApplicationListener<ContextRefreshedEvent>",
            "public void onApplicationEvent(ContextRefreshedEvent event) {\nuserDao.deleteAll(); }",
        ),
        (
            "",
            "@Bean CommandLineRunner seed(UserRepository users) { return args -> {\nusers.deleteAll(); }; }",
        ),
        (
            "",
            "@Bean FlywayMigrationStrategy strategy() { return flyway -> {\nflyway.clean(); flyway.migrate(); }; }",
        ),
        (
            "",
            "@Bean FlywayMigrationStrategy strategy() { return new FlywayMigrationStrategy() { public void migrate(Flyway flyway) {\nflyway.clean(); } }; }",
        ),
        ("", "void onStart(@Observes StartupEvent event) {\nuserRepository.deleteAll(); }"),
        ("", "@PostConstruct void init() { wipe(); }\nvoid wipe() { userRepository.deleteAll(); }"),
    ] {
        let found: Vec<u32> =
            open("src/main/java/Start.java", &bean(head, members)).iter().map(|it| it.0).collect();
        assert_eq!(found, [4], "{members}");
    }
    let text = "class Wipe {\nWipe(String url) { connect(url); drop(); }\nvoid drop() {\nst.execute(\"DROP TABLE users\"); }\npublic static void main(String[] args) { new Wipe(args[0]); }\n}\n";
    assert_eq!(open("Wipe.java", text), [(4, "sql.drop_table")]);
    let text = "@Command(name = \"wipe\")\nclass Wipe implements Runnable {\npublic void run() {\nst.execute(\"DROP TABLE users\"); }\n}\n";
    assert_eq!(open("Wipe.java", text), [(4, "sql.drop_table")]);
}

#[test]
fn lets_through() {
    for body in [
        "// st.execute(\"DROP TABLE users\");",
        "System.out.println(\"DROP TABLE users\");",
        "st.executeUpdate(\"DELETE FROM users WHERE id = \" + id);",
        "PreparedStatement p = c.prepareStatement(\"DELETE FROM users WHERE id = ?\"); p.executeUpdate();",
        "em.createQuery(\"DELETE FROM User u WHERE u.id = :id\").executeUpdate();",
        "userRepository.deleteAll(expired);",
        "userRepository.deleteById(id);",
        "users.deleteAll();",
        "folder.clean();",
        "list.clear();",
        "collection.deleteMany(eq(\"user\", id));",
        "FileUtils.deleteDirectory(new File(\"build\"));",
        "new File(\"out.txt\").delete();",
        "properties.put(\"hibernate.hbm2ddl.auto\", \"validate\");",
        "System.exit(1); st.execute(\"DROP TABLE users\");",
        "if (true) return; st.execute(\"DROP TABLE users\");",
        "button.addActionListener(e -> userRepository.deleteAll());",
        "app.delete(\"/users\", ctx -> userRepository.deleteAll());",
        "create.deleteFrom(USERS).where(USERS.ID.eq(id)).execute();",
    ] {
        let text = main(body);
        assert_eq!(open("src/main/java/Wipe.java", &text), [], "{body}");
        assert_eq!(guarded("src/main/java/Wipe.java", &text), [], "{body}");
    }
    // One that it makes anew and fills; what is called a reset is run where it was full.
    let anew = main(
        "st.execute(\"DROP TABLE IF EXISTS users\"); st.execute(\"CREATE TABLE users (id INT)\"); st.execute(\"INSERT INTO users VALUES (1)\");",
    );
    assert_eq!(open("src/main/java/Main.java", &anew), []);
    assert_eq!(open("src/main/java/ResetDb.java", &anew).len(), 1);
    let service = "@Service\nclass Users {\nvoid wipe() { userRepository.deleteAll(); }\n@DeleteMapping(\"/all\") void all() { userRepository.deleteAll(); }\n@PreDestroy void stop() { userRepository.deleteAll(); }\n@EventListener void left(UserLeftEvent event) { userRepository.deleteAll(); }\n}\n";
    assert_eq!(open("src/main/java/Users.java", service), []);
    let wipe = main("userRepository.deleteAll();");
    for (path, text) in [
        ("src/test/java/Wipe.java", wipe.clone()),
        ("src/main/java/WipeTest.java", wipe.clone()),
        ("src/integrationTest/java/Wipe.java", wipe.clone()),
        ("src/examples/Wipe.java", wipe.clone()),
        ("Wipe.java", format!("import org.junit.jupiter.api.Test;\n{wipe}")),
    ] {
        assert_eq!(open(path, &text), [], "{path}");
    }
}

const DROP: &str = "st.execute(\"DROP TABLE users\");";

#[test]
fn knows_guards() {
    for (before, kind) in [
        (
            "Scanner in = new Scanner(System.in);\nif (!in.nextLine().equals(\"yes\")) {\nreturn;\n}",
            GuardKind::Confirmation,
        ),
        (
            "BufferedReader r = new BufferedReader(new InputStreamReader(System.in));\nString a = r.readLine();\nif (!\"yes\".equalsIgnoreCase(a.trim())) {\nSystem.exit(0);\n}",
            GuardKind::Confirmation,
        ),
        (
            "String a = System.console().readLine(\"Sure? \");\nif (!a.equals(\"y\")) throw new IllegalStateException();",
            GuardKind::Confirmation,
        ),
        (
            "int a = JOptionPane.showConfirmDialog(null, \"Sure?\");\nif (a != JOptionPane.YES_OPTION) return;",
            GuardKind::Confirmation,
        ),
        ("if (!sure()) return;", GuardKind::Confirmation),
        (
            "if (!\"development\".equals(System.getenv(\"APP_ENV\"))) {\nthrow new IllegalStateException();\n}",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if (!Arrays.asList(env.getActiveProfiles()).contains(\"dev\")) return;",
            GuardKind::EnvironmentAllowed,
        ),
        ("if (env.acceptsProfiles(Profiles.of(\"prod\"))) return;", GuardKind::EnvironmentDenied),
        (
            "if (!url.contains(\"localhost\")) throw new IllegalStateException();",
            GuardKind::TargetChecked,
        ),
        ("if (!Arrays.asList(args).contains(\"--force\")) return;", GuardKind::OptIn),
        ("if (!\"--force\".equals(args[0])) return;", GuardKind::OptIn),
        ("if (!Boolean.getBoolean(\"force\")) return;", GuardKind::OptIn),
        ("if (!commandLine.hasOption(\"force\")) return;", GuardKind::OptIn),
    ] {
        let text = format!(
            "class Wipe {{\npublic static void main(String[] args) throws Exception {{\n{before}\n{DROP}\n}}\n\
             static boolean sure() {{\nreturn new Scanner(System.in).nextLine().equals(\"yes\");\n}}\n}}\n"
        );
        let line = 3 + u32::try_from(before.lines().count()).unwrap();
        assert_eq!(open("Wipe.java", &text), [], "{before}");
        assert_eq!(guarded("Wipe.java", &text), [(line, kind)], "{before}");
    }
}

#[test]
fn knows_profiles_and_settings() {
    for (annotation, kind) in [
        ("@Profile(\"dev\")", Some(GuardKind::EnvironmentAllowed)),
        ("@Profile({\"dev\", \"test\"})", Some(GuardKind::EnvironmentAllowed)),
        ("@Profile(\"!prod\")", Some(GuardKind::EnvironmentDenied)),
        ("@Profile(\"prod\")", None),
        ("@Profile(\"!test\")", None),
        ("@ConditionalOnExpression(\"${app.wipe:false}\")", Some(GuardKind::OptIn)),
        (
            "@ConditionalOnProperty(name = \"app.wipe\", havingValue = \"true\")",
            Some(GuardKind::OptIn),
        ),
        ("@ConditionalOnProperty(name = \"app.wipe\", matchIfMissing = true)", None),
    ] {
        let method = "@PostConstruct void init() { userRepository.deleteAll(); }";
        for text in [
            format!("{annotation}\nclass Start {{\n{method}\n}}\n"),
            format!("class Start {{\n{annotation}\n{method}\n}}\n"),
        ] {
            let found: Vec<GuardKind> =
                guarded("Start.java", &text).iter().map(|it| it.1).collect();
            assert_eq!(found, kind.into_iter().collect::<Vec<GuardKind>>(), "{text}");
            assert_eq!(open("Start.java", &text).len(), usize::from(kind.is_none()), "{text}");
        }
    }
    for (value, is_guarded) in [("${app.wipe:false}", true), ("${app.wipe:true}", false)] {
        let text = bean(
            "",
            &format!(
                "@Value(\"{value}\") private boolean wipe;\n@PostConstruct void init() {{ if (wipe) {{ userRepository.deleteAll(); }} }}"
            ),
        );
        assert_eq!(guarded("Start.java", &text).len(), usize::from(is_guarded), "{value}");
    }
}

#[test]
fn knows_false_guards() {
    for (before, after, defect) in [
        ("new Scanner(System.in).nextLine();", "", Defect::AnswerIgnored),
        (
            "if (new Scanner(System.in).nextLine().equals(\"yes\")) return;",
            "",
            Defect::WrongWayRound,
        ),
        ("", "if (!new Scanner(System.in).nextLine().equals(\"yes\")) return;", Defect::TooLate),
        ("Thread.sleep(5000);", "", Defect::OnlyWaits),
        ("System.out.println(\"WARNING: all data goes\");", "", Defect::StopsNothing),
    ] {
        let text = main(&format!("{before}\n{DROP}\n{after}"));
        assert_eq!(open("Wipe.java", &text).len(), 1, "{text}");
        let found = defects("Wipe.java", &text);
        assert!(found.contains(&defect), "{text}: {found:?}");
    }
}

#[test]
fn finds_in_stores() {
    let of = |body: &str| {
        let text = format!(
            "class Wipe {{\n  public static void main(String[] args) throws Exception {{\n    {body}\n  }}\n}}\n"
        );
        open("src/main/java/Wipe.java", &text).into_iter().map(|it| it.1).collect::<Vec<_>>()
    };
    for (body, id) in [
        ("for (String key : jedis.keys(\"*\")) jedis.del(key);", "client.keys"),
        ("client.indices().delete(new DeleteIndexRequest(\"photos\"), options);", "java.es"),
        ("es.deleteByQuery(d -> d.index(\"p\").query(q -> q.matchAll(m -> m)));", "java.es.query"),
        ("admin.deleteTopics(admin.listTopics().names().get()).all().get();", "java.kafka"),
        ("channel.queuePurge(\"photos\");", "java.amqp"),
    ] {
        assert_eq!(of(body), [id], "{body}");
    }
    for body in [
        "for (String key : jedis.keys(\"session:*\")) jedis.del(key);",
        "client.indices().delete(new DeleteIndexRequest(\"photos_old\"), options);",
        "es.deleteByQuery(d -> d.index(\"p\").query(q -> q.term(t -> t.field(\"id\"))));",
    ] {
        assert_eq!(of(body), [""; 0], "{body}");
    }
}

#[test]
fn finds_a_statement_that_is_appended_to() {
    for body in [
        "StringBuilder b = new StringBuilder();\nb.append(\"DELETE \").append(\"FROM users\");\ns.executeUpdate(b.toString());",
        "StringBuilder b = new StringBuilder(\"DELETE \").append(\"FROM users\");\ns.executeUpdate(b.toString());",
    ] {
        let text = format!("class A {{\npublic static void main(String[] a) {{\n{body}\n}}\n}}\n");
        let found: Vec<&str> = open("A.java", &text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, ["sql.delete_all"], "{text}");
    }
}
