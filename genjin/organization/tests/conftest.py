"""What the tests of the organisation share."""

import pytest

from genjin.organization.services import first_run, leaving, people, units


@pytest.fixture
def heard(monkeypatch) -> list:
    """The events that were emitted, instead of the reactions of other apps to them."""
    events: list = []
    for module in (units, people, leaving, first_run):
        monkeypatch.setattr(module, "emit", events.append)
    return events
