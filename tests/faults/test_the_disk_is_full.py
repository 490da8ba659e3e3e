"""Saving while there is no room: 503 in words, nothing half written, and on it goes when there is."""

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.followups.models import Touch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite can be told that its disk is full"),
]

FAULTS = {
    "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823", "服务器硬盘满了"),
    "read only": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "数据目录写不进去"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_note_is_saved_whole_or_not_at_all(browser, customer, note, fault):
    broken, mended, sentence = FAULTS[fault]
    path = f"/customers/{customer.pk}/note/"
    assert browser.get(path).status_code == 200
    fill_the_free_pages()
    before = whole_customer(customer.pk)
    with connection.cursor() as cursor:
        cursor.execute(broken)
    try:
        answer = browser.post(path, {**note, "remarks": "很长" * 900})
    finally:
        with connection.cursor() as cursor:
            cursor.execute(mended)
    assert answer.status_code == 503, answer.content.decode()[-3000:]
    assert sentence in answer.content.decode()
    assert answer["Retry-After"]
    assert whole_customer(customer.pk) == before

    assert browser.post(path, note).status_code == 303
    assert Touch.objects.filter(customer=customer).count() == 1


def whole_customer(pk: int) -> tuple:
    return (
        Customer.objects.filter(pk=pk).values().get(),
        Touch.objects.filter(customer=pk).count(),
        Entry.objects.filter(kind="customer", subject=pk).count(),
    )


def fill_the_free_pages() -> None:
    """Pages that a flush left free would give room although the file may not grow."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
