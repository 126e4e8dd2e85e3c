//! Which files are looked at: git's index, a list of files, a commit range, a tree, the disk. Nothing is judged here.
