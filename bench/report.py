"""The results as a person reads them: on the terminal, and as the tables of bench/README.md."""

import json
from pathlib import Path

MEMORY_LIMIT = 300  # MB that the serving process may keep at 100,000 customers
MARK = "<!-- what follows is written by `python -m bench --write` -->"
HEAD = ("what", "requests", "p50 ms", "p95 ms", "p99 ms", "max ms", "processor ms", "limit (p95)", "ok")


def read(folder: Path) -> list[dict]:
    """All results there are, by size, database and server."""
    results = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    results = [one for one in results if "series" in one]
    return sorted(results, key=lambda one: (one["size"]["customers"], one["database"], one["server"]))


def is_within(result: dict) -> bool:
    return all(line[-1] != "NO" for line in _lines(result))


def _lines(result: dict) -> list[tuple[str, ...]]:
    crowd = [result["crowd"]] if "crowd" in result else []
    lines = [
        (
            one["name"],
            str(one["requests"]),
            *(f"{one[part]:.1f}" for part in ("p50", "p95", "p99", "max", "processor")),
            f"{one['limit']:.0f}" if one["limit"] else "",
            "yes" if one["limit"] and one["ok"] else "NO" if one["limit"] else "",
        )
        for one in [*result["series"], *crowd]
    ]
    web = result["memory_mb"]["after"]["web"]
    lines.append(_line("memory of the serving process, MB", f"{web:.0f}", MEMORY_LIMIT, web < MEMORY_LIMIT))
    lines.append(_line("cold start until it serves, s", f"{result['cold_start_seconds']:.1f}"))
    if result.get("import"):
        one = result["import"]
        rows = f"bank file imported, s ({one['rows']:,} rows)"
        lines.append(_line(rows, f"{one['seconds']:.1f}", one["limit"], one["seconds"] < one["limit"]))
        lines.append(_line("bank file imported, s of the processor", f"{one['processor_seconds']:.1f}"))
    return lines


def _line(name: str, value: str, limit: float | None = None, ok: bool = True) -> tuple[str, ...]:
    if limit is None:
        return (name, "1", value, "", "", "", "", "", "")
    return (name, "1", value, "", "", "", "", f"{limit:.0f}", "yes" if ok else "NO")


def _title(result: dict) -> str:
    size = result["size"]
    return (
        f"{result['database']}, {result['server']}: {size['customers']:,} customers, {size['sellers']} sellers,"
        f" {size['contacts']:,} contacts"
    )


def as_text(result: dict) -> str:
    lines = [HEAD, *_lines(result)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    rows = [
        "  ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([_title(result), f"load of the machine: {result['load']}", *rows, ""])


def as_markdown(results: list[dict]) -> str:
    parts = []
    for result in results:
        parts += [
            f"### {_title(result)}",
            "",
            f"{result['at'][:10]}, {result['machine']}, load {result['load']}.",
            "",
            f"| {' | '.join(HEAD)} |",
            f"|{'---|' * len(HEAD)}",
            *(f"| {' | '.join(line)} |" for line in _lines(result)),
            "",
        ]
    return "\n".join(parts)


STEPS = ("step", "rows", "s", "s of the processor", "of PostgreSQL", "rows/s", "least", "MB", "ok")


def transfers(folder: Path) -> list[dict]:
    """The results of import and export, by size and database."""
    results = [json.loads(path.read_text()) for path in sorted(folder.glob("transfers-*.json"))]
    return sorted(results, key=lambda one: (one["rows"], one["database"]))


def _steps(result: dict) -> list[tuple[str, ...]]:
    return [
        (
            one["name"],
            f"{one['rows']:,}",
            f"{one['seconds']:.1f}",
            f"{one['processor_seconds']:.1f}",
            f"{one['database_seconds']:.1f}" if one.get("database_seconds") else "",
            f"{one['rows_a_second']:,}",
            f"{one['least']:,}" if one["least"] else "",
            str(one["memory_mb"]),
            ("yes" if one["rows_a_second"] >= one["least"] else "NO") if one["least"] else "",
        )
        for one in result["steps"]
    ]


def transfers_as_text(result: dict) -> str:
    title = f"{result['database']}: {result['rows']:,} rows, load of the machine {result['load']}"
    return "\n".join([title, *("  ".join(cell.rjust(18) for cell in line) for line in [STEPS, *_steps(result)]), ""])


def transfers_as_markdown(results: list[dict]) -> str:
    parts = []
    for result in results:
        parts += [
            f"### {result['database']}: import and export of {result['rows']:,} rows",
            "",
            f"{result['at'][:10]}, {result['machine']}, load {result['load']}.",
            "",
            f"| {' | '.join(STEPS)} |",
            f"|{'---|' * len(STEPS)}",
            *(f"| {' | '.join(line)} |" for line in _steps(result)),
            "",
        ]
    return "\n".join(parts)


def write(folder: Path, readme: Path) -> None:
    """Put the tables of all results below the mark in the README."""
    text = readme.read_text()
    kept = text[: text.index(MARK)] if MARK in text else text
    readme.write_text(f"{kept}{MARK}\n\n{as_markdown(read(folder))}{transfers_as_markdown(transfers(folder))}")
