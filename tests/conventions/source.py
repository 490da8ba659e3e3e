"""The product's own code, as the convention tests read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "genjin"


def short(path: Path) -> str:
    """customers/services/ownership.py"""
    return path.relative_to(PACKAGE).as_posix()


@cache
def python_files() -> list[Path]:
    """Every module of the product, without tests and migrations."""
    aside = {"tests", "migrations"}
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not aside.intersection(path.relative_to(PACKAGE).parts)]


@cache
def template_files() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path, *kinds: type) -> Iterator:
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def called(node: ast.Call) -> str:
    """The last name of what is called: `require` for permissions.require(...)."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def text(node: ast.AST | None) -> str | None:
    """A text constant's value."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def texts() -> dict[str, set[str]]:
    """Every text constant of the product with the files that have it."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        for node in nodes(path, ast.Constant):
            if isinstance(node.value, str):
                found.setdefault(node.value, set()).add(short(path))
    return found


@cache
def text_patterns() -> dict[str, set[str]]:
    """Every f-string as a pattern (`due_after_{kind}` as `due_after_\\w+`), with the files that have it."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        for node in nodes(path, ast.JoinedStr):
            parts = [re.escape(text(part)) if text(part) is not None else r"\w+" for part in node.values]
            if sum(len(text(part) or "") for part in node.values) >= 3:
                found.setdefault("".join(parts), set()).add(short(path))
    return found
