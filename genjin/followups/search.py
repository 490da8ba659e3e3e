"""Searching in what was written: notes, dated remarks, the remarks on a customer.

No index lists these texts: one of pairs of characters would take as much room as the notes themselves and stand in the
way of every saved note. They are looked through instead, newest first: all notes of one's own customers, then the last
STEP texts of each kind in one's scope, and on request the STEP before these. The answer says how far it looked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.search.folding import SIMPLIFIED
from genjin.core.search.queries import Query
from genjin.core.search.registry import Walked
from genjin.customers.models import Customer, Remark
from genjin.followups.desk import refusal_to_note
from genjin.followups.models import Touch
from genjin.web.formats import day

STEP = 20_000  # texts of each kind looked through at once: some 30 ms
AROUND = 10  # characters shown before what was typed,
AFTER = 80  # and after it


@dataclass(frozen=True, slots=True)
class Row:
    """A text that has what was typed: at which customer, when and by whom; the words with what stands around them."""

    pk: int
    label: str
    day: date | None
    author: str
    words: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text: the column it stands in, and where customer, day and author are found ("" nowhere)."""

    model: Any
    column: str
    customer: str
    name: str
    day: str = ""
    author: Any = ""

    def rows(self) -> Any:
        return Touch.objects.standing() if self.model is Touch else self.model.objects.all()

    def read(self, rows: QuerySet, words: Sequence[str], most: int) -> list[tuple[int, Row]]:
        """The newest of these rows that have all words, each with its own key."""
        for word in words:
            rows = rows.filter(_having(self.column, word))
        fields = [field for field in (self.day, self.author) if field]
        found = rows.order_by("-pk").values_list("pk", self.customer, self.name, self.column, *fields)[:most]
        return [(pk, self._row(words, *values)) for pk, *values in found]

    def _row(self, words: Sequence[str], pk: int, name: str, text: str, at: Any = None, author: Any = "") -> Row:
        on = timezone.localdate(at) if isinstance(at, datetime) else at
        return Row(pk, name, on, author or "", around(text, words))


KINDS = (
    Kind(Touch, "remarks", "customer_id", "customer__name", "at", Coalesce("author__name", "author_words")),
    Kind(Remark, "text", "customer_id", "customer__name", "on", "by__name"),
    Kind(Customer, "remarks", "pk", "name"),
)


def answer(actor: Any, query: Query, limit: int, step: int, today: date) -> Walked:
    """What of the texts in the actor's scope has every word that was typed, those at one's own customers first."""
    words = query.text.split()
    own, others, further = [], [], False
    for kind in KINDS:
        mine: list[tuple[int, Row]] = []
        if step == 0:
            customers = Customer.objects.owned_by(actor.pk).values("pk")
            within = {"pk__in" if kind.model is Customer else "customer__in": customers}
            mine = kind.read(kind.rows().filter(**within), words, limit + 1)
        ends = kind.model.objects.aggregate(oldest=Min("pk"), newest=Max("pk"))
        last = (ends["newest"] or 0) - step * STEP
        further = further or last - STEP >= (ends["oldest"] or 1)
        seen = kind.rows().visible_to(actor, today).filter(pk__gt=last - STEP, pk__lte=last)
        known = {pk for pk, _row in mine}
        found = [pair for pair in kind.read(seen, words, limit + 1) if pair[0] not in known]
        own += [row for _pk, row in mine]
        others += [row for _pk, row in found]
    rows = [*_newest_first(own), *_newest_first(others)]
    return Walked(rows[:limit], len(rows) <= limit, _reach(actor, step, further=further), step + 1 if further else None)


def _newest_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.day or date.min, reverse=True)


def _having(column: str, word: str) -> Q:
    """The column has the word, as it was typed or in simplified characters."""
    spellings = {word, word.translate(SIMPLIFIED)}
    is_cased = word.upper() != word.lower()
    asked = Q()
    for spelling in spellings:
        asked |= Q(**{f"{column}__icontains" if is_cased else f"{column}__contains": spelling})
    return asked


def _reach(actor: Any, step: int, *, further: bool) -> str:
    """How far was looked, in words."""
    if not further:
        return _("Looked through to the first note.") if step else _("Looked through everything you may see.")
    newest = Touch.objects.aggregate(newest=Max("pk"))["newest"] or 0
    # What came with an import was written down here on the day of the import, however old it is.
    written = Coalesce("import_run__started_at", "at")
    last = Touch.objects.filter(pk__gt=newest - (step + 1) * STEP).order_by("pk")
    reached = last.values_list(written, flat=True).first()
    figures = {"n": f"{STEP:,}", "day": day(timezone.localdate(reached)) if reached else ""}
    if step:
        return _("Looked through the %(n)s before these, back to %(day)s.") % figures
    if actor.may("customers.work") and Customer.objects.owned_by(actor.pk).exists():
        return _("Looked through all notes of your own customers and the last %(n)s of all, back to %(day)s.") % figures
    return _("Looked through the last %(n)s notes, back to %(day)s.") % figures


def around(text: str, words: Sequence[str]) -> tuple[str, str, str]:
    """The first word that was typed as it stands in the text, with what stands before and after it."""
    flat = " ".join(text.split())
    lower = flat.lower()
    for word in chain(words, (word.translate(SIMPLIFIED) for word in words)):
        at = lower.find(word.lower())
        if at >= 0 and len(lower) == len(flat):
            start, end = max(0, at - AROUND), at + len(word)
            before = ("…" if start else "") + flat[start:at]
            after = flat[end : end + AFTER] + ("…" if len(flat) > end + AFTER else "")
            return before, flat[at:end], after
    return flat[: AROUND + AFTER], "", ""


def may_be_worked(actor: Any, row: Any) -> bool:
    """Whether this person may write a note on a customer that a search found."""
    return refusal_to_note(row.customer, actor, at=timezone.now()) is None
