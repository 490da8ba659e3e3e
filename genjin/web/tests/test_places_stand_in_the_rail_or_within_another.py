from dataclasses import dataclass, field

import pytest

from genjin.web import navigation
from genjin.web.navigation import Place, places_for, register


@dataclass
class Somebody:
    verbs: set[str] = field(default_factory=set)

    def may(self, verb):
        return verb in self.verbs


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_places", {})
    register(Place("settings", "Settings", "settings", "set", 90))
    register(Place("people", "People", "people", "team", 20, permission="see_people", within="settings"))
    register(Place("me", "Me", "me", "user", 10, within="settings"))


def test_the_rail_shows_only_places_of_its_own():
    assert [place.name for place in places_for(Somebody())] == ["settings"]


def test_places_within_another_are_listed_there_in_order_and_by_permission():
    assert [place.name for place in places_for(Somebody(), "settings")] == ["me"]
    assert [place.name for place in places_for(Somebody({"see_people"}), "settings")] == ["me", "people"]
