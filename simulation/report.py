"""The report: every figure in it comes out of the runs that are there. Writes REPORT.md and its charts."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from simulation import charts
from simulation.findings import CLASSES, limits, load, share_slipped, taught
from simulation.measures import BY_CODE, MEASURES, Measure, Result, pairs, spread, values, verdict
from simulation.parameters import BASE, MAIN

WORDS = {
    "base": "everything works",
    "overdue": "no plan, longest overdue first",
    "random": "no plan, at random",
    "unlevelled": "no levelling",
    "kept": "no recycling",
    "once": "no second contact",
    "stubborn": "no giving up",
    "fixed": "no reassigning",
    "ripe": "tried: class 3 keeps its blocks",
}
TOLD = ("sold", "effective", "slipped", "untried", "slip_days", "silent", "abandoned", "lost", "done", "kept")
SENSITIVE = ("sold", "effective", "slipped", "untried", "silent", "given_up", "lost")
# The floor, and each mechanism that the issue wants taken away: no plan, no levelling, no recycling, no second contact.
ASKED = {"base", "overdue", "unlevelled", "kept", "once"}
LIGHT = {"stock": 0.5, "new_a_week": 12.0}


def read(folder: Path) -> list[Result]:
    """All runs there are, by variant and seed."""
    found = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    order = list(WORDS)
    return sorted(
        found,
        key=lambda each: (
            -each["days"],
            -each["sellers"],
            order.index(each["variant"]),
            each["seed"],
            sorted(each["changed"].items()),
        ),
    )


def _size(result: Result) -> tuple[int, int]:
    return result["sellers"], result["days"]


def _main(results: Sequence[Result]) -> list[Result]:
    """The floor as assumed: of the longest and largest size of which every mechanism of the issue was taken away once,
    else of the one with most variants."""
    plain = [each for each in results if not each["changed"]]
    variants: dict[tuple[int, int], set[str]] = defaultdict(set)
    for each in plain:
        variants[_size(each)].add(each["variant"])
    chosen = max(
        variants,
        key=lambda size: (variants[size] >= ASKED, 0 if variants[size] >= ASKED else len(variants[size]), *size[::-1]),
    )
    return [each for each in plain if _size(each) == chosen]


def write(results: Sequence[Result], folder: Path) -> None:
    plain = _main(results)
    pictures = folder / "charts"
    pictures.mkdir(exist_ok=True)
    for name, text in _charts(plain, results).items():
        (pictures / f"{name}.svg").write_text(text)
    (folder / "REPORT.md").write_text("\n".join(_report(plain, results)) + "\n")


def _by_variant(plain: Sequence[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for each in plain:
        found[each["variant"]].append(each)
    return {code: found[code] for code in WORDS if code in found}


def _report(plain: Sequence[Result], results: Sequence[Result]) -> list[str]:
    groups = _by_variant(plain)
    base = groups.get("base", [])
    return [
        *_head(plain, results),
        *_in_short(base, plain, groups),
        *_as_it_works(base),
        *load(base, results),
        *_table(groups),
        "![customers won](charts/sold.svg)",
        "",
        "![nobody called](charts/untried.svg)",
        "",
        *_other_sizes(plain, results),
        *_what_changed(plain, groups),
        *taught(base, groups),
        *_light(results),
        *_sensitivity(results),
        *limits(),
        *_runs(results),
    ]


def _other_sizes(plain: Sequence[Result], results: Sequence[Result]) -> list[str]:
    """The same table for floors of another size, as long as the main one, of which more than one variant was run."""
    lines: list[str] = []
    chosen = _size(plain[0])
    for size in sorted({_size(each) for each in results if not each["changed"]}):
        groups = _by_variant([each for each in results if not each["changed"] and _size(each) == size])
        if size != chosen and size[1] == chosen[1] and len(groups) > 1:
            lines += [f"## The same with {size[0]} sellers", "", *_table(groups)[2:]]
    return lines


def _head(plain: Sequence[Result], results: Sequence[Result]) -> list[str]:
    one = plain[0]
    commits = sorted({each["commit"] for each in results})
    seeds = sorted({each["seed"] for each in plain})
    return [
        "# What the simulation shows",
        "",
        f"Written by `python -m simulation` on {datetime.now(UTC):%Y-%m-%d} from {len(results)} runs (code "
        f"{', '.join(commits)}): {one['sellers']} sellers, {one['days']} working days from {one['first']}, a {one['week']}-day "
        f"week with National Day and its make-up days, seed {', '.join(map(str, seeds))}; where other sizes were run it is said. How customers answer was written "
        "down before the first result: [MODEL.md](MODEL.md). Every figure below comes out of these runs; where several seeds "
        "were run the mean stands with the least and the most.",
        "",
        *(
            [
                f"**This is the reduced form**, {one['sellers']} sellers rather than twelve: `make simulate ALL=1` lives through twelve "
                "sellers with three seeds. "
                + ("One seed says nothing of how much is chance. " if len(seeds) == 1 else "")
                + "What a run costs is in the last table: some forty seconds of a processor a seller.",
                "",
            ]
            if one["sellers"] < 12
            else []
        ),
        "All runs drive the product's own services and jobs; `genjin check` was asked at the end of each: "
        + _untrue(results),
        "",
    ]


def _untrue(results: Sequence[Result]) -> str:
    bad = [each for each in results if each["untrue"]]
    if not bad:
        return "nothing untrue stood in any of the databases."
    return f"**in {len(bad)} of {len(results)} something untrue stood**, first: {bad[0]['untrue'][0]}."


def _in_short(base: Sequence[Result], plain: Sequence[Result], groups: dict[str, list[Result]]) -> list[str]:
    if not base:
        return []

    def of(code: str) -> str:
        return spread(BY_CODE[code], base)

    lines = [
        "## In short",
        "",
        f"- The floor as it works: {of('slipped')} % of cycles end without an effective contact; in {of('untried')} % nobody "
        f"even called. A slip lasts {of('slip_days')} working days. {of('sold')} customers won, {of('given_up')} given up "
        f"with {of('evidence')} attempts shown on average, {of('recycled')} taken back by a rule, each of it a seller.",
        f"- {of('attempts')} attempts and {of('effective')} effective contacts a seller a day. C7 asks for 30 of 40: with the "
        "chances to reach somebody that we assume nobody comes near it, planned or not.",
    ]
    for code in groups:
        if code == "base":
            continue
        both = pairs(plain, code)
        said = {each: verdict(BY_CODE[each], both) for each in TOLD}
        worse = [BY_CODE[each].words for each in TOLD if said[each] == "worse"]
        better = [BY_CODE[each].words for each in TOLD if said[each] == "better"]
        lines.append(
            f"- **{WORDS[code]}**: worse: {'; '.join(worse) or 'nothing that can be told from chance'}. "
            f"Better: {'; '.join(better) or 'nothing'}."
        )
    return [*lines, ""]


def _as_it_works(base: Sequence[Result]) -> list[str]:
    if not base:
        return []
    slips = [each for one in base for each in one["slips"]]
    cycles: Counter[str] = Counter()
    for one in base:
        cycles.update(one["cycles"])
    lines = [
        "## The floor as it works",
        "",
        "| class | cycles | without an effective contact | of these nobody called | days a slip lasts |",
    ]
    lines.append("|---|---|---|---|---|")
    for group in CLASSES:
        own = [each for each in slips if each["group"] == group]
        untried = sum(not each["was_tried"] for each in own)
        days = f"{mean(each['days'] for each in own):.1f}" if own else "–"
        share = f"{len(own)} ({100 * len(own) / cycles[group]:.1f} %)" if cycles[group] else "–"
        lines.append(f"| {group} | {cycles[group]} | {share} | {untried} | {days} |")
    ends = Counter(each["end"] for each in slips)
    told = ", ".join(f"{words} {ends[code]}" for code, words in ENDS.items() if ends[code])
    lines += ["", f"How slips ended: {told}.", ""]
    decided: Counter[tuple[str, str]] = Counter()
    for one in base:
        for rule, way, number in one["decided"]["by_rule_and_way"]:
            decided[rule, way] += number
    lines += ["| proposed by the rule | decided | times |", "|---|---|---|"]
    lines += [f"| `{rule}` | {way} | {number} |" for (rule, way), number in sorted(decided.items())]
    lines += ["", "![silent each evening](charts/silent.svg)", "", "![load against capacity](charts/load.svg)", ""]
    return lines


ENDS = {
    "contacted": "spoken with or moved", "kept on": "given a new date", "pool": "to the pool", "closed": "closed",
    "open": "not ended yet",
}  # fmt: skip


def _table(groups: dict[str, list[Result]]) -> list[str]:
    lines = ["## One mechanism taken away", "", f"| | {' | '.join(WORDS[code] for code in groups)} |"]
    lines.append("|---" * (len(groups) + 1) + "|")
    for measure in MEASURES:
        cells = " | ".join(spread(measure, runs) for runs in groups.values())
        lines.append(f"| {measure.words} | {cells} |")
    lines += ["", f"Cycles without an effective contact by class, %, near to payment first ({', '.join(CLASSES)}):", ""]
    for code, runs in groups.items():
        shares = " · ".join(share_slipped(runs, group) for group in CLASSES)
        lines.append(f"- {WORDS[code]}: {shares}")
    return [*lines, ""]


def _what_changed(plain: Sequence[Result], groups: dict[str, list[Result]]) -> list[str]:
    lines = [
        "## What got worse, and what got better",
        "",
        "Each variant against the floor as it works with the same seed and the same luck. Events (sales) count where they differ "
        "by more than twice the root of their sum; all else where every seed points the same way by a twentieth or more, one "
        "seed alone by a tenth.",
        "",
    ]
    for code in groups:
        if code == "base":
            continue
        both = pairs(plain, code)
        for what in ("worse", "better"):
            found = [each for each in MEASURES if verdict(each, both) == what]
            told = [
                f"{each.words} {spread(each, [other for _base, other in both])} against {spread(each, [one for one, _other in both])}"
                for each in found
            ]
            lines.append(f"- **{WORDS[code]}**, {what}: {'; '.join(told) or 'nothing that can be told from chance'}.")
    return [*lines, ""]


def _light(results: Sequence[Result]) -> list[str]:
    """The same variants on a floor that holds half as much."""
    light = [each for each in results if each["changed"] == LIGHT]
    groups = _by_variant(light)
    if "base" not in groups:
        return []
    one = groups["base"][0]
    chosen = [each for each in MEASURES if each.better or each.code == "asks"]
    lines = [
        "## On a floor that holds half as much",
        "",
        f"Half the standard stock at the beginning and 12 new customers a week: {one['sellers']} sellers, {one['days']} working "
        "days. What a mechanism is worth where the cycles can nearly be kept.",
        "",
        f"| | {' | '.join(WORDS[code] for code in groups)} |",
        "|---" * (len(groups) + 1) + "|",
    ]
    for measure in chosen:
        lines.append(f"| {measure.words} | {' | '.join(spread(measure, runs) for runs in groups.values())} |")
    return [*lines, ""]


def _sensitivity(results: Sequence[Result]) -> list[str]:
    changed = [each for each in results if len(each["changed"]) == 1 and each["variant"] == "base"]
    if not changed:
        return ["## How much rests on what we assumed", "", "Not run: `python -m simulation --sensitivity`.", ""]
    sizes = Counter(_size(each) for each in changed)
    size = max(sizes, key=lambda each: (sizes[each], each))
    changed = [each for each in changed if _size(each) == size]
    seeds = {each["seed"] for each in changed}
    plain = [each for each in results if not each["changed"] and each["variant"] == "base"]
    same = [each for each in plain if _size(each) == size and each["seed"] in seeds]
    measures = [BY_CODE[code] for code in SENSITIVE]
    lines = [
        "## How much rests on what we assumed",
        "",
        f"The floor as it works with one figure of the model at its lower or upper bound, all others as in MODEL.md: {size[0]} "
        f"sellers, {size[1]} working days, seed {', '.join(map(str, sorted(seeds)))}.",
        "",
        f"| figure | {' | '.join(each.words for each in measures)} |",
        "|---" * (len(measures) + 1) + "|",
        f"| **as assumed** | {' | '.join(spread(each, same) for each in measures)} |",
    ]
    for one in sorted(changed, key=lambda each: next(iter(each["changed"].items()))):
        name, value = next(iter(one["changed"].items()))
        told = " | ".join(spread(each, [one]) for each in measures)
        lines.append(f"| `{name}` {value:g} (base {getattr(BASE, name):g}) | {told} |")
    left = [name for name in MAIN if not any(name in one["changed"] for one in changed)]
    if left:
        lines += [
            "",
            f"Not tried in these runs, though much may rest on them: {', '.join(f'`{name}`' for name in left)}.",
        ]
    return [*lines, ""]


def _runs(results: Sequence[Result]) -> list[str]:
    lines = [
        "## The runs",
        "",
        "| variant | seed | sellers × days | changed | code | at | load | processor s | fingerprint |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for one in results:
        changed = ", ".join(f"{name} {value:g}" for name, value in one["changed"].items())
        lines.append(
            f"| {one['variant']} | {one['seed']} | {one['sellers']} × {one['days']} | {changed} | {one['commit']} | {one['at'][:16]} | {one['load']} | "
            f"{one['processor_seconds']} | `{one['fingerprint']}` |"
        )
    return lines


def _charts(plain: Sequence[Result], results: Sequence[Result]) -> dict[str, str]:
    groups = _by_variant(plain)
    first = {code: min(runs, key=lambda each: each["seed"])["evenings"] for code, runs in groups.items()}
    shown = [code for code in ("base", "overdue", "random", "unlevelled") if code in first]
    load = first.get("base") or next(iter(first.values()))
    sellers = plain[0]["sellers"]

    def shares(name: str, code: str) -> list[float]:
        return [100 * each[name] / each["held"] for each in first[code]]

    def row(code: str, measure: Measure) -> tuple[str, float, float, float]:
        found = values(measure, groups[code]) or [0.0]
        return WORDS[code], mean(found), min(found), max(found)

    return {
        "silent": charts.lines(
            "Held and silent beyond their cycle", {WORDS[code]: shares("silent", code) for code in shown},
            unit="% of all held", marks=_holidays(load),
        ),
        "load": charts.lines(
            "What a seller's stock asks for, and what is done",
            {
                "asked a day": [each["asks"] for each in load],
                "attempts": [each["tally"]["attempts"] / sellers for each in load],
                "effective": [each["tally"]["effective"] / sellers for each in load],
            },
            unit="contacts a day", marks=_holidays(load),
        ),
        "sold": charts.bars("Customers won", [row(code, BY_CODE["sold"]) for code in groups], unit="a seller"),
        "untried": charts.bars(
            "Cycles in which nobody even called", [row(code, BY_CODE["untried"]) for code in groups], unit="%"
        ),
    }  # fmt: skip


def _holidays(evenings: Sequence[dict[str, Any]]) -> dict[int, str]:
    """The first day after each gap of more than a weekend."""
    days = [datetime.fromisoformat(each["on"]).toordinal() for each in evenings]
    return {
        nth: f"{days[nth] - days[nth - 1] - 1} days off" for nth in range(1, len(days)) if days[nth] - days[nth - 1] > 4
    }
