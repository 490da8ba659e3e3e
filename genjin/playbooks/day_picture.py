"""The blocks of a day as a strip: where each stands on it and how long it is, in thousandths of the strip."""

from dataclasses import dataclass

from genjin.playbooks.structure import PlaybookFile
from genjin.playbooks.words import Words

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Strip:
    """One block. `look` is that of its first class."""

    x: int
    width: int
    name: Words
    hours: str
    target: int | None
    look: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    strips: tuple[Strip, ...]
    hours: tuple[tuple[int, str], ...]


def picture_of(playbook: PlaybookFile) -> DayPicture:
    """From the hour in which the first block begins to the hour in which the last one ends."""
    looks = {entry.code: entry.look for entry in playbook.classes}
    first = min(_minutes(block.starts) for block in playbook.blocks) // 60 * 60
    last = -(-max(max(_minutes(block.ends), _minutes(block.starts)) for block in playbook.blocks) // 60) * 60
    length = max(last - first, 60)

    def x(minutes: int) -> int:
        return (minutes - first) * WIDTH // length

    strips = tuple(
        Strip(
            x(_minutes(block.starts)),
            max(x(_minutes(block.ends)) - x(_minutes(block.starts)), 1),
            block.name,
            f"{block.starts}–{block.ends}",
            block.target,
            looks.get(block.classes[0], "9") if block.classes else "9",
        )
        for block in playbook.blocks
    )
    return DayPicture(strips, tuple((x(hour), f"{hour // 60:02}:00") for hour in range(first, last + 1, 120)))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
