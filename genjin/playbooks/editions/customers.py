"""What an app to the right knows of the customers that a playbook concerns: it registers itself here."""

from collections.abc import Callable, Collection

Standing = Callable[[str, Collection[str]], dict[str, int]]

_counts: list[Standing] = []


def register(count: Standing) -> None:
    """`count(playbook, classes)` says how many customers stand in each of these classes, closed ones too."""
    if count not in _counts:
        _counts.append(count)


def standing_in(playbook: str, classes: Collection[str]) -> dict[str, int]:
    """How many customers stand in each of these classes; a class with none is left out."""
    found: dict[str, int] = {}
    for count in _counts if classes else ():
        for code, number in count(playbook, classes).items():
            found[code] = found.get(code, 0) + number
    return {code: number for code, number in found.items() if number}
