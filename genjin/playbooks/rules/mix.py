"""The mix of a day: how many contacts of which classes it should hold, against what a plan holds (domain §2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from genjin.playbooks.structure import Mix
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class MixLine:
    """Classes that are counted together: `low` to `high` are wanted, `key` of them key ones; `held` are there."""

    classes: tuple[str, ...]
    low: int
    high: int
    key: int | None
    held: int
    held_key: int

    @property
    def short(self) -> int:
        return max(self.low - self.held, 0)

    @property
    def over(self) -> int:
        return max(self.held - self.high, 0)

    @property
    def short_key(self) -> int:
        return max((self.key or 0) - self.held_key, 0)


def mix_of(playbook: Variant, code: str = "") -> Mix | None:
    """The mix of this code, else the one the playbook works by."""
    return next((each for each in playbook.mixes if each.code == (code or playbook.mix)), None)


def check_mix(playbook: Variant, mix: Mix, counts: Mapping[str, int], *, slots: int) -> tuple[MixLine, ...]:
    """The lines of a mix against how many contacts of each class a day holds.

    A person's own number of contacts stretches the figures as it does the blocks: the least is rounded down, the most
    and the key ones to the nearest.
    """
    whole = playbook.daily_slots
    return tuple(
        MixLine(
            part.classes,
            part.min * slots // whole,
            (2 * part.max * slots + whole) // (2 * whole),
            None if part.key is None else (2 * part.key * slots + whole) // (2 * whole),
            sum(counts.get(code, 0) for code in part.classes),
            sum(counts.get(code, 0) for code in part.classes if code in playbook.key_classes),
        )
        for part in mix.parts
    )
