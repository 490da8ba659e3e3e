"""What the runs say beyond the tables: load against capacity, what concerns the product, what cannot be read out."""

from collections.abc import Callable, Sequence
from statistics import mean

from simulation.measures import BY_CODE, Result, spread, values
from simulation.parameters import BASE

# The code in which a colleague had room for an overdue customer by the limits alone.
BY_LIMITS_ALONE = ("2112315", "d548dec")
CLASSES = ("1-2", "3k", "3", "4", "0", "5-9")


def load(base: Sequence[Result], results: Sequence[Result]) -> list[str]:
    """What the stock asks for against what is really done, for every floor that was run with all mechanisms."""
    if not base:
        return []
    lines = [
        "## Load against capacity",
        "",
        "`asks` is the product's own load arithmetic over the whole run (contacts a day at the slackest interval, classes 0 not "
        "counted). It takes a slot for a contact. `needs` is the same in attempts, by the share of attempts that was effective: "
        "what the stock takes of a day before the first new customer is called.",
        "",
        "| floor | asks | attempts a day | of these effective | needs, attempts a day | cycles without an effective contact, % |",
        "|---|---|---|---|---|---|",
    ]
    for one in (each for each in results if each["variant"] == "base"):
        asks = mean(each["asks"] for each in one["evenings"])
        attempts, effective = BY_CODE["attempts"].of(one) or 0.0, BY_CODE["effective"].of(one) or 0.0
        share = effective / attempts if attempts else 0.0
        needs = f"{asks / share:.1f}" if share else "–"
        lines.append(
            f"| {_named(one)} | {asks:.1f} | {attempts:.1f} | {100 * share:.0f} % | {needs} | {spread(BY_CODE['slipped'], [one])} |"
        )
    return [*lines, ""]


def _named(one: Result) -> str:
    changed = ", ".join(f"{name} {value:g}" for name, value in one["changed"].items())
    return f"{changed or 'as assumed'}; {one['sellers']} sellers, {one['days']} days, seed {one['seed']}"


def taught(base: Sequence[Result], groups: dict[str, list[Result]]) -> list[str]:
    """What of it concerns the product rather than the floor, each only where the figures show it."""
    if not base:
        return []

    def a_day(count: Callable[[Result], float]) -> float:
        return mean(count(one) / one["sellers"] / one["days"] for one in base)

    asks = mean(each["asks"] for one in base for each in one["evenings"])
    attempts, effective = (mean(values(BY_CODE[code], base)) for code in ("attempts", "effective"))
    lines = ["## What it says of the product", ""]
    if asks < attempts < asks * attempts / effective:
        lines.append(
            f"- **The load arithmetic takes an attempt for a contact.** It says that the stock asks for {asks:.1f} contacts a day, "
            f"well within the {attempts:.1f} that are made; with {100 * effective / attempts:.0f} % of them effective it takes "
            f"{asks * attempts / effective:.1f}. So the stock page finds nothing too much on a floor on which "
            f"{spread(BY_CODE['slipped'], base)} % of cycles slip. What may be dealt out (room for first contacts) reckons alike. Plan page and forecast of dealing out say both figures since."
        )
    late = [each for one in base for each in one["slips"] if each["group"] == "0"]
    first = sum(one["cycles"].get("0", 0) for one in base)
    untried = sum(not each["was_tried"] for each in late)
    if first and untried > first / 10:
        lines.append(
            f"- **New customers wait.** Of {first} first contacts {len(late)} were not made by their day, and of these {untried} had "
            "not been tried once: misses of earlier ones take the slots of the blocks for new ones."
        )
    kept = ", ".join(f"{group} {share_slipped(base, group)}" for group in CLASSES)
    lines.append(f"- What is near to payment slips least (cycles without an effective contact, %, by class): {kept}.")
    proposed, given = a_day(lambda one: one["proposals"].get("reassign", 0)), a_day(lambda one: one["given_away"])
    if proposed > 1:
        room = (
            "In the code of these runs a colleague had room who was within the limits, be they behind themselves or not; since "
            "then their days must take it, too, and they must be less behind than the owner."
            if all(one["commit"].startswith(BY_LIMITS_ALONE) for one in base)
            else "A colleague has room whose limits and days take it and who is less behind than the owner."
        )
        lines.append(
            f"- **A lead is asked often.** On a floor that cannot keep up {proposed:.1f} customers a seller a day are proposed for "
            f"somebody else, {given:.1f} of them given away. {room}"
        )
    if "fixed" in groups:
        back, kept_back = (mean(values(BY_CODE["recycled"], groups[code])) for code in ("base", "fixed"))
        won, kept_won = (mean(values(BY_CODE["sold"], groups[code])) for code in ("base", "fixed"))
        lines.append(
            f"- **What goes from hand to hand is not taken back.** With nobody reassigned {kept_back:.1f} a seller went back to the "
            f"pool by the rule instead of {back:.1f}, for a new owner starts the clock of recycling anew; won were {kept_won:.1f} "
            f"instead of {won:.1f}."
        )
    if "unlevelled" in groups:
        asked = (
            f"; asked what it would be if class 3 kept its own blocks: {share_slipped(groups['ripe'], '3')} %"
            if "ripe" in groups
            else ""
        )
        won, levelled = (mean(values(BY_CODE["sold"], groups[code])) for code in ("unlevelled", "base"))
        lines.append(
            f"- **Where a day cannot hold what is due, what is overdue takes the slots of what is ripe.** Class 3 slips in "
            f"{share_slipped(base, '3')} % of its cycles with levelling and in {share_slipped(groups['unlevelled'], '3')} % "
            f"without{asked}; won were {levelled:.1f} a seller with it and {won:.1f} without. Class 4 pays for it the other way: see "
            "the lines on silence. Levelling is made for a stock that fits into the days; what to do with one that does not is "
            "a manager's to decide, and it costs either sales or silence."
        )
    lines += _taken_away(groups)
    done, second = (mean(values(BY_CODE[code], base)) for code in ("done", "second"))
    if done < 95 and second > 1:
        lines.append(
            f"- **A plan fills the day to the last slot**, and then {second:.1f} second contacts a day come: {done:.1f} % of a morning's "
            f"plan is done, though sellers pass over {100 * BASE.skips:.0f} % of it only."
        )
    return [*lines, ""]


