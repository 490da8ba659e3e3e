"""Taking what was sent to a form: one short transaction, an arrival or something suspected; everything else is a job's.

The answer never depends on whether anybody is known.
"""

import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.capture.models import CaptureForm, FormDay, Suspect
from genjin.leads.capture.services import PERMISSION
from genjin.leads.models import Arrival, Channel
from genjin.leads.rules import fingerprint
from genjin.leads.services.arriving import Coming, write_arrival
from genjin.organization.models import Person
from genjin.organization.services.reach import require_leading

SUSPECTS_KEPT = timedelta(days=60)  # after that nobody asks for what looked like spam (ours)
WRITERS = 2  # of a process's threads may write for forms at once; the others serve colleagues (ours)
PATIENCE = 3  # seconds that one more waits for its turn; then its sender is asked to try again (ours)
GATHER = 1  # seconds: arrivals of these are settled by one job


class TooBusy(Exception):
    """Nothing was kept: the database could not take it in time."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent to a form: the texts by their fields' names, what came along, why it is suspected (codes)."""

    form: CaptureForm
    given: Mapping[str, Any]
    came_from: Mapping[str, Any] = field(default_factory=dict)
    key: UUID = field(default_factory=uuid4)
    suspected: tuple[str, ...] = ()


_writers = threading.BoundedSemaphore(WRITERS)


@contextmanager
def _a_turn():
    if not _writers.acquire(timeout=PATIENCE):
        raise TooBusy
    try:
        yield
    except OperationalError as busy:
        raise TooBusy from busy
    finally:
        _writers.release()


def take(sent: Sent, *, at: datetime) -> Arrival | Suspect:
    """Keep what was sent, durably, before anybody is thanked. Raises TooBusy when nothing could be kept."""
    with _a_turn(), transaction.atomic():
        if sent.suspected:
            return _set_apart(sent, at=at)
        return write_arrival(_coming(sent.form, sent.given, sent.came_from, sent.key), by=None, at=at)


def _coming(form: CaptureForm, given: Mapping[str, Any], came_from: Mapping[str, Any], key: UUID) -> Coming:
    campaign = form.campaign or str(came_from.get("utm_campaign", ""))
    return Coming(
        Channel.FORM, form.unit_id, {**given, "language": form.language}, came_from, source=form.source_id,
        campaign=campaign, key=key, queue=form.queue_id, form=form.pk,
    )  # fmt: skip


def _set_apart(sent: Sent, *, at: datetime) -> Suspect:
    mark = fingerprint(sent.given, f"suspect {sent.form.pk}")
    same = Suspect.objects.filter(form=sent.form, fingerprint=mark, decided_at=None)
    if same.update(times=F("times") + 1, last_at=at):
        return same.get()
    return Suspect.objects.create(
        form=sent.form, at=at, last_at=at, given=dict(sent.given), came_from=dict(sent.came_from),
        why=list(sent.suspected), key=sent.key, fingerprint=mark,
    )  # fmt: skip


@transaction.atomic
def decide_suspect(suspect: Suspect, *, is_spam: bool, by: Person, at: datetime) -> Arrival | None:
    """Say whether it is spam. What is none arrives now, as it was sent, and the lead dates from then."""
    require(by, PERMISSION)
    row = Suspect.objects.select_for_update(of=("self",)).select_related("form").get(pk=suspect.pk)
    require_leading(by, row.form.unit_id)
    if row.decided_at is not None:
        raise Refused("suspect_is_decided")
    row.decided_at, row.decided_by = at, by
    if not is_spam:
        row.arrival = write_arrival(_coming(row.form, row.given, row.came_from, row.key), by=None, at=at)
    row.save(update_fields=["decided_at", "decided_by", "arrival"])
    verb = "form.was_spam" if is_spam else "form.was_no_spam"
    record(by=by, at=at, verb=verb, kind="capture_form", subject=row.form_id, changes={"suspect": [None, row.pk]})
    return row.arrival


def forget_suspects(*, at: datetime) -> int:
    """Old ones go; how many."""
    return Suspect.objects.filter(last_at__lt=at - SUSPECTS_KEPT).delete()[0]


class Looks:
    """Counts of forms that were looked at: written at once, but no more often than once a second and process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: dict[tuple[int, str], int] = {}
        self._wrote = -1.0

    def count(self, form: CaptureForm, what: str = "shown") -> None:
        """`what` is "shown" or "too_many"."""
        with self._guard:
            key = (form.pk, what)
            self._waiting[key] = self._waiting.get(key, 0) + 1
            if 0 <= time.monotonic() - self._wrote < 1:
                return
            self._wrote, waiting, self._waiting = time.monotonic(), self._waiting, {}
        try:
            self._write(waiting)
        except OperationalError:
            with self._guard:
                for key, times in waiting.items():
                    self._waiting[key] = self._waiting.get(key, 0) + times

    def _write(self, waiting: Mapping[tuple[int, str], int]) -> None:
        today = timezone.localdate()
        with transaction.atomic():
            for (pk, what), times in waiting.items():
                if CaptureForm.objects.filter(pk=pk).exists():
                    FormDay.objects.get_or_create(form_id=pk, on=today)
                    FormDay.objects.filter(form=pk, on=today).update(**{what: F(what) + times})


looks = Looks()
