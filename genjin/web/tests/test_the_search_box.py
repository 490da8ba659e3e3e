"""The search box: a fragment for the browser's palette, a page for everybody else."""

import re
from dataclasses import replace

import pytest

from genjin.core.search import registry
from genjin.core.search.queries import parse
from genjin.core.search.registry import Answer, Source
from genjin.web import commands
from genjin.web.commands import Command, lines_for

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def only_what_is_registered_here(monkeypatch):
    monkeypatch.setattr(commands, "_commands", {})
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_tabs", {})
    monkeypatch.setattr(commands, "places_for", lambda actor, within="": [])


@pytest.fixture
def asked():
    """A source that finds nobody and remembers what it was asked."""
    seen = []

    def answer(actor, query, limit, today):
        seen.append((actor, query.text, limit))
        return Answer([], True)

    registry.register(Source("thing", "Things", "none.html", list, answer))
    return seen


def test_the_box_gets_a_fragment_and_a_browser_a_page(client_of, lin, asked):
    box = client_of(lin).get("/search/?q=恒通", headers=HTMX)
    page = client_of(lin).get("/search/?q=恒通")
    assert box.content.decode().lstrip().startswith('<div id="search_results"')
    assert "<html" in page.content.decode()
    assert "HX-Request" in box.headers["Vary"]
    assert [(who, text) for who, text, _ in asked] == [(lin, "恒通")] * 2
    assert asked[0][2] < asked[1][2]


def test_one_character_asks_nobody_and_says_what_to_type(client_of, lin, asked):
    body = client_of(lin).get("/search/?q=恒", headers=HTMX).content.decode()
    assert asked == []
    assert re.search("两个字.*首字母.*四位", body)


def test_nobody_found_says_so_with_what_was_typed_escaped(client_of, lin, asked):
    body = client_of(lin).get("/search/", {"q": "<b>没有"}, headers=HTMX).content.decode()
    assert "“&lt;b&gt;没有”" in body


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "'", "%00", "🙂" * 300, "a" * 10_000, "恒" * 5000, "((((", "1" * 500]
)
def test_whatever_is_typed_is_answered(client_of, lin, asked, typed):
    assert client_of(lin).get("/search/", {"q": typed}, headers=HTMX).status_code == 200


def test_what_the_role_lacks_is_not_offered(liang, lin):
    commands.register(Command("make", "Make one", "search", "plus", permission="organization.see_people"))
    assert [len(lines_for(actor, parse(""))) for actor in (liang, lin)] == [1, 0]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [(text, True) for text in ("", "客户", "建客", "xjkh", "kh", "客", "xinjian")] + [("恒", False), ("恒通", False)],
)
def test_a_command_is_found_by_its_words_and_their_initials(lin, typed, offered):
    commands.register(Command("make", "新建客户", "search", "plus"))
    assert not lines_for(lin, parse("没"))
    assert bool(lines_for(lin, parse(typed))) is offered


def test_a_source_that_needs_a_permission_is_asked_only_by_who_has_it(client_of, lin, liang, asked):
    registry.register(replace(registry.sources()[0], permission="organization.see_people"))
    client_of(lin).get("/search/?q=恒通")
    assert asked == []
    client_of(liang).get("/search/?q=恒通")
    assert len(asked) == 1
