"""Reading all documents again when the rules of what is found have changed; each database writes them its own way."""

from collections.abc import Iterator
from typing import Any

from genjin.core.search.folding import fold
from genjin.core.search.rules import Listed, listed_lines

BATCH = 5000


def listed_anew(cursor: Any) -> Iterator[list[tuple[int, Listed]]]:
    """The table's rows in batches: each id with what its texts are listed by now. The caller may write between them."""
    last = 0
    while True:
        cursor.execute(
            "SELECT id, names, phones, addresses FROM search_document WHERE id > %s ORDER BY id LIMIT %s", [last, BATCH]
        )
        rows = [
            (pk, listed_lines("\n".join(map(fold, names.split("\n"))), phones, addresses))
            for pk, names, phones, addresses in cursor.fetchall()
        ]
        if not rows:
            return
        yield rows
        last = rows[-1][0]
