//! Sites of WordPress, Drupal, Moodle, Joomla and TYPO3; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/wp.php",
            "<?php\n$all = $wpdb->get_results(\"SELECT ID FROM {$wpdb->posts} WHERE post_type='product'\"); foreach ($all as $it) { wp_delete_post($it->ID, true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$ids = $wpdb->get_col(\"SELECT ID FROM $wpdb->posts WHERE post_type = 'product'\"); foreach ($ids as $id) { wp_delete_post($id, true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$query = \"SELECT ID FROM wp_posts WHERE post_type = 'product'\";\nforeach (new WP_CLI\\Iterators\\Query($query, 10000) as $it) { wp_delete_post($it->ID, true); }\n",
            (3, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','posts_per_page'=>-1]); while ($q->have_posts()) { $q->the_post(); wp_delete_post(get_the_ID(), true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','posts_per_page'=>-1]); foreach ($q->posts as $p) { wp_delete_post($p->ID, true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','posts_per_page'=>-1, 'fields'=>'ids']); foreach ($q->posts as $p) { wp_delete_post($p, true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','posts_per_page'=>-1]); while ($q->have_posts()) : $q->the_post(); global $post; wp_delete_post($post->ID, true); endwhile;\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\nforeach (get_terms(array('taxonomy'=>'category','hide_empty'=>false)) as $t) { if ($t->slug !== 'uncategorized') wp_delete_term($t->term_id, 'category'); }\n",
            (2, "php.wp.each"),
        ),
        (
            "scripts/wp.php",
            "<?php\nforeach (wc_get_products(['limit'=>-1]) as $p) { $p->delete(true); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\nforeach (get_users(['role'=>'customer']) as $u) { wp_delete_user($u->ID); }\n",
            (2, "php.wordpress"),
        ),
        (
            "scripts/wp.php",
            "<?php\narray_map(function($id){ wp_delete_post($id,true); }, get_posts(['fields'=>'ids','numberposts'=>-1]));\n",
            (2, "php.wp.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = \\Drupal::entityQuery('node')->accessCheck(FALSE)->execute(); foreach (Node::loadMultiple($nids) as $n) { $n->delete(); }\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = \\Drupal::entityQuery('node')->accessCheck(FALSE)->execute(); foreach ($nids as $nid) { Node::load($nid)->delete(); }\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\nforeach (Node::loadMultiple() as $n) { $n->delete(); }\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$storage = \\Drupal::entityTypeManager()->getStorage('node'); $storage->delete($storage->loadByProperties(['type'=>'offer']));\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = \\Drupal::entityQuery('node')->condition('type','offer')->execute(); $s = \\Drupal::entityTypeManager()->getStorage('node'); $s->delete($s->loadMultiple($nids));\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$result = \\Drupal::entityQuery('node')->condition('type','offer')->execute(); entity_delete_multiple('node', $result);\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$r = db_query(\"SELECT nid FROM {node}\"); foreach ($r as $x) { node_delete($x->nid); }\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = db_select('node', 'n')->fields('n', array('nid'))->execute()->fetchCol(); node_delete_multiple($nids);\n",
            (2, "php.drupal.each"),
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = db_query(\"SELECT nid FROM {node} WHERE type = 'page'\")->fetchCol(); node_delete_multiple($nids);\n",
            (2, "php.drupal.each"),
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); require('../config.php'); $DB->delete_records('orders');\n",
            (2, "php.moodle"),
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); require('../config.php'); $DB->delete_records('user', []);\n",
            (2, "php.moodle"),
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); require('../config.php'); $DB->delete_records('user', null);\n",
            (2, "php.moodle"),
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); require('../config.php'); $DB->delete_records_select('user', '1=1');\n",
            (2, "php.moodle"),
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); $all = $DB->get_records('course'); foreach ($all as $c) { delete_course($c); }\n",
            (2, "php.moodle"),
        ),
        (
            "cli/j.php",
            "<?php\n$db = JFactory::getDbo(); $db->setQuery('TRUNCATE TABLE jos_users'); $db->execute();\n",
            (2, "sql.truncate"),
        ),
        (
            "cli/j.php",
            "<?php\n$db = JFactory::getDbo(); $db->setQuery('TRUNCATE TABLE #__users')->execute();\n",
            (2, "sql.truncate"),
        ),
        ("cli/j.php", "<?php\n$pdo->exec('TRUNCATE TABLE #__users');\n", (2, "sql.truncate")),
        (
            "cli/j.php",
            "<?php\n$db->setQuery('DELETE FROM #__users'); $db->query();\n",
            (2, "sql.delete_all"),
        ),
        (
            "scripts/b.php",
            "<?php\n$GLOBALS['TYPO3_DB']->exec_TRUNCATEquery('orders');\n",
            (2, "php.typo3"),
        ),
        (
            "scripts/b.php",
            "<?php\nGeneralUtility::makeInstance(ConnectionPool::class)->getConnectionForTable('orders')->truncate('orders');\n",
            (2, "php.framework"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}
