"""The notes of a week with what they are worth."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from genjin.followups.models import Appointment, Promise, Touch
from genjin.followups.note_reading.facts import Facts, facts, print_of
from genjin.followups.note_reading.keeping import asks_objection
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules import note_quality as rules
from genjin.insights.rules.note_quality import DAYS, POOR, Verdict
from genjin.playbooks.editions.current import variant

NONE_NOTED = "[]"
CHIPS = ("interests", "objections", "services", "bring_next")


@dataclass(frozen=True, slots=True)
class Judged:
    """One note of an effective contact. `copies`: at how many customers its author wrote the same within a week."""

    touch: int
    author: int
    verdict: Verdict
    copies: int


@dataclass(slots=True)
class NoteTally:
    """A person's notes added up."""

    notes: int = 0
    points: int = 0
    poor: int = 0
    copied: int = 0

    @property
    def score(self) -> int | None:
        """The average, rounded; None without a note."""
        return round(self.points / self.notes) if self.notes else None


def talks_of(people: Iterable[int], first: date, last: date) -> QuerySet[Touch]:
    """The effective contacts that these people made here from `first` to `last`, both included: what is judged."""
    made = Touch.objects.effective().made_here().filter(at__gte=start_of(first), at__lt=end_of(last))
    return made.filter(author__in=list(people)).order_by()


def judged(people: Iterable[int], *, until: date) -> list[Judged]:
    """Every note of an effective contact that these people made in the week that ends with `until`.

    By what was noted on them as they were written; those from before that was done are read through here.
    """
    people, first = list(people), until - timedelta(days=DAYS - 1)
    talks = talks_of(people, first, until)
    rows = list(talks.values_list("pk", "author", "customer", "note_facts", "note_print"))
    if any(number is None for _pk, _author, _customer, number, _print in rows):
        older = _read_through(talks.filter(note_facts=None), _agreed_in(people, first, until))
        rows = [(*row[:3], *older.get(row[0], row[3:])) for row in rows]
    copies = rules.copied((author, customer, key) for _pk, author, customer, _number, key in rows)
    found = []
    for pk, author, _customer, number, key in rows:
        same = copies.get((author, key), 0)
        found.append(Judged(pk, author, _verdict(number, same), same))
    return found


def tallies(notes: Iterable[Judged]) -> Mapping[int, NoteTally]:
    """The notes added up by author."""
    found: defaultdict[int, NoteTally] = defaultdict(NoteTally)
    for note in notes:
        tally, score = found[note.author], note.verdict.score
        tally.notes += 1
        tally.points += score
        tally.poor += score < POOR
        tally.copied += note.copies > 0
    return found


@lru_cache(maxsize=4096)
def _verdict(number: int, copies: int) -> Verdict:
    """There are only so many verdicts: some hundreds for a company."""
    return rules.verdict(Facts.of(number), copies=copies)


def _read_through(older: QuerySet[Touch], agreed: set[int]) -> dict[int, tuple[int, int]]:
    """What these notes have and in which words, by their keys."""
    columns = {f"{name}_noted": Cast(F(name), TextField()) for name in CHIPS}
    rows = list(older.annotate(**columns).values_list("pk", "class_after", "remarks", "customer__playbook", *columns))
    asks = _Asks()
    found = {}
    for pk, code, remarks, playbook, interests, objections, services, bring_next in rows:
        noted = facts(
            remarks,
            interest=interests != NONE_NOTED,
            objection=objections != NONE_NOTED,
            services=services != NONE_NOTED,
            next_step=bring_next != NONE_NOTED or pk in agreed,
            asks_objection=asks.objection(playbook, code),
        )
        found[pk] = noted.number, print_of(remarks)
    return found


def _agreed_in(people: list[int], first: date, last: date) -> set[int]:
    """The notes of these days in which a promise or an appointment was made: their next step is clear."""
    promised = Promise.objects.filter(by__in=people, made_at__gte=start_of(first), made_at__lt=end_of(last))
    appointed = Appointment.objects.filter(by__in=people, at__gte=start_of(first))
    found = [*promised.values_list("made_in", flat=True), *appointed.values_list("made_in", flat=True)]
    return {pk for pk in found if pk is not None}


class _Asks:
    """The same question asked of the playbook once for each class."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def objection(self, playbook: str, code: str) -> bool:
        if (playbook, code) not in self._known:
            self._known[playbook, code] = self._ask(playbook, code)
        return self._known[playbook, code]

    def _ask(self, playbook: str, code: str) -> bool:
        try:
            return asks_objection(variant(playbook), code)
        except KeyError:
            return True
