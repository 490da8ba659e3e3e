"""The content policy allows no inline script and no inline style: a template that has one shows a dead page."""

import re

import pytest

from tests.conventions.source import short, template_files

FORBIDDEN = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:json|ld\+json)[\"'])", re.I
    ),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>{}]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\bhx-on\b", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an address on another host": re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I),
}
COMMENT = re.compile(r"\{#.*?#\}", re.S)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [short(path) for path in template_files() if FORBIDDEN[what].search(COMMENT.sub("", path.read_text()))]
    assert found == []
