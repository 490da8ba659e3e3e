"""The notes of a week with what they are worth."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from genjin.followups.models import Appointment, Promise, Touch
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules import note_quality as rules
from genjin.insights.rules.note_quality import DAYS, POOR, Verdict, Written
from genjin.playbooks.editions.current import variant

NONE_NOTED = "[]"
CHIPS = ("interests", "objections", "services", "bring_next")


@dataclass(frozen=True, slots=True)
class Judged:
    """One note of an effective contact. `copies`: at how many customers its author wrote the same within a week."""

    touch: int
    author: int
    customer: int
    on: date
    playbook: str
    class_code: str
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


def judged(people: Iterable[int], *, until: date) -> list[Judged]:
    """Every note of an effective contact that these people made in the week that ends with `until`."""
    authors = list(people)
    first = until - timedelta(days=DAYS - 1)
    span = {"at__gte": start_of(first), "at__lt": end_of(until)}
    rows = (
        Touch.objects.effective()
        .filter(author__in=authors, import_run=None, **span)
        .annotate(**{f"{name}_noted": Cast(F(name), TextField()) for name in CHIPS})
        .order_by()
        .values_list(
            "pk", "author", "customer", "at", "class_after", "remarks", *(f"{name}_noted" for name in CHIPS),
            "customer__playbook",
        )
    )  # fmt: skip
    rows = list(rows)
    agreed = _agreed_in(authors, span)
    prints = [rules.fingerprint(row[5]) for row in rows]
    copies = rules.copied((row[1], row[2], key) for row, key in zip(rows, prints, strict=True))
    zone = timezone.get_current_timezone()
    asks = _Asks()
    found = []
    for row, key in zip(rows, prints, strict=True):
        pk, author, customer, at, code, remarks, interests, objections, services, bring_next, playbook = row
        same = copies.get((author, key), 0)
        written = Written(
            remarks=remarks,
            interest=interests != NONE_NOTED,
            objection=objections != NONE_NOTED,
            services=services != NONE_NOTED,
            next_step=bring_next != NONE_NOTED or pk in agreed,
            asks_objection=asks.objection(playbook, code),
        )
        on = at.astimezone(zone).date()
        found.append(Judged(pk, author, customer, on, playbook, code, rules.verdict(written, copies=same), same))
    return found


def tallies(notes: Iterable[Judged]) -> Mapping[int, NoteTally]:
    """The notes added up by author."""
    found: defaultdict[int, NoteTally] = defaultdict(NoteTally)
    for note in notes:
        tally = found[note.author]
        tally.notes += 1
        tally.points += note.verdict.score
        tally.poor += note.verdict.score < POOR
        tally.copied += note.copies > 0
    return found


def _agreed_in(authors: list[int], span: dict) -> set[int]:
    """The notes in which a promise or an appointment was made: their next step is clear."""
    promised = Promise.objects.filter(by__in=authors, made_at__gte=span["at__gte"], made_at__lt=span["at__lt"])
    appointed = Appointment.objects.filter(by__in=authors, at__gte=span["at__gte"])
    found = [*promised.values_list("made_in", flat=True), *appointed.values_list("made_in", flat=True)]
    return {pk for pk in found if pk is not None}


class _Asks:
    """Whether a class still has doubts to note: not where all that is due is pressed for, nor after it was won."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def objection(self, playbook: str, code: str) -> bool:
        if (playbook, code) not in self._known:
            self._known[playbook, code] = self._ask(playbook, code)
        return self._known[playbook, code]

    def _ask(self, playbook: str, code: str) -> bool:
        try:
            works_by = variant(playbook)
            return not (works_by.class_of(code).is_won or code in works_by.pressing_classes)
        except KeyError:
            return True
