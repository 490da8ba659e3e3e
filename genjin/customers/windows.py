"""Close windows as a database reads them: the day on which a customer first entered a class stands in JSON."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual

from genjin.playbooks.variant import CustomerClass


class EnteredOn(Func):
    """The first day in a class as ISO text, which sorts as days do. Django's own key of a JSON field takes "3" for a
    place in a list."""

    output_field = TextField()

    def __init__(self, code: str) -> None:
        super().__init__(F("entered_classes"))
        self.code = code

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        kept, params = compiler.compile(self.source_expressions[0])
        return f"JSON_EXTRACT({kept}, %s)", (*params, f'$."{self.code}"')

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        kept, params = compiler.compile(self.source_expressions[0])
        return f"({kept} ->> %s::text)", (*params, self.code)


def entered_before(cls: CustomerClass, day: date) -> Q:
    """Customers that first entered the class before this day."""
    return Q(LessThan(EnteredOn(cls.code), Value(day.isoformat())))


def window_is(cls: CustomerClass, state: str, today: date) -> Q:
    """Customers of a class with a window that is `passed`, `warns` (from its warning day on) or `runs`."""
    assert cls.close_within is not None
    entered = EnteredOn(cls.code)
    passed = today - timedelta(days=cls.close_within)
    warned = today - timedelta(days=cls.warn_from_day or cls.close_within)
    within = Q(playbook=cls.playbook, class_code=cls.code)
    if state == "passed":
        return within & entered_before(cls, passed)
    first = Value(passed.isoformat())
    if state == "warns":
        return within & Q(GreaterThanOrEqual(entered, first)) & Q(LessThanOrEqual(entered, Value(warned.isoformat())))
    return within & Q(GreaterThanOrEqual(entered, first)) & ~Q(LessThanOrEqual(entered, Value(warned.isoformat())))
