"""An address that a template names is an address of the product: otherwise the page breaks where nobody looked."""

import re

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.conventions.source import short, template_files

NAMED = re.compile(r"""\b(?:url|address_of)\(\s*["']([\w-]+)["']""")


def known(patterns=None) -> set[str]:
    names: set[str] = set()
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        names |= known(entry.url_patterns) if isinstance(entry, URLResolver) else {entry.name}
    return names


def test_every_address_named_is_there():
    there = known()
    lost = {short(path): set(NAMED.findall(path.read_text(encoding="utf-8"))) - there for path in template_files()}
    assert {path: names for path, names in lost.items() if names} == {}
