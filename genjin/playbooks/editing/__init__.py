"""Changing a playbook by a form: a field is named by its place in the file, and the file's parser is what checks it."""
