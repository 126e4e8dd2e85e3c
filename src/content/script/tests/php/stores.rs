//! Stores of AWS, of keys, documents and frameworks in PHP.

use super::super::open;

#[test]
fn finds() {
    for (text, id) in [
        ("$dynamo->deleteTable(['TableName' => 'photos']);", "php.aws"),
        (
            "foreach ($s3->getIterator('ListObjects', ['Bucket' => 'b']) as $it) {\n  $s3->deleteObject(['Bucket' => 'b', 'Key' => $it['Key']]);\n}",
            "php.s3.each",
        ),
        ("$redis->rawCommand('FLUSHALL');", "php.redis.command"),
        (
            "$es->deleteByQuery(['index' => 'p', 'body' => ['query' => ['match_all' => new stdClass()]]]);",
            "php.es.query",
        ),
        (
            "$storage = \\Drupal::entityTypeManager()->getStorage('node');\n$storage->delete($storage->loadMultiple());",
            "php.drupal.each",
        ),
    ] {
        let text = format!("<?php\n{text}\n");
        let found: Vec<&str> = open("scripts/wipe.php", &text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [id], "{text}");
    }
    for text in [
        "foreach ($s3->getIterator('ListObjects', ['Bucket' => 'b', 'Prefix' => 'tmp/']) as $it) {\n  $s3->deleteObject(['Bucket' => 'b', 'Key' => $it['Key']]);\n}",
        "$es->deleteByQuery(['index' => 'p', 'body' => ['query' => ['term' => ['id' => 7]]]]);",
        "$redis->rawCommand('GET', 'p');",
        "$ids = \\Drupal::entityQuery('node')->condition('uid', 7)->execute();\n$storage->delete($storage->loadMultiple($ids));",
    ] {
        assert_eq!(open("scripts/wipe.php", &format!("<?php\n{text}\n")), [], "{text}");
    }
}
