//! Shapes of Java: all of a store or directory, one by one.

use crate::content::script::tests::open;

/// A program that runs some statements, on line 4, with methods besides, on line 6.
fn runs(field: &str, statements: &str, methods: &str) -> String {
    format!(
        "class Wipe implements CommandLineRunner {{\n  @Autowired {field};\n  public void run(String... a) {{\n    {statements}\n  }}\n  {methods}\n}}\n"
    )
}

#[test]
fn finds() {
    let users = "UserRepository users";
    let em = "EntityManager em";
    for (field, statements, kind) in [
        (users, "users.findAll().forEach(users::delete);", "java.each"),
        (users, "users.findAll().forEach(it -> users.delete(it));", "java.each"),
        (users, "users.findAll().forEach(it -> users.deleteById(it.getId()));", "java.each"),
        (users, "for (User it : users.findAll()) users.delete(it);", "java.each"),
        (users, "List<User> all = users.findAll(); users.deleteAll(all);", "java.each"),
        (em, "em.createQuery(\"from User\").getResultList().forEach(em::remove);", "java.jpa.each"),
        (
            em,
            "for (User it : em.createQuery(\"select u from User u\", User.class).getResultList()) em.remove(it);",
            "java.jpa.each",
        ),
        (
            "AmazonS3 s3",
            "for (S3ObjectSummary it : s3.listObjects(\"shop\").getObjectSummaries()) { s3.deleteObject(\"shop\", it.getKey()); }",
            "java.each",
        ),
        (
            "S3Client s3",
            "ListObjectsV2Request all = ListObjectsV2Request.builder().bucket(\"shop\").build(); for (S3Object it : s3.listObjectsV2(all).contents()) s3.deleteObject(DeleteObjectRequest.builder().bucket(\"shop\").key(it.key()).build());",
            "java.each",
        ),
        (
            "Storage storage",
            "for (Blob it : storage.list(\"shop\").iterateAll()) it.delete();",
            "java.each",
        ),
        (
            "BlobContainerClient shop",
            "shop.listBlobs().forEach(it -> shop.getBlobClient(it.getName()).delete());",
            "java.each",
        ),
        (
            "Shop shop",
            "for (File it : new File(\"/var/lib/shop/data\").listFiles()) it.delete();",
            "java.fs.each",
        ),
        (
            "Shop shop",
            "try (DirectoryStream<Path> all = Files.newDirectoryStream(Paths.get(\"/var/lib/shop\"))) { for (Path it : all) Files.delete(it); }",
            "java.fs.each",
        ),
        (
            "Shop shop",
            "Files.walkFileTree(Paths.get(\"/var/lib/shop\"), new SimpleFileVisitor<Path>() { public FileVisitResult visitFile(Path it, BasicFileAttributes b) { Files.delete(it); return CONTINUE; } });",
            "java.fs.walk",
        ),
        ("ElasticsearchClient es", "es.indices().delete(it -> it.index(\"orders\"));", "java.es"),
        (
            "FileSystem files",
            "files.delete(new Path(\"/var/lib/shop/data\"), true);",
            "java.hadoop",
        ),
        ("Shop shop", "FileUtils.forceDelete(new File(\"/var/lib/shop\"));", "java.fs.directory"),
    ] {
        let text = runs(field, statements, "");
        assert_eq!(open("src/main/java/shop/Wipe.java", &text), [(4, kind)], "{text}");
    }
}

#[test]
fn lets_through() {
    let users = "UserRepository users";
    for (field, statements) in [
        (users, "for (User it : users.findAll()) if (it.isOld()) users.delete(it);"),
        (users, "users.findAll().stream().filter(it -> it.isOld()).forEach(users::delete);"),
        (users, "users.findByActive(false).forEach(users::delete);"),
        ("TokenRepository tokens", "tokens.findAll().forEach(tokens::delete);"),
        (
            "EntityManager em",
            "em.createQuery(\"from User u where u.id = 7\").getResultList().forEach(em::remove);",
        ),
        (
            "AmazonS3 s3",
            "for (S3ObjectSummary it : s3.listObjects(\"shop\", \"tmp/\").getObjectSummaries()) { s3.deleteObject(\"shop\", it.getKey()); }",
        ),
        (
            "S3Client s3",
            "ListObjectsV2Request some = ListObjectsV2Request.builder().bucket(\"shop\").prefix(\"tmp/\").build(); for (S3Object it : s3.listObjectsV2(some).contents()) s3.deleteObject(DeleteObjectRequest.builder().bucket(\"shop\").key(it.key()).build());",
        ),
        ("ElasticsearchClient es", "es.indices().delete(it -> it.index(\"orders-test\"));"),
        ("FileSystem files", "files.delete(new Path(\"/tmp/out\"), true);"),
        ("FileSystem files", "files.delete(new Path(\"output\"), true);"),
        ("Shop shop", "for (File it : new File(\"build/classes\").listFiles()) it.delete();"),
        (
            "Shop shop",
            "for (File it : new File(System.getProperty(\"java.io.tmpdir\")).listFiles()) it.delete();",
        ),
    ] {
        let text = runs(field, statements, "");
        assert_eq!(open("src/main/java/shop/Wipe.java", &text), [], "{text}");
    }
}

/// A method of the file that calls itself with all that lies in a directory.
#[test]
fn knows_what_removes_a_directory() {
    let removes =
        "static void remove(File d) { for (File it : d.listFiles()) remove(it); d.delete(); }";
    let text = runs("Shop shop", "remove(new File(\"/var/lib/shop/data\"));", removes);
    assert_eq!(open("src/main/java/shop/Wipe.java", &text), [(4, "java.fs.directory")]);
    for (statements, removes) in [
        ("remove(new File(\"build/out\"));", removes),
        (
            "remove(new File(\"/var/lib/shop/data\"));",
            "static void remove(File d) { for (File it : d.listFiles()) remove(it); if (d.getName().endsWith(\".tmp\")) d.delete(); }",
        ),
    ] {
        let text = runs("Shop shop", statements, removes);
        assert_eq!(open("src/main/java/shop/Wipe.java", &text), [], "{text}");
    }
}
