//! Methods and functions that are called by a name which whoever runs the script says.

use super::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "a.py",
            "class A:\n    def cmd_wipe(self):\n        os.system('dropdb app')\n    def go(self, name):\n        getattr(self, 'cmd_' + name)()\nA().go(sys.argv[1])\n",
            3,
        ),
        (
            "a.py",
            "class A:\n    def wipe(self):\n        os.system('dropdb app')\nrun = getattr(A(), sys.argv[1], None)\nrun()\n",
            3,
        ),
        (
            "a.js",
            "class A {\n  wipe() { execSync('dropdb app'); }\n  go(name) { this[name](); }\n}\nnew A().go(process.argv[2]);\n",
            2,
        ),
        (
            "a.rb",
            "class A\n  def wipe\n    system('dropdb app')\n  end\nend\nA.new.public_send(ARGV.first.to_sym)\n",
            3,
        ),
        (
            "a.php",
            "<?php\nclass A { function wipe() { passthru('dropdb app'); } }\n$name = $argv[1];\n$it = new A();\n$it->$name();\n",
            2,
        ),
        (
            "a.php",
            "<?php\nfunction wipe() { passthru('dropdb app'); }\ncall_user_func($argv[1]);\n",
            2,
        ),
    ] {
        let found = [(found, "sh.dropdb")];
        assert_eq!(open(path, text), found, "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        // The script itself says which.
        (
            "a.py",
            "class A:\n    def wipe(self):\n        os.system('dropdb app')\nfor name in ['show']:\n    getattr(A(), name)()\n",
        ),
        (
            "a.js",
            "class A {\n  wipe() { execSync('dropdb app'); }\n}\nfor (const name of ['show']) new A()[name]();\n",
        ),
        // Of another beginning, or of nobody outside.
        (
            "a.py",
            "class A:\n    def wipe(self):\n        os.system('dropdb app')\ngetattr(A(), 'show_' + sys.argv[1])()\n",
        ),
        (
            "a.py",
            "class A:\n    def _wipe(self):\n        os.system('dropdb app')\ngetattr(A(), sys.argv[1])()\n",
        ),
        // Of another file's class.
        (
            "a.py",
            "class A:\n    def wipe(self):\n        os.system('dropdb app')\ngetattr(Tool(), sys.argv[1])()\n",
        ),
        (
            "a.rb",
            "class A\n  def wipe\n    system('dropdb app')\n  end\nend\nA.new.public_send(kind)\n",
        ),
        ("a.php", "<?php\nfunction wipe() { passthru('dropdb app'); }\ncall_user_func($hook);\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}
