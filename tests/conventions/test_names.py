"""Names that say nothing are banned (STYLE.md says what to write instead)."""

import ast

from tests.conventions.source import PACKAGE, nodes, python_files, short

MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "data", "process", "manager", "managers", "base"}
FUNCTIONS = {"process", "handle", "do", "run_all"}
# Django's own word for what makes a person from a sign-in.
MANAGERS = {"PersonManager"}
LENGTH = 400
LONGER = {"playbooks/telesales.yaml": "one playbook is one file, read from top to bottom"}
GIVEN = "core/databases/sqlite3/base.py"  # where Django looks for a database backend


def test_no_module_is_named_for_nothing():
    named = [path for path in python_files() if path.relative_to(PACKAGE).as_posix() != GIVEN]
    folders = {part for path in named for part in path.relative_to(PACKAGE).parts[:-1]}
    assert MODULES & ({path.stem for path in named} | folders) == set()


def test_no_function_handles_or_processes():
    found = [
        f"{short(path)}: {node.name}"
        for path in python_files()
        for node in nodes(path, ast.FunctionDef)
        if node.name in FUNCTIONS or node.name.startswith(("handle_", "process_", "do_"))
        # Django calls a middleware's method by this name.
        if node.name != "process_exception"
    ]
    assert found == []


def test_no_class_manages():
    found = {
        node.name
        for path in python_files()
        for node in nodes(path, ast.ClassDef)
        if node.name.endswith(("Manager", "Helper", "Util", "Utils", "Handler", "Processor"))
    }
    assert found == MANAGERS


def test_no_file_is_longer_than_one_can_hold_in_mind():
    kinds = (".py", ".html", ".css", ".js", ".yaml")
    aside = {"migrations"}
    long = {
        short(path)
        for path in PACKAGE.rglob("*")
        if path.suffix in kinds and not aside.intersection(path.relative_to(PACKAGE).parts)
        if len(path.read_text(encoding="utf-8").splitlines()) > LENGTH
    }
    assert long == set(LONGER), "split it, or name it in LONGER with the reason; take out what is no longer long"
