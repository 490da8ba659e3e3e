"""Small charts as SVG, written by hand: lines over days, and bars with the spread of the seeds."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 820, 300, 56, 34, 40
COLOURS = ("#1f5fbf", "#c2410c", "#7c3aed", "#0f766e", "#a16207", "#be185d", "#4b5563", "#15803d")
FONT = 'font-family="sans-serif" font-size="12" fill="#333"'


def lines(title: str, series: Mapping[str, Sequence[float]], *, unit: str, marks: Mapping[int, str] = {}) -> str:
    """One line each, from the first working day to the last; `marks` are days with a word at them."""
    most = _round(max((max(each) for each in series.values() if each), default=1.0))
    length = max((len(each) for each in series.values()), default=2)
    wide, high = WIDTH - LEFT - 220, HEIGHT - TOP - BOTTOM

    def x(nth: int) -> float:
        return LEFT + wide * nth / max(length - 1, 1)

    def y(value: float) -> float:
        return TOP + high * (1 - value / most)

    parts = [*_frame(title, unit, most, wide, high)]
    for nth, words in marks.items():
        parts.append(f'<path d="M{x(nth):.1f} {TOP}v{high}" stroke="#bbb" stroke-dasharray="3 3"/>')
        parts.append(f'<text x="{x(nth) + 3:.1f}" y="{TOP + high - 6}" {FONT}>{escape(words)}</text>')
    for number, (name, values) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{x(nth):.1f},{y(value):.1f}" for nth, value in enumerate(values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
        at = TOP + 14 + 18 * number
        parts.append(f'<rect x="{WIDTH - 205}" y="{at - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - 190}" y="{at}" {FONT}>{escape(name)}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 10}" {FONT}>working day 1</text>')
    parts.append(f'<text x="{LEFT + wide - 16}" y="{HEIGHT - 10}" {FONT}>{length}</text>')
    return _svg(parts, HEIGHT)


def bars(title: str, rows: Sequence[tuple[str, float, float, float]], *, unit: str) -> str:
    """A bar each: name, mean, least and most."""
    most = max((high for _name, _mean, _low, high in rows), default=1.0) or 1.0
    left, wide = 260, WIDTH - 260 - 70
    height = TOP + 26 * len(rows) + 20
    parts = [f'<text x="12" y="22" {FONT} font-weight="bold">{escape(title)}, {escape(unit)}</text>']
    for nth, (name, value, low, high) in enumerate(rows):
        at = TOP + 26 * nth
        parts.append(f'<text x="{left - 8}" y="{at + 13}" text-anchor="end" {FONT}>{escape(name)}</text>')
        parts.append(f'<rect x="{left}" y="{at + 2}" width="{wide * value / most:.1f}" height="16" fill="#8fb3e8"/>')
        if high > low:
            a, b = left + wide * low / most, left + wide * high / most
            parts.append(
                f'<line x1="{a:.1f}" x2="{b:.1f}" y1="{at + 10}" y2="{at + 10}" stroke="#1f3f6f" stroke-width="2"/>'
            )
        end = left + wide * max(value, high) / most + 6
        parts.append(f'<text x="{end:.1f}" y="{at + 13}" {FONT}>{value:.1f}</text>')
    return _svg(parts, height)


def _round(most: float) -> float:
    """The next figure of which quarters can be read off."""
    for step in (4, 8, 20, 40, 60, 80, 100, 200, 400):
        if most <= step:
            return float(step)
    return most


def _frame(title: str, unit: str, most: float, wide: float, high: float) -> list[str]:
    parts = [f'<text x="12" y="22" {FONT} font-weight="bold">{escape(title)}, {escape(unit)}</text>']
    for quarter in range(5):
        at = TOP + high * (1 - quarter / 4)
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + wide:.1f}" y1="{at:.1f}" y2="{at:.1f}" stroke="#e5e5e5"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" {FONT}>{most * quarter / 4:g}</text>')
    return parts


def _svg(parts: Sequence[str], height: float) -> str:
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{height:.0f}" fill="white"/>', *parts, "</svg>", ""])
