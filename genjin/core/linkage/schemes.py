"""What is compared, and how much it weighs: data, checked when it is read.

Points are bits of evidence, log2(m/u) of Fellegi and Sunter (A Theory for Record Linkage, JASA 1969): a field that two
records of one person share with chance m, and those of two persons with chance u. They are added to `prior`, the bits
that speak against any two records that share a key; the sum is read as a chance.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from genjin.core.linkage.keys import KeyPart, key_part

Bits = Annotated[float, Meta(ge=-40, le=40)]
Percent = Annotated[int, Meta(ge=1, le=100)]
By = Literal["equal", "text", "part", "name"]
EXCHANGED_AT_MOST = 3  # fields of one comparison: their orders are all tried


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Unknown keys are refused."""


class Comparison(Strict, frozen=True):
    """How a field is compared, or several that may have been written into each other's place.

    `by` equal: the same or not; text: characters that differ, two neighbours exchanged being one (numbers, days,
    addresses); part: the same, but a value that is a whole part of the other is much like it (names of companies);
    name: Jaro-Winkler, which forgives an ending. From a likeness of `begins` on points rise from `unlike` to `same`. A
    field that one of the two lacks says nothing.
    """

    fields: tuple[str, ...]
    by: By
    same: Bits
    unlike: Bits
    begins: Annotated[float, Meta(ge=0, lt=1)] = 0.7


class Certainty(Strict, frozen=True):
    """When two records are of one beyond doubt: they share a value of each field of `same` to the letter, of those of
    `agreeing` they share one wherever both have any, and neither has any of `lacking`."""

    name: str
    same: Annotated[tuple[str, ...], Meta(min_length=2)]
    agreeing: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Scheme(Strict, frozen=True):
    """`keys`: two records are compared when they share one of these, each a list of parts (`keys.py`). `strong`:
    fields of which an equal one is proof. `alert`: from which chance on somebody is told; `hint`: the
    same while it is typed, when little of it is known yet. `certain`: when two are one
    beyond doubt."""

    comparisons: tuple[Comparison, ...]
    keys: tuple[tuple[str, ...], ...]
    prior: Bits
    alert: Percent
    hint: Percent | None = None
    strong: tuple[str, ...] = ()
    certain: tuple[Certainty, ...] = ()
    largest_block: Annotated[int, Meta(ge=2)] = 50

    def __post_init__(self) -> None:
        if not self.comparisons or not self.keys:
            raise ValueError("a scheme compares something, and has a key")
        for one in self.comparisons:
            if not 1 <= len(one.fields) <= EXCHANGED_AT_MOST:
                raise ValueError(f"a comparison has one to {EXCHANGED_AT_MOST} fields: {one.fields}")
            if one.unlike >= one.same:
                raise ValueError(f"{one.fields}: unlike ({one.unlike}) is not below same ({one.same})")
        known = self.fields
        for key in self.keys:
            for part in key:
                if unknown := [field for field in key_part(part).fields if field not in known]:
                    raise ValueError(f"key {part}: nothing compares {unknown[0]}")
        for rule in self.certain:
            if unknown := [field for field in (*rule.same, *rule.agreeing, *rule.lacking) if field not in known]:
                raise ValueError(f"certain, {rule.name}: nothing compares {unknown[0]}")
        if lacking := [field for field in self.strong if field not in known]:
            raise ValueError(f"strong: nothing compares {lacking[0]}")

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(field for one in self.comparisons for field in one.fields))

    def key_parts(self) -> tuple[tuple[KeyPart, ...], ...]:
        return tuple(tuple(key_part(part) for part in key) for key in self.keys)


def read_scheme(text: str) -> Scheme:
    """A scheme written in YAML. Raises msgspec.ValidationError that names the place."""
    return msgspec.yaml.decode(text, type=Scheme)
