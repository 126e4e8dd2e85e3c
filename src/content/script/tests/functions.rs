//! Which function a call means, where several are called the same.

use super::open;

/// Files in which the operation is reached, or its guard is another function.
const FINDS: &[(&str, &str)] = &[
    (
        "a.py",
        "class Wiper:\n    def run(self):\n        db.drop_all()\nclass Reporter:\n    def run(self):\n        print('report')\nWiper().run()\n",
    ),
    (
        "a.py",
        "class Wiper:\n    def clear(self):\n        db.drop_all()\n    def run(self):\n        self.clear()\nclass Reporter:\n    def clear(self):\n        print('report')\nit = Wiper()\nit.run()\n",
    ),
    (
        "a.js",
        "class Wiper { async run() { await mongoose.connection.dropDatabase(); } }\nclass Reporter { run() { console.log('report'); } }\nnew Wiper().run();\n",
    ),
    (
        "a.py",
        "def one():\n    def helper():\n        db.drop_all()\n    helper()\ndef two():\n    def helper():\n        print('x')\n    helper()\none()\ntwo()\n",
    ),
    (
        "a.py",
        "class Fake:\n    def sure(self):\n        return True\nclass Real:\n    def sure(self):\n        return input('sure?') == 'yes'\nif Fake().sure():\n    db.drop_all()\n",
    ),
    (
        "a.py",
        "def sure():\n    return True\nif sure():\n    db.drop_all()\ndef sure():\n    return input('sure?') == 'yes'\n",
    ),
    (
        "a.sh",
        "confirm() { :; }\nconfirm\ndropdb shop\nconfirm() { read -r a; [ \"$a\" = yes ] || exit 1; }\n",
    ),
    (
        "a.sh",
        "if [ \"$CI\" ]; then\n  confirm() { :; }\nelse\n  confirm() { read -r a; [ \"$a\" = yes ] || exit 1; }\nfi\nconfirm\ndropdb shop\n",
    ),
];

/// Files in which the function that is meant asks, or destroys nothing.
const LETS_THROUGH: &[(&str, &str)] = &[
    (
        "a.py",
        "class Wiper:\n    def run(self):\n        db.drop_all()\nclass Reporter:\n    def run(self):\n        print('report')\nReporter().run()\n",
    ),
    (
        "a.py",
        "class Fake:\n    def sure(self):\n        return True\nclass Real:\n    def sure(self):\n        return input('sure?') == 'yes'\nif Real().sure():\n    db.drop_all()\n",
    ),
    (
        "a.py",
        "class Base:\n    def sure(self):\n        return input('sure?') == 'yes'\nclass Wiper(Base):\n    def run(self):\n        if self.sure():\n            db.drop_all()\nWiper().run()\n",
    ),
];

#[test]
fn a_call_means_the_function_of_its_class() {
    for (path, text) in FINDS {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in LETS_THROUGH {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn what_is_bound_to_itself_and_wrapped_again_and_again_is_read_in_bounded_time() {
    let bound =
        "def wipe(x):\n    db.drop_all()\nclass wipe:\n    pass\nwipe = partial(wipe, 1)\nwipe()\n";
    assert_eq!(open("a.py", bound).len(), 1);
    let wrapper = format!("def d(f):\n def w():\n{} return w\n", "  f()\n".repeat(1_000));
    let text = format!("{wrapper}{}def wipe():\n pass\ndb.drop_all()\n", "@d\n".repeat(500));
    assert_eq!(open("a.py", &text).len(), 1);
    let ends = format!("{}dropdb shop\n", "true\nx=$?\n".repeat(10_000));
    assert_eq!(open("a.sh", &ends).len(), 1);
}
