"""What a customer has one row of in another table (a profile, a key note) is put together text by text, and back.

The absorbed one's own row stays as it is with the closed duplicate.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextField

from genjin.core import joining
from genjin.core.audit.services import plain
from genjin.customers import hanging
from genjin.customers.hanging import Hanging
from genjin.customers.models import Customer

Sheet = dict[str, Any]


def registered() -> list[Hanging]:
    return [one for one in hanging.registered() if one.texts]


def texts_of(customer: Customer) -> dict[str, str]:
    """All texts of all sheets, by `sheet.field`; "" where there is none."""
    found: dict[str, str] = {}
    for one in registered():
        sheet = _read(one, customer) or {}
        found |= {f"{_name(one)}.{field}": sheet.get(field, "") for field in one.texts}
    return found


def words() -> dict[str, Any]:
    """What each of these texts is called."""
    return {
        f"{_name(one)}.{field}": one.model._meta.get_field(field).verbose_name
        for one in registered()
        for field in one.texts
    }


def long_texts() -> frozenset[str]:
    """Those of which two can stand one below the other."""
    return frozenset(
        f"{_name(one)}.{field}"
        for one in registered()
        for field in one.texts
        if isinstance(one.model._meta.get_field(field), TextField)
    )


def put_together(kept: Customer, absorbed: Customer, texts: Mapping[str, str]) -> dict[str, dict[str, Sheet | None]]:
    """Write these texts as the kept one's; what stood there before, and what stands there now, by sheet.

    What else a sheet says (who wrote it) is the kept one's, or the absorbed one's where the kept one had none."""
    journal = {}
    for one in registered():
        stood, others = _read(one, kept), _read(one, absorbed)
        if others is None:
            continue
        left = (stood or others) | {field: texts[f"{_name(one)}.{field}"] for field in one.texts}
        if left != stood:
            _write(one, kept, left)
            journal[_name(one)] = {"stood": stood, "left": left}
    return journal


def take_apart(kept: Customer, journal: Mapping[str, Mapping[str, Sheet | None]]) -> None:
    """What the merge wrote goes back, but for what somebody has changed since."""
    for one in registered():
        written = journal.get(_name(one))
        now = _read(one, kept)
        if written is None or now is None:
            continue
        stood, left = written["stood"], written["left"]
        if stood is None and now == left:
            one.model._default_manager.filter(pk=kept.pk).delete()
            continue
        before = stood or left | dict.fromkeys(one.texts, "")  # type: ignore[operator]
        back = joining.taken_apart(before, left, now)  # type: ignore[arg-type]
        if back:
            _write(one, kept, now | back)


def _read(one: Hanging, customer: Customer) -> Sheet | None:
    row = one.model._default_manager.filter(pk=customer.pk).first()
    if row is None:
        return None
    return {column.attname: plain(getattr(row, column.attname)) for column in _columns(one)}


def _write(one: Hanging, customer: Customer, sheet: Sheet) -> None:
    values = {
        column.attname: sheet[column.attname] if column.is_relation else column.to_python(sheet[column.attname])
        for column in _columns(one)
    }
    one.model._default_manager.update_or_create(pk=customer.pk, defaults=values)


def _columns(one: Hanging) -> list[Any]:
    return [column for column in one.model._meta.concrete_fields if not column.primary_key]


def _name(one: Hanging) -> str:
    return one.model._meta.model_name
