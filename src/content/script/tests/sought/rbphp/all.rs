//! All of what a model, a client or a shop has, but for what is filtered or left out; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/a.php",
            "<?php\n$all = $om->create(\\Magento\\Catalog\\Model\\ResourceModel\\Product\\Collection::class);\nforeach ($all as $it) { $it->delete(); }\n",
            (3, "php.magento.each"),
        ),
        (
            "scripts/a.php",
            "<?php\n$factory = $om->get(\\Magento\\Sales\\Model\\ResourceModel\\Order\\CollectionFactory::class);\nforeach ($factory->create() as $it) { $it->delete(); }\n",
            (3, "php.magento.each"),
        ),
        (
            "scripts/a.php",
            "<?php\n$all = $this->productCollectionFactory->create();\nforeach ($all as $it) { $this->products->delete($it); }\n",
            (3, "php.magento.each"),
        ),
        ("a.rb", "(User.all - [admin])\n  .each(&:destroy)\n", (1, "rb.ar")),
        (
            "a.rb",
            "all = ApplicationRecord.descendants - [Role]\nall.each(&:delete_all)\n",
            (2, "rb.ar"),
        ),
        (
            "a.rb",
            "Stripe::Customer.list(limit: 100).auto_paging_each do |it|\n  it.delete\nend\n",
            (2, "each.listed"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "scripts/a.php",
            "<?php\n$all = $om->create(\\Magento\\Catalog\\Model\\ResourceModel\\Product\\Collection::class);\n$all->addFieldToFilter('sku', 'old');\nforeach ($all as $it) { $it->delete(); }\n",
        ),
        (
            "scripts/a.php",
            "<?php\n$all = Mage::getModel('catalog/product')->getCollection();\n$all->addAttributeToFilter('sku', 'old');\nforeach ($all as $it) { $it->delete(); }\n",
        ),
        ("scripts/a.php", "<?php\n$it = $this->collection->create(['a' => 1]);\n$it->delete();\n"),
        ("a.rb", "(names - [mine]).each { |it| it.delete }\n"),
        ("a.rb", "(User.where(id: 7) - [admin]).each(&:destroy)\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}
