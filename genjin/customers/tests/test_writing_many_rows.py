"""Many rows written at once: each has its own values, whatever these hold, and nobody else's change."""

from datetime import timedelta

import pytest
from django.db import DataError, connection, transaction

from genjin.core import many_rows
from genjin.customers.models import Customer
from genjin.customers.services.records import write_many

pytestmark = pytest.mark.django_db

FIELDS = ("name", "planned_on", "planned_why", "kept_why", "appointment_at", "former_owner_id", "version")
WORDS = ["中文，“引号”", "a 'b' \"c\"", "{1,2}", "NULL", "\\N \\", "%s %(x)s", "", "a\nb"]


def test_each_row_has_its_own_values(owned, lin, today, at):
    rows = [owned(lin) for _ in WORDS]
    other = owned(lin)
    for nth, (row, word) in enumerate(zip(rows, WORDS, strict=True)):
        row.name, row.planned_on = word, today + timedelta(days=nth) if nth % 2 else None
        row.planned_why, row.kept_why = {"code": word}, [word, None] if nth % 3 else None
        row.appointment_at, row.version = at if nth % 2 else None, 10 + nth
    wanted = {row.pk: tuple(getattr(row, field) for field in FIELDS) for row in rows}
    write_many(rows, FIELDS)
    stand = {row.pk: tuple(getattr(row, field) for field in FIELDS) for row in Customer.objects.filter(pk__in=wanted)}
    assert stand == wanted
    left = Customer.objects.get(pk=other.pk)
    assert (left.name, left.planned_on, left.version) == (other.name, other.planned_on, other.version)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
def test_they_are_written_in_portions(owned, lin, monkeypatch, count):
    monkeypatch.setattr(many_rows, "ROWS_AT_ONCE", 3)
    rows = [owned(lin) for _ in range(count)]
    for nth, row in enumerate(rows):
        row.postponements = nth + 1
    write_many(rows, ("postponements",))
    stand = Customer.objects.order_by("pk").values_list("postponements", flat=True)
    assert list(stand) == [nth + 1 for nth in range(count)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no width")
def test_what_is_too_long_is_refused_and_not_cut_off(owned, lin):
    row = owned(lin)
    row.name = "x" * 201
    with pytest.raises(DataError), transaction.atomic():
        write_many([row], ("name",))
    assert Customer.objects.get().name != row.name
