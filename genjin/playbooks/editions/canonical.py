"""One playbook, one form: how it is kept in the database, and how it is written as a file."""

from typing import Any

import msgspec
import yaml

from genjin.playbooks.checks import faults
from genjin.playbooks.schema import Playbook, PlaybookError, converted
from genjin.playbooks.wrong import Fault

# A part that is absent where it says nothing. Every other default is written out: a later release may ship another one.
_NOTHING: tuple[Any, ...] = (None, (), False, {})


def as_plain(playbook: Playbook) -> dict[str, Any]:
    """The playbook as plain values, in the order of the file; what is not there stays away."""
    return _plain(playbook)


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
        given = ((field, getattr(value, field.name)) for field in fields)
        return {field.encode_name: _plain(each) for field, each in given if not _says_nothing(field, each)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _says_nothing(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.required:
        return False
    default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return value == default and any(value is nothing or value == nothing for nothing in _NOTHING)


def from_plain(raw: Any) -> Playbook:
    """The playbook that was kept. Its parts may contradict each other (a draft): `faults_of` says where.

    Raises PlaybookError where a part is unknown or of another type than the file allows.
    """
    return converted(raw)


def faults_of(playbook: Playbook) -> list[Fault]:
    """Everything in which a playbook contradicts itself."""
    return list(faults(playbook))


class _Writer(yaml.SafeDumper):
    """Short parts in one line, as the shipped files have them; long ones line by line."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        plain = isinstance(mapping, dict) and _fits_a_line(mapping)
        return super().represent_mapping(tag, mapping, flow_style=plain)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        return super().represent_sequence(tag, sequence, flow_style=_fits_a_line(sequence))


def _fits_a_line(value: dict | list) -> bool:
    parts = list(value.values()) if isinstance(value, dict) else value
    deep = [each for each in parts if isinstance(each, dict | list)]
    if any(not isinstance(each, dict | list) or not _fits_a_line(each) for each in deep):
        return False
    return len(str(value)) < 110


_Writer.add_representer(dict, lambda writer, value: writer.represent_mapping("tag:yaml.org,2002:map", value))


def as_yaml(playbook: Playbook) -> str:
    """The playbook as a file that the strict parser reads back as the same playbook."""
    return yaml.dump(as_plain(playbook), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=118)


__all__ = ["PlaybookError", "as_plain", "as_yaml", "faults_of", "from_plain"]
