"""What kind of value stands at a place of the file: read from the structure that the parser checks by."""

from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

from genjin.playbooks.editing.places import steps
from genjin.playbooks.schema import Playbook

Kind = Literal["number", "text", "yes_no", "codes"]


@cache
def _root() -> Any:
    return inspect.type_info(Playbook)


def _without_none(kind: Any) -> Any:
    if isinstance(kind, inspect.UnionType):
        return next(each for each in kind.types if not isinstance(each, inspect.NoneType))
    return kind


def _type_at(place: str) -> tuple[Any, bool]:
    """The type of what stands there, and whether it may be absent. An unknown place is a KeyError."""
    found, optional = _root(), False
    for step in steps(place) or ():
        inner = _without_none(found)
        if isinstance(inner, inspect.StructType):
            field = next((each for each in inner.fields if each.encode_name == step), None)
            if field is None:
                raise KeyError(place)
            found = field.type
            optional = isinstance(found, inspect.UnionType) and found.includes_none
        elif isinstance(inner, inspect.VarTupleType) and isinstance(step, int):
            found, optional = inner.item_type, False
        elif isinstance(inner, inspect.DictType) and isinstance(step, str):
            found, optional = inner.value_type, False
        else:
            raise KeyError(place)
    return _without_none(found), optional


def kind_of(place: str) -> Kind:
    """How a form's text becomes a value here. KeyError for a place that no form can fill."""
    found, _optional = _type_at(place)
    if isinstance(found, inspect.IntType):
        return "number"
    if isinstance(found, inspect.BoolType):
        return "yes_no"
    if isinstance(found, inspect.StrType | inspect.LiteralType):
        return "text"
    if isinstance(found, inspect.VarTupleType) and isinstance(found.item_type, inspect.StrType):
        return "codes"
    raise KeyError(place)


def may_be_absent(place: str) -> bool:
    return _type_at(place)[1]


def has_field(place: str, name: str) -> bool:
    """Whether the part that stands here has a value of this name."""
    found = _type_at(place)[0]
    return isinstance(found, inspect.StructType) and any(field.encode_name == name for field in found.fields)


def is_struct(place: str, of: type[msgspec.Struct] | None = None) -> bool:
    """Whether a part with named values stands here, of this class where one is named."""
    try:
        found = _type_at(place)[0]
    except KeyError:
        return False
    return isinstance(found, inspect.StructType) and (of is None or issubclass(found.cls, of))
