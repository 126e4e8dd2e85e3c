//! Other stores that Ruby and PHP empty; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/a.php",
            "<?php\n$redis = new Redis(); foreach ($redis->keys('*') as $k) { $redis->del($k); }\n",
            (2, "client.keys"),
        ),
        (
            "scripts/a.php",
            "<?php\n$redis = new Redis(); $redis->del($redis->keys('*'));\n",
            (2, "client.keys"),
        ),
        ("scripts/a.php", "<?php\nRedis::del(Redis::keys('*'));\n", (2, "client.keys")),
        (
            "scripts/a.php",
            "<?php\n$redis = new Predis\\Client(); foreach ($redis->keys('*') as $k) { $redis->del($k); }\n",
            (2, "client.keys"),
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->shop->users->remove(array());\n",
            (2, "php.mongo"),
        ),
        ("scripts/a.php", "<?php\n$m = new MongoClient(); $m->dropDB('shop');\n", (2, "php.mongo")),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->selectDB('shop')->drop();\n",
            (2, "php.mongo"),
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->shop->users->drop();\n",
            (2, "php.mongo"),
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $db = $m->shop; $col=$db->users; $col->remove(array());\n",
            (2, "php.mongo"),
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->shop->getGridFS()->remove(array());\n",
            (2, "php.mongo"),
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->shop->users->remove();\n",
            (2, "php.mongo"),
        ),
        (
            "scripts/a.php",
            "<?php\n$bulk = new MongoDB\\Driver\\BulkWrite; $bulk->delete([]); $manager->executeBulkWrite('app.users', $bulk);\n",
            (2, "php.mongo"),
        ),
        ("scripts/x.rb", "Mongoid.truncate!\n", (1, "rb.mongo.old")),
        (
            "scripts/x.rb",
            "Mongo::Connection.new.db('shop').collection('users').remove\n",
            (1, "rb.mongo.old"),
        ),
        (
            "scripts/x.rb",
            "MongoMapper.database.collections.each { |c| c.remove }\n",
            (1, "rb.mongo.old"),
        ),
        ("lib/tasks/x.rake", "task(x: :environment) { Sunspot.remove_all! }\n", (1, "rb.search")),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { Product.searchkick_index.delete }\n",
            (1, "rb.search"),
        ),
        ("lib/tasks/x.rake", "task(x: :environment) { UsersIndex.purge! }\n", (1, "rb.search")),
        ("lib/tasks/x.rake", "task(x: :environment) { Product.clear_index! }\n", (1, "rb.search")),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { Tire.index('x').delete }\n",
            (1, "rb.search"),
        ),
        ("scripts/a.php", "<?php\n$client->getIndex('products')->delete();\n", (2, "php.search")),
        ("scripts/a.php", "<?php\n$update->addDeleteQuery('*:*');\n", (2, "php.search")),
        ("scripts/s3.rb", "AWS::S3.new.buckets['uploads'].clear!\n", (1, "rb.aws.old")),
        ("scripts/s3.rb", "AWS::S3.new.buckets['uploads'].objects.delete_all\n", (1, "rb.aws.old")),
        ("scripts/s3.rb", "AWS::S3::Bucket.delete('uploads', :force => true)\n", (1, "rb.aws.old")),
        ("scripts/s3.rb", "Aws::S3::Bucket.new('uploads').delete!\n", (1, "rb.aws.old")),
        (
            "scripts/s3.rb",
            "Aws::EC2::Resource.new.instances.each(&:terminate)\n",
            (1, "rb.machines"),
        ),
        (
            "scripts/s3.php",
            "<?php\n$it = $s3->getIterator('ListObjects', ['Bucket' => 'uploads']); $batch = BatchDelete::fromIterator($s3,'b',$it); $batch->delete();\n",
            (2, "php.s3"),
        ),
        (
            "Rakefile",
            "task(:kill) { c = Fog::Compute.new(provider: 'AWS'); c.servers.each(&:destroy) }\n",
            (1, "rb.machines"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}