def _taken_away(groups: dict[str, list[Result]]) -> list[str]:
    """What recycling and the second contact are worth on this floor, as far as one can say."""

    def of(code: str, variant: str) -> str:
        return f"{mean(values(BY_CODE[code], groups[variant])):.1f}"

    lines = []
    if "kept" in groups:
        lines.append(
            f"- **Taking back by a rule shows no gain here.** Without it {of('sold', 'kept')} instead of {of('sold', 'base')} were won "
            f"a seller, and {of('lost', 'kept')} instead of {of('lost', 'base')} who could have bought left the one who knew them. It "
            "gives to others what nobody works; on this floor nobody has hands free."
        )
    if "once" in groups:
        lines.append(
            f"- **The second contact on the same day pays.** Without it {of('sold', 'once')} instead of {of('sold', 'base')} were won a "
            f"seller, and classes 1 and 2 slip in {share_slipped(groups['once'], '1-2')} % of their cycles instead of "
            f"{share_slipped(groups['base'], '1-2')} %."
        )
    return lines


def share_slipped(base: Sequence[Result], group: str) -> str:
    cycles = sum(one["cycles"].get(group, 0) for one in base)
    slipped = sum(each["group"] == group for one in base for each in one["slips"])
    return f"{100 * slipped / cycles:.0f}" if cycles else "–"


def limits() -> list[str]:
    return [
        "## What cannot be read out of this",
        "",
        "- Nobody measured these customers. A model whose customers bear about as much silence as the playbook's cycles are "
        "long rewards whoever keeps the cycles; that much of the result is put in, not found.",
        "- Sales of a small floor are few: differences below a third or so are chance unless many seeds agree.",
        "- All sellers are alike, honest and diligent; nobody leaves, nobody falls ill, no market moves. What a plan is worth "
        "to somebody undisciplined is not shown.",
        "- A seller without a plan sorts the list in their head without a mistake, and keeps appointments, but no list shows them their promises. "
        "Real ones do worse at the first, and better at the second.",
        "- Slips by the due date can be made to look better by decisions that move it; the two lines on silence cannot.",
        "",
    ]
