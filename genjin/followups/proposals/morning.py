"""What the days bring by themselves: close windows that are over, payments promised and not made.

Read through in batches, each a transaction of its own: killed at any moment and run again it proposes the same, once.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.windows import entered_before
from genjin.followups.models import Payment, Touch
from genjin.followups.proposals.making import Kind, lapse, propose
from genjin.followups.proposals.models import STANDING, Proposal
from genjin.playbooks import rules
from genjin.playbooks.editions.current import current
from genjin.playbooks.keeping_order import MoveProposal
from genjin.playbooks.practice import Practices
from genjin.playbooks.services import variant

BATCH = 500
RENEGED, PASSED = "payment_promise_lapsed", "window_passed"
LOOKED_BACK = timedelta(days=400)  # promises to pay older than this are history (ours)


def propose_what_days_bring(*, at: datetime) -> int:
    """Propose where a window or a promise is over, and let lapse what is a fact no longer. How many were made."""
    lapse_what_changed(at=at)
    return _propose_windows(at) + _propose_reneged(at)


def lapse_what_changed(*, at: datetime) -> int:
    """Proposals whose customer is not what it was: nothing stands open that nobody could accept."""
    count = 0
    same = Q(customer__owner=F("owner"), customer__closed_on=None, customer__class_code=F("from_code"))
    unchanged = Proposal.objects.standing().filter(same).values("pk")
    changed = Proposal.objects.standing().exclude(pk__in=unchanged).order_by("pk")
    for pk, customer in list(changed.values_list("pk", "customer")):
        with transaction.atomic():
            Customer.objects.select_for_update().get(pk=customer)
            held = Proposal.objects.standing().select_related("customer").filter(pk=pk)
            count += sum(lapse([one], code, at=at) for one in held if (code := _changed(one)))
    return count


def _changed(proposal: Proposal) -> str:
    customer = proposal.customer
    if not customer.is_open:
        return "closed"
    if customer.owner_id != proposal.owner_id:
        return "changed_hands"
    return "class_moved" if customer.class_code != proposal.from_code else ""


def _propose_windows(at: datetime) -> int:
    today, practices, made = timezone.localdate(at), Practices(), 0
    for playbook in map(variant, current()):
        for cls in playbook.classes:
            for move in playbook.proposals_on(PASSED, cls.code):
                rows = Customer.objects.open().filter(
                    entered_before(cls, today - timedelta(days=cls.close_within or 0)),
                    owner__isnull=False, playbook=playbook.code, class_code=cls.code,
                )  # fmt: skip
                made += _over(rows, partial(_propose_window, practices=practices, move=move, at=at))
    return made


def _propose_window(row: Customer, *, practices: Practices, move: MoveProposal, at: datetime) -> bool:
    """Over the last day of the window by the working days that the playbook asks for."""
    practice, today = practices.of(row.unit, held=row.playbook), timezone.localdate(at)
    cls = practice.playbook.class_of(row.class_code)
    entered = date.fromisoformat(row.entered_classes[row.class_code])
    window = rules.close_window(cls, entered_on=entered, today=today)
    if window is None or window.days_left >= 0 or today < practice.calendar.add(window.last_on, move.after):
        return False
    figures = {
        "playbook": row.playbook, "class_code": cls.code, "choices": list(move.to), "since": entered.isoformat(),
        "within": cls.close_within, "last": window.last_on.isoformat(),
    }  # fmt: skip
    touches = Touch.objects.standing().filter(customer=row, at__date__gte=entered).order_by("-at", "-pk")
    made = propose(
        row, kind=Kind.CLASS, to=move.to, rule=Reason("propose_window_passed", figures),
        fact=f"window:{cls.code}:{row.class_since.isoformat()}",
        evidence=list(touches.values_list("pk", flat=True)[:5]), at=at,
    )  # fmt: skip
    return made is not None


def _propose_reneged(at: datetime) -> int:
    today, practices, made = timezone.localdate(at), Practices(), 0
    for playbook in map(variant, current()):
        for move in (each for each in playbook.proposals if each.when == RENEGED):
            said = Touch.objects.standing().filter(pays_on__lt=today, pays_on__gte=today - LOOKED_BACK)
            rows = Customer.objects.open().filter(
                pk__in=said.order_by().values("customer"), owner__isnull=False, playbook=playbook.code,
                class_code__in=move.classes,
            )  # fmt: skip
            made += _over(rows, partial(_propose_promise, practices=practices, move=move, at=at))
    return made


def _propose_promise(row: Customer, *, practices: Practices, move: MoveProposal, at: datetime) -> bool:
    """Only the last day that was promised counts, and not where a payment came since."""
    practice, today = practices.of(row.unit, held=row.playbook), timezone.localdate(at)
    said = Touch.objects.standing().filter(customer=row, pays_on__isnull=False).order_by("-at", "-pk").first()
    if said is None or said.pays_on is None or practice.calendar.add(said.pays_on, move.after) >= today:
        return False
    if Payment.objects.filter(customer=row, paid_on__gte=timezone.localdate(said.at)).exists():
        return False
    figures = {
        "playbook": row.playbook, "class_code": row.class_code, "to": move.to[0], "promised": said.pays_on.isoformat(),
        "days": practice.calendar.between(said.pays_on, today),
    }  # fmt: skip
    made = propose(
        row, kind=Kind.CLASS, to=move.to, rule=Reason("propose_reneged", figures), fact=f"pays:{said.pk}",
        evidence=[said.pk], at=at,
    )  # fmt: skip
    return made is not None


def _over(rows: CustomerQuerySet, propose_one: Callable[[Customer], bool]) -> int:
    """Ask of each customer for whom no class move is to be decided yet, a batch locked in a transaction."""
    stands = Proposal.objects.filter(kind=Kind.CLASS, state__in=STANDING).values("customer")
    keys = list(rows.exclude(pk__in=stands).order_by("pk").values_list("pk", flat=True))
    made = 0
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            held = rows.select_for_update(of=("self",)).filter(pk__in=keys[start : start + BATCH])
            made += sum(propose_one(row) for row in held.select_related("unit").order_by("pk"))
    return made
