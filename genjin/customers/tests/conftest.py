"""Customers of the cast, and a way to see that a refusal left no trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.bulk import runs
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Collaboration, ContactPerson, Customer, Phone
from genjin.customers.services.identity import create_customer
from genjin.web import htmx


@pytest.fixture(autouse=True)
def shown(monkeypatch) -> None:
    """`response.shown` is what a page's template was given; Django's test client knows it of its own templates only."""
    draw = htmx.render

    def render(request, template, context, **more):
        response = draw(request, template, context, **more)
        response.shown = context
        return response

    monkeypatch.setattr(htmx, "render", render)


@pytest.fixture
def owned(at) -> Callable:
    """A customer of that person, made by them."""

    def make(person, name="无锡朗悦搬家服务有限公司", **more) -> Customer:
        return create_customer(fields={"name": name}, owner=person, by=person, at=at, **more)

    return make


@pytest.fixture
def pooled(qian, at) -> Callable:
    """A customer in that unit's pool."""

    def make(unit, name="苏州启禾装饰工程", **more) -> Customer:
        return create_customer(fields={"name": name}, pool=unit.pool, by=qian, at=at, **more)

    return make


@pytest.fixture
def in_bulk(at) -> Callable:
    """`in_bulk("assign", rows, by=liang, to=lin.pk)`: a verb for many customers, begun and carried out."""

    def do(verb, customers, *, by, **options) -> BulkRun:
        rows = Customer.objects.filter(pk__in=[row.pk for row in customers])
        run = runs.start(verb=verb, options=options, rows=rows, by=by, at=at)
        return carried_out(run, at)

    return do


def carried_out(run, at) -> BulkRun:
    runs.carry_out(run, clock=lambda: at)
    run.refresh_from_db()
    return run


def codes(run) -> dict[int, str]:
    """Who was refused, with the code of the reason."""
    return dict(run.rows.exclude(code="").values_list("customer", "code"))


def everything() -> list:
    tables = (Customer, Entry, Phone, ContactPerson, Collaboration)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


@pytest.fixture
def refused() -> Callable:
    """`with refused("code"):` the verb is refused for this reason and nothing has changed."""

    @contextmanager
    def expect(code: str) -> Iterator[dict]:
        before, figures = everything(), {}
        with pytest.raises(Refused) as refusal:
            yield figures
        assert refusal.value.reason.code == code
        figures.update(refusal.value.reason.figures)
        assert everything() == before

    return expect
