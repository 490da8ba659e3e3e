"""Text is readable in both lights: 4.5 to 1 for words, 3 to 1 for the edges of controls (WCAG 2.2: 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

import genjin.web

TOKENS = (Path(genjin.web.__file__).parent / "static" / "genjin" / "css" / "tokens.css").read_text()
GROUNDS = ["bg", "surface", "surface-2", "hover", "selected"]
WORDS = [(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in [*GROUNDS, "sunken"]]
WORDS += [(state, ground) for state in ("overdue", "accent", "planned", "none") for ground in ("surface", "surface-2")]
WORDS += [(state, f"{state}-soft") for state in ("overdue", "accent", "planned", "none")]
WORDS += [("on-accent", "accent"), ("on-accent", "accent-hover"), ("ink", "accent-soft"), ("ink-2", "accent-soft")]
WORDS += [(f"c{each}-fg", f"c{each}-bg") for each in ("1", "2", "3k", "3", "4k", "4", "9")]
WORDS += [(f"c{each}-fg", "surface") for each in ("0", "5", "6", "7")]


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", text))


LIGHT = colours(TOKENS.split(':root[data-theme="light"]')[0])
DARK = LIGHT | colours(TOKENS.split(':root[data-theme="dark"] {')[1])


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(theme):
    weak = {f"{ink} on {ground}": round(contrast(theme[ink], theme[ground]), 2) for ink, ground in WORDS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edges_of_controls_can_be_seen(theme):
    assert min(contrast(theme["control-line"], theme[ground]) for ground in ("surface", "surface-2")) >= 3
    assert contrast(theme["focus"], theme["surface"]) >= 3
