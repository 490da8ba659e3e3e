"""What the tests of the organisation share."""

import pytest
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered

from genjin.organization.services import first_run, leaving, people, units


@pytest.fixture
def heard(monkeypatch) -> list:
    """The events that were emitted, instead of the reactions of other apps to them."""
    events: list = []
    for module in (units, people, leaving, first_run):
        monkeypatch.setattr(module, "emit", events.append)
    return events


@pytest.fixture(autouse=True)
def contexts(monkeypatch) -> None:
    """`response.context`, which Django's test client knows of its own templates only."""
    render = Template.render

    def told(self, context=None, request=None):
        template_rendered.send(sender=self, template=self, context=context or {})
        return render(self, context, request)

    monkeypatch.setattr(Template, "render", told)
