"""Rows inserted many to a statement, what they share handed over once: what stands is what was given."""

import pytest
from django.db import connection

from genjin.core import many_rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite's"),
]

ALIKE = {
    "nothing": lambda n: (n, str(n), n % 3, None if n % 2 else "x"),
    "something": lambda n: (n, "same", None, str(n)),
    "all but one": lambda n: ("a", "b", n, 0),
    "everything": lambda n: (1, "b", None, ""),
}


@pytest.mark.parametrize("alike", ALIKE)
@pytest.mark.parametrize("count", [0, 1, 3, many_rows.WORTH_LOOKING, 3001, 9000])
def test_what_stands_is_what_was_given(alike, count):
    rows = [ALIKE[alike](n) for n in range(count)]
    connection.ensure_connection()
    driver = connection.connection
    driver.execute("CREATE TEMP TABLE things (a, b, c, d)")
    many_rows.insert_many("things (a, b, c, d)", 4, rows)
    assert driver.execute("SELECT * FROM things ORDER BY rowid").fetchall() == rows
