"""Whatever field of the file was changed, its undo gives back what stood."""

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.services.identity import change_customer
from genjin.customers.services.restoring import undo

pytestmark = pytest.mark.django_db

CHANGED = {
    "name": "朗悦",
    "kind": "household",
    "short_name": "朗",
    "city": "无锡",
    "external_id": "K-7",
    "remarks": "两店",
}


@pytest.mark.parametrize("field", CHANGED)
def test_a_field_of_the_file(owned, lin, at, field):
    row = owned(lin)
    before = getattr(row, field)
    change_customer(customer=row, fields={field: CHANGED[field]}, by=lin, at=at)
    undo(entry=Entry.objects.get(verb="customer.changed"), by=lin, at=at)
    row.refresh_from_db()
    assert getattr(row, field) == before
