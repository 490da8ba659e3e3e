"""What was said of pairs of customers goes along with a merge: who is not this one is not the other, either."""

from typing import Any

from genjin.core.audit.services import plain
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.models import Customer

Said = dict[str, list[Any]]


def carry_over(absorbed: Customer, kept: Customer) -> Said:
    """Questions about the absorbed one fall away; with whom it is not one, the kept one is not one, either. What to
    give back later."""
    asked = SuspectedPair.objects.of(absorbed.pk).asked()
    gone = [{column.attname: plain(getattr(pair, column.attname)) for column in _COLUMNS} for pair in asked]
    SuspectedPair.objects.filter(pk__in=[pair["id"] for pair in gone]).delete()
    made = []
    for pair in SuspectedPair.objects.of(absorbed.pk).exclude(apart_at=None):
        third = pair.other_id if pair.one_id == absorbed.pk else pair.one_id
        one, other = sorted((kept.pk, third))
        if third != kept.pk and not SuspectedPair.objects.filter(one=one, other=other).exists():
            pair.pk, pair.one_id, pair.other_id = None, one, other
            pair.save(force_insert=True)
            made.append(pair.pk)
    return {"gone": gone, "made": made}


def give_back(said: Said) -> None:
    """What was said by the merge alone is said no longer; what it left unasked is asked again."""
    SuspectedPair.objects.filter(pk__in=said.get("made", ())).exclude(apart_at=None).delete()
    rows = [
        SuspectedPair(
            **{column.attname: _value(column, pair[column.attname]) for column in _COLUMNS if column.attname in pair}
        )
        for pair in said.get("gone", ())
    ]
    SuspectedPair.objects.bulk_create(rows, ignore_conflicts=True)


def _value(column: Any, value: Any) -> Any:
    return value if column.is_relation else column.to_python(value)


_COLUMNS = SuspectedPair._meta.concrete_fields
