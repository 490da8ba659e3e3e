"""Days, numbers and phones as the reader's language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from genjin.web import formats

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (TODAY, "今天", "today"),
        (date(2026, 11, 23), "昨天", "yesterday"),
        (date(2026, 11, 21), "3 天前", "3 days ago"),
        (date(2026, 12, 1), "12-01", "12-01"),
        (None, "", ""),
    ],
)
def test_how_long_ago(clock, value, zh, en):
    with override("zh-hans"):
        assert formats.since(value, TODAY) == zh
    with override("en"):
        assert formats.since(value, TODAY) == en


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 26), "11-26 周四"),
        (date(2027, 1, 4), "2027-01-04 周一"),
        ("2026-11-26", "11-26 周四"),
        (None, ""),
    ],
)
def test_a_day_carries_its_year_only_when_it_is_another(clock, value, expected):
    with override("zh-hans"):
        assert formats.day_weekday(value) == expected


def test_an_instant_is_read_in_the_organisations_time_zone(clock):
    assert formats.moment(datetime(2026, 11, 24, 8, 40, tzinfo=UTC)) == "11-24 16:40"
    assert formats.moment(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == "11-25 01:00"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("7200"), "¥7,200"), (Decimal("7200.5"), "¥7,200.50"), (Decimal(0), "¥0"), (None, "")],
)
def test_money(value, expected):
    assert formats.money(value) == expected


@pytest.mark.parametrize(
    ("value", "shown", "masked"),
    [
        ("13812345678", "138 1234 5678", "138****5678"),
        ("0510-85001234", "0510-85001234", "051****1234"),
        ("12345", "12345", "****"),
    ],
)
def test_phones(value, shown, masked):
    assert formats.phone(value) == shown
    assert formats.masked(value) == masked


@pytest.mark.parametrize(("value", "expected"), [(0.029, "2.9%"), (1, "100.0%"), (0, "0.0%"), (None, "")])
def test_a_share_is_written_in_percent(value, expected):
    assert formats.percent(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(1412, "1,412"), (0, "0"), (None, "")])
def test_thousands_are_set_apart(value, expected):
    assert formats.number(value) == expected
