"""Reading a playbook strictly: an unknown key or a wrong figure names its place in the file."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from genjin.playbooks.checks import faults
from genjin.playbooks.structure import PlaybookFile
from genjin.playbooks.variant import Variant, resolve
from genjin.playbooks.wrong import Parsed, Wrong


class PlaybookError(Exception):
    """A playbook's file is wrong at `place` (`telesales.yaml: classes[3].cycle.max`); screens word `wrong`."""

    def __init__(self, place: str, wrong: Wrong) -> None:
        self.place, self.wrong, self.reason = place, wrong, str(wrong)
        super().__init__(f"{place}: {wrong}")


class Playbook(PlaybookFile, kw_only=True):
    """A playbook as its file has it. Everything else works with a variant of it."""

    def resolved(self, size: str = "", rhythm: str = "") -> Variant:
        """With one number set and one rhythm; the first of each where none is named. Unknown ones are a KeyError."""
        return resolve(self, size, rhythm)


# msgspec learns a type when it first converts to it, and crashes the process when two threads begin that together
# (0.22): so it learns this one here, where only one thread is, before any request is answered.
with suppress(msgspec.ValidationError):
    msgspec.convert({}, Playbook)


class _Loader(yaml.SafeLoader):
    """YAML in which writing a key twice is an error instead of a silent choice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[Any] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.constructor.ConstructorError(None, None, f"{key} stands twice, line {line}")
            seen.add(key)
        return super().construct_mapping(node, deep)


def load(text: str, file: str = "playbook.yaml") -> Playbook:
    """Read a playbook. Raises PlaybookError, which names the file, the place in it and what is wrong."""
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader, only stricter
    except (yaml.YAMLError, RecursionError, TypeError, ValueError) as error:  # a list as a key, the 99th of a month
        raise PlaybookError(file, Parsed(" ".join(str(error).split()))) from error
    playbook = converted(raw, file)
    for each in faults(playbook):
        raise PlaybookError(f"{file}: {each.place}", each.what)
    return playbook


def converted(raw: Any, file: str = "") -> Playbook:
    """Plain values as a playbook, each of its type. Whether they agree with each other is not asked."""
    try:
        return msgspec.convert(raw, Playbook, strict=True)
    except msgspec.ValidationError as error:
        reason, _, at = str(error).partition(" - at `")
        place = at.rstrip("`").removeprefix("$").removeprefix(".")
        raise PlaybookError(": ".join(filter(None, (file, place))), Parsed(reason)) from error


@cache
def shipped() -> dict[str, Playbook]:
    """The playbooks that come with the product, by code, read once."""
    folder = Path(__file__).parent
    read = (load(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.yaml")))
    return {playbook.code: playbook for playbook in read}
