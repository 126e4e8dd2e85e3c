//! Files that Ruby and PHP delete; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/x.php",
            "<?php\nexec('rm -rf ' . escapeshellarg('/var/data/uploads'));\n",
            (2, "sh.rm"),
        ),
        (
            "database/seeders/DatabaseSeeder.php",
            "<?php\nclass DatabaseSeeder extends Seeder { public function run() { Storage::deleteDirectory('public/goods'); Storage::makeDirectory('public/goods'); } }\n",
            (2, "php.fs.directory"),
        ),
        (
            "database/seeders/DatabaseSeeder.php",
            "<?php\nclass DatabaseSeeder extends Seeder { public function run() { Storage::deleteDirectory('posts'); } }\n",
            (2, "php.fs.directory"),
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { Storage::disk('public')->deleteDirectory('products'); } }\n",
            (3, "php.fs.directory"),
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { File::deleteDirectory(storage_path('app/public/photos')); } }\n",
            (3, "php.fs.directory"),
        ),
        (
            "scripts/a.php",
            "<?php\nStorage::delete(Storage::allFiles('invoices'));\n",
            (2, "php.storage"),
        ),
        (
            "scripts/a.php",
            "<?php\nStorage::delete(Storage::files('public/images'));\n",
            (2, "php.storage"),
        ),
        (
            "scripts/a.php",
            "<?php\nforeach (Storage::directories('public') as $d) Storage::deleteDirectory($d);\n",
            (2, "php.storage"),
        ),
        (
            "scripts/up.php",
            "<?php\n$it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__.'/uploads', FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST); foreach ($it as $f) { $f->isDir() ? rmdir($f->getRealPath()) : unlink($f->getRealPath()); }\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\n$it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__.'/uploads', FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST); foreach ($it as $f) { if ($f->isDir()) { rmdir($f->getRealPath()); } else { unlink($f->getRealPath()); } }\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\n$it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__.'/uploads', FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST); foreach ($it as $f) { $todo = $f->isDir() ? 'rmdir' : 'unlink'; $todo($f->getRealPath()); }\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\nforeach (new DirectoryIterator('uploads') as $f) { if (!$f->isDot()) unlink($f->getPathname()); }\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\n$h = opendir('uploads'); while (($f = readdir($h)) !== false) { if ($f != '.' && $f != '..') { unlink('uploads/' . $f); } }\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\n$dir = wp_upload_dir()['basedir']; $it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($dir)); foreach ($it as $f) { if ($f->isFile()) unlink($f->getPathname()); }\n",
            (2, "php.fs.files"),
        ),
        (
            "clean.php",
            "<?php\narray_map('unlink', glob(\"/var/www/shop/images_upload/*\"));\n",
            (2, "php.fs.files"),
        ),
        (
            "scripts/up.php",
            "<?php\n$upload_dir = wp_upload_dir(); array_map('unlink', glob($upload_dir['basedir'] . '/*'));\n",
            (2, "php.fs.files"),
        ),
        (
            "RoboFile.php",
            "<?php\nclass RoboFile extends \\Robo\\Tasks { public function wipe() { $this->_deleteDir(['uploads']); } }\n",
            (2, "php.fs.directory"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}
