"""Leads as tests want them."""

import re

import pytest
from django.test import Client

from genjin.customers.tests.conftest import owned, pooled, refused, shown  # noqa: F401  used as fixtures
from genjin.leads.capture import limits, taking
from genjin.leads.capture.rules import Asked
from genjin.leads.capture.services import Composed, make_form
from genjin.leads.models import Channel
from genjin.leads.services.arriving import Coming, receive, settle_arrivals
from genjin.leads.views import public_forms


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


@pytest.fixture
def no_limit(monkeypatch):
    """Nobody has sent anything from anywhere lately."""
    limits.forget()
    monkeypatch.setattr(public_forms, "looks", taking.Looks())
    yield
    limits.forget()


@pytest.fixture
def form(east_one, liang, at, no_limit):
    """A form of the team that asks for name, phone and what is wanted; `how` are further fields of `Composed`."""

    def made(**how):
        asked = [Asked("person_name"), Asked("phone", is_required=True), Asked("email"), Asked("wants")]
        given = {"unit": east_one, "name": "官网询价", "title": "预约演示", "fields": asked, **how}
        return make_form(Composed(**given), by=liang, at=at)

    return made


@pytest.fixture
def fill_in(clock):
    """A stranger's browser opens the form, reads for `seconds` and sends it with these answers; the answer."""

    def sent(form, *, seconds=12, headers=None, without=(), opened="", **given):
        browser = Client()
        address = f"/f/{form.slug}/"
        page = browser.get(address + opened, headers=headers or {})
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
        clock.shift(seconds)
        sent = {name: value for name, value in {**hidden, **given}.items() if name not in without}
        answer = browser.post(address, sent, headers={"Origin": "http://testserver", **(headers or {})})
        settle_arrivals()
        return answer

    return sent
