"""Every address wants somebody signed in, except these."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "healthz": "asked by whatever watches the server",
    "sign_in": "the door itself",
    "welcome": "nobody can be signed in before the first owner is made; it asks for the key from elsewhere",
    "one_time_link": "the way in for who has no password yet; its secret is the key",
    "manifest": "a phone reads it before anybody signs in",
    "change_language": "the sign-in page is read in one's own language",
    "change_theme": "the sign-in page is seen by day and by night",
    "capture_form": "anybody on the internet fills it in",
    "capture_thanks": "what a stranger sees who has filled in a form",
    "reply_unwanted": "whoever got an automatic reply wants no more; the link is the key",
}


def addresses(patterns=None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        where = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, where)
        else:
            yield where, entry


def test_only_these_are_open():
    found = {entry.name or where for where, entry in addresses() if not getattr(entry.callback, "login_required", True)}
    assert found == set(OPEN)


def test_every_address_has_a_name_of_its_own():
    names = [entry.name for _where, entry in addresses()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_every_address_ends_with_a_slash_or_is_a_file():
    astray = [where for where, entry in addresses() if where and not where.endswith("/") and "." not in where]
    assert astray == ["healthz"]
