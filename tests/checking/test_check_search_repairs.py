"""`genjin check --search`: what was wrong is named, put right, and told by the exit status."""

from datetime import date

import pytest

from genjin.config import cli
from genjin.core.search import services
from genjin.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(capsys, monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("genjin.config.messages.compile_catalogues", lambda: None)

    def run():
        return cli.run(["check", "--search"]), capsys.readouterr().out

    return run


@pytest.fixture
def customer(lin, at):
    """A customer that was written past the services, so that search knows nothing of it."""
    return Customer.objects.create(
        name="杭州云栖茶业有限公司", name_key="杭州云栖茶业", owner=lin, unit=lin.unit, playbook="telesales",
        class_code="4", class_since=date(2026, 11, 2), due_on=date(2026, 11, 30), created_at=at, created_by=lin,
    )  # fmt: skip


def test_what_is_wrong_is_named_and_put_right(check, customer):
    status, said = check()
    assert status == 1
    assert f"customer {customer.pk}" in said
    assert services.check() == []


def test_the_second_time_nothing_is_wrong(check, customer):
    check()
    status, said = check()
    assert status == 0
    assert len(said.splitlines()) == 1


def test_what_cannot_be_put_right_is_told(check, customer, monkeypatch):
    monkeypatch.setattr("genjin.core.search.index.index", lambda documents: None)
    assert check()[0] == 3
