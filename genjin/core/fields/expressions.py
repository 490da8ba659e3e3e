"""Custom values in the database's own words: one of them as text, as a number. The code is a parameter, never SQL."""

from typing import Any

from django.db.models import FloatField, Func, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast


class ValueOf(Func):
    """What is kept under a code, as text; NULL where nothing is. Of several keys it is their JSON."""

    output_field = TextField()
    arity = 1

    def __init__(self, code: str, column: str = "custom", **extra: Any) -> None:
        super().__init__(column, **extra)
        self.code = code

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"JSON_EXTRACT({column}, %s)", (*params, f'$."{self.code}"')

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"({column} ->> %s)", (*params, self.code)


def number_of(code: str) -> Cast:
    """A kept number or amount as a number: exact for the fifteen digits that one may have."""
    return Cast(ValueOf(code), FloatField())


def flag_of(code: str) -> KeyTextTransform:
    """A kept yes or no as `true` or `false`."""
    return KeyTextTransform(code, "custom", output_field=TextField())
