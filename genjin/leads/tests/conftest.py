"""Leads as tests want them."""

import pytest

from genjin.customers.tests.conftest import owned, pooled, refused, shown  # noqa: F401  used as fixtures
from genjin.leads.models import Channel
from genjin.leads.services.arriving import Coming, receive


@pytest.fixture
def coming(east_one):
    """What came in at the team, with these texts; `how` are further fields of `Coming`."""

    def made(channel=Channel.FORM, *, how=None, **given):
        return Coming(
            channel, east_one.pk, given or {"company": "无锡惠山机械有限公司", "phone": "13812345678"}, **(how or {})
        )

    return made


@pytest.fixture
def waiting(coming, at):
    """A lead in the team's queue."""

    def made(**given):
        return receive(coming(**given), by=None, at=at)

    return made


@pytest.fixture
def pushed(coming, at):
    """A lead of somebody's own."""

    def made(person, **given):
        return receive(coming(Channel.HAND, **given), by=person, at=at, owner=person)

    return made
