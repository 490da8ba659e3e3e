"""A page says what it is given; a fragment carries its name, so that htmx and the reader find it."""

import ast
import re

from tests.conventions.source import PACKAGE, nodes, python_files, short, template_files, text
from tests.conventions.test_doors_are_locked import addresses

COMMENT = re.compile(r"\{#.*?#\}", re.S)


def fragments() -> set[str]:
    """The templates that a view answers with when htmx asks for a part."""
    return {
        name
        for path in python_files()
        for call in nodes(path, ast.Call)
        for word in call.keywords
        if word.arg == "fragment" and (name := text(word.value))
    }


def test_every_template_begins_with_what_it_is_given():
    without = [short(path) for path in template_files() if not path.read_text().lstrip().startswith("{#")]
    assert without == []


def test_a_fragment_carries_its_name_as_its_id():
    """`_customer_table.html` has id="customer_table"."""
    astray, asked_for = set(), fragments()
    for path in template_files():
        asked = path.relative_to(PACKAGE).as_posix().split("/templates/")[1]
        if asked in asked_for and f'id="{path.stem.removeprefix("_")}"' not in COMMENT.sub("", path.read_text()):
            astray.add(asked)
    assert astray == set()


def test_every_address_that_a_template_names_is_there():
    known = {entry.name for _where, entry in addresses()}
    named = re.compile(r"""\burl\(\s*["']([\w-]+)["']""")
    dead = {
        f"{short(path)}: {name}" for path in template_files() for name in set(named.findall(path.read_text())) - known
    }
    assert dead == set()
