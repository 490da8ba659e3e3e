"""What must be true after everything that was done to a server."""

from collections import Counter
from uuid import UUID

from tests.soak.writers import SIGN_INS


def holdings(installation) -> dict[str, list[int]]:
    """Some open customers of each who writes."""
    return {
        sign_in: [
            pk
            for (pk,) in installation.execute(
                "SELECT c.id FROM customers_customer c JOIN organization_person p ON p.id = c.owner_id"
                f" WHERE p.sign_in = '{sign_in}' AND c.closed_on IS NULL ORDER BY c.id LIMIT 20"
            )
        ]
        for sign_in in SIGN_INS
        if sign_in != "liangjing"
    }


def prove(installation, writers) -> None:
    """Every acknowledged note stands once, no note stands twice, its counts and its promise hold, search is true."""
    found = Counter(str(UUID(str(key))) for (key,) in installation.execute("SELECT key FROM followups_touch"))
    lost = [key for key in writers.acknowledged if key not in found]
    assert lost == [], f"{len(lost)} of {len(writers.acknowledged)} acknowledged notes are lost"
    assert [key for key, count in found.items() if count > 1] == []
    texts = Counter(
        text for (text,) in installation.execute("SELECT remarks FROM followups_touch WHERE remarks LIKE '通话 %'")
    )
    assert [text for text, count in texts.items() if count > 1] == []
    checked = installation.genjin("check")
    assert (checked.returncode, checked.stdout) == (0, "Everything is true.\n")
