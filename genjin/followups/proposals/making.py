"""Proposing: where the fact happens, and lapsing where it is one no longer. Nothing here moves a customer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from genjin.core.audit.services import record
from genjin.core.reasons import Reason
from genjin.customers.models import ClassMove, Customer
from genjin.followups.models import Touch
from genjin.followups.proposals.models import STANDING, Proposal
from genjin.followups.services.notes import Note
from genjin.followups.services.outcome import Outcome, knows_key_person
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.variant import EntryCondition

Kind, State = Proposal.Kind, Proposal.State
LOOKED_THROUGH = 12  # attempts: more than any standard counts (ours)
# What is proposed because somebody was not won over: a willing talk takes it back. Windows and payments go on.
BY_CONTACTS = frozenset({"propose_class_move", "propose_give_up", "propose_by_standard", "propose_low_willingness"})
BY_MISSES = frozenset({"propose_class_move", "propose_give_up"})
CONFIRMATION = "propose_confirmation"
OVERDUE = "propose_somebody_else"


def propose(
    row: Customer,
    *,
    kind: str,
    rule: Reason,
    fact: str,
    to: Sequence[str] = (),
    evidence: Sequence[int] = (),
    at: datetime,
    made_in: Touch | None = None,
    **more: Any,
) -> Proposal | None:
    """Propose once: None where one of this kind stands already, or this fact was decided before.

    The customer is locked, open and somebody's.
    """
    if row.owner_id is None or not row.is_open:
        return None
    again = Q(kind=kind, state__in=STANDING) | (Q(fact=fact) & ~Q(state=State.LAPSED))
    if Proposal.objects.filter(again, customer=row).exists():
        return None
    made = Proposal.objects.create(
        customer=row, kind=kind, owner_id=row.owner_id, playbook=row.playbook, from_code=row.class_code,
        to_codes=list(to), rule=rule.as_json(), fact=fact[:80], evidence=list(evidence), made_at=at, made_in=made_in,
        **more,
    )  # fmt: skip
    note_down(made, "proposal.made", by=None, at=at, changes={"proposal": [None, made.pk]})
    return made


def note_down(
    proposal: Proposal, verb: str, *, by: Person | None, at: datetime, note: str = "",
    changes: dict[str, list[Any]] | None = None,
) -> None:  # fmt: skip
    """The audit record of what happens with a proposal while nothing changes at the customer."""
    told = {"proposal": [proposal.pk, proposal.pk], "rule": [None, proposal.rule], **(changes or {})}
    record(by=by, at=at, verb=verb, kind="customer", subject=proposal.customer_id, changes=told, note=note)


def lapse(proposals: Iterable[Proposal], code: str, *, at: datetime, ended_in: Touch | None = None) -> int:
    """The facts have changed: what was proposed is no longer to be decided. Returns how many lapsed."""
    count = 0
    for each in proposals:
        earlier = {"before": each.before} if each.before else {}
        each.before = {"proposal": each.step_before() | earlier}
        each.state, each.decided_at, each.ended_in, each.reason = State.LAPSED, at, ended_in, code
        each.save(update_fields=["before", "state", "decided_at", "ended_in", "reason"])
        note_down(each, "proposal.lapsed", by=None, at=at, changes={"lapsed": [None, code]})
        count += 1
    return count


def end_by_note(row: Customer, touch: Touch, *, class_before: str, decided: bool, at: datetime) -> None:
    """What this note makes of the proposals that stand. Before the row is kept; `touch` is saved. What the note itself
    decides (`decided`: after so many misses) does not lapse by it."""
    for each in Proposal.objects.standing().filter(customer=row).select_for_update():
        if decided and each.rule["code"] in BY_MISSES:
            continue
        if code := _ended_by(each, row, touch, class_before):
            lapse([each], code, at=at, ended_in=touch)


def _ended_by(proposal: Proposal, row: Customer, touch: Touch, class_before: str) -> str:
    """Why the note ends a proposal, as a code; "" where it stands on."""
    if not row.is_open:
        return "closed"
    if row.owner_id != proposal.owner_id:
        return "changed_hands"
    if row.class_code != class_before:
        return "class_moved"
    code = proposal.rule["code"]
    if code == "propose_reneged" and touch.pays_on:
        return "promised_anew"
    if code == OVERDUE:
        return "contacted" if touch.is_effective else ""
    if not touch.is_effective or code not in BY_CONTACTS:
        return ""
    willing = touch.attitude not in rules.UNWILLING
    return "contacted" if willing or code in BY_MISSES else ""


def follow_note(
    row: Customer, practice: Practice, touch: Touch, note: Note, outcome: Outcome, *, by: Person, at: datetime
) -> Proposal | None:
    """What the playbook proposes after this note. `touch` is saved, `row` as the note leaves it."""
    if outcome.proposal is not None:
        return _after_misses(row, practice, touch, note, outcome, by=by, at=at)
    if not row.is_open or row.owner_id is None:
        return None
    if outcome.missing and all(_said_by_lead(each) for each in outcome.missing):
        return _ask_for_confirmation(row, touch, outcome, by=by, at=at)
    return _by_attitude(row, practice, touch, at=at)


def _by_attitude(row: Customer, practice: Practice, touch: Touch, *, at: datetime) -> Proposal | None:
    """What follows from how the customer took it."""
    cls = practice.playbook.class_of(row.class_code)
    if touch.attitude == Touch.Attitude.LUKEWARM:
        for move in practice.playbook.proposals_on("low_willingness", cls.code):
            figures = {"playbook": row.playbook, "class_code": cls.code, "to": move.to[0]}
            return propose(
                row, kind=Kind.CLASS, to=move.to, rule=Reason("propose_low_willingness", figures),
                fact=f"willingness:{touch.pk}", evidence=[touch.pk], at=at, made_in=touch,
            )  # fmt: skip
    if cls.code in practice.playbook.give_up.classes and (not touch.is_effective or touch.attitude in rules.UNWILLING):
        return _by_standard(row, practice, touch, at=at)
    return None


def _said_by_lead(condition: EntryCondition) -> list[EntryCondition]:
    """What the team lead could say in place of what is missing."""
    return [each for each in (condition, *condition.alternatives) if each.by == "lead"]


def _ask_for_confirmation(
    row: Customer, touch: Touch, outcome: Outcome, *, by: Person, at: datetime
) -> Proposal | None:
    """主管配合确认: nothing but the team lead's word is missing, so it is asked for."""
    figures = {
        "playbook": row.playbook, "class_code": row.class_code, "to": outcome.class_wanted,
        "missing": [one.code for each in outcome.missing for one in _said_by_lead(each)],
    }  # fmt: skip
    wish = {"way": "move", "to": outcome.class_wanted, "pool": None, "reason": ""}
    return propose(
        row, kind=Kind.CLASS, to=[outcome.class_wanted], rule=Reason(CONFIRMATION, figures),
        fact=f"confirmation:{touch.pk}", evidence=[touch.pk], at=at, made_in=touch, state=State.WAITING, wish=wish,
        asked_by=by, asked_at=at,
    )  # fmt: skip


def _after_misses(
    row: Customer, practice: Practice, touch: Touch, note: Note, outcome: Outcome, *, by: Person, at: datetime
) -> Proposal | None:
    """So many misses in a row: to decide, or decided with the note itself, or the team lead's to agree to."""
    found = outcome.proposal
    if found is None or found.kind == "tell_lead":
        return None
    kind = Kind.CLASS if found.kind == "class_move" else Kind.GIVE_UP
    to = [found.class_code] if found.class_code else []
    missed = int(found.reason.figures["missed"])
    # A message at the weekend is no miss.
    tried = Touch.objects.standing().filter(customer=row, is_effective=False, weekend_message=None)
    evidence = tried.order_by("-at", "-pk")
    known: Proposal | None = Proposal.objects.standing().filter(customer=row, kind=kind).first()
    if known is not None:
        # Missed once more before anybody decided: the same question with one more attempt behind it.
        known.evidence = list(evidence.values_list("pk", flat=True)[:missed])
        known.rule = found.reason.as_json()
        known.save(update_fields=["evidence", "rule"])
        made = known
    elif not note.third_miss:
        return propose(
            row, kind=kind, to=to, rule=found.reason, fact=f"misses:{touch.pk}",
            evidence=list(evidence.values_list("pk", flat=True)[:missed]), at=at, made_in=touch,
        )  # fmt: skip
    else:
        owner = touch.before["owner_id"] or by.pk
        made = Proposal.objects.create(
            customer=row, kind=kind, owner_id=owner, playbook=touch.before["playbook"], made_at=at, made_in=touch,
            from_code=touch.before["class_code"], to_codes=to, rule=found.reason.as_json(),
            fact=f"misses:{touch.pk}", evidence=list(evidence.values_list("pk", flat=True)[:missed]),
        )  # fmt: skip
    if note.third_miss:
        _decided_with_the_note(made, touch, note, outcome, by=by, at=at)
    return made


def _decided_with_the_note(
    made: Proposal, touch: Touch, note: Note, outcome: Outcome, *, by: Person, at: datetime
) -> None:
    made.before = {"proposal": made.step_before()}
    reason = note.decision_reason.strip()
    wish = {"way": note.third_miss, "to": made.to_code, "pool": None, "reason": reason}
    if outcome.awaits_lead:
        made.state, made.wish, made.asked_by, made.asked_at = State.WAITING, wish, by, at
        note_down(made, "proposal.asked", by=by, at=at, note=reason)
    else:
        made.state = State.DECLINED if note.third_miss == "keep" else State.ACCEPTED
        made.wish, made.decided_by, made.decided_at = wish, by, at
        made.reason = reason[:200]
    made.ended_in = touch
    made.save()


def _by_standard(row: Customer, practice: Practice, touch: Touch, *, at: datetime) -> Proposal | None:
    """A standard for giving up (C11), counted since the last class move and the last decision."""
    cls = practice.playbook.class_of(row.class_code)
    kp_known = knows_key_person(row)
    attempts = _attempts(row, kp_known)
    met = rules.standard_met(practice.playbook, cls, attempts, kp_known=kp_known)
    if met is None:
        return None
    figures = {
        "playbook": row.playbook, "class_code": cls.code, "standard": met.standard.code, "times": met.standard.times,
    }  # fmt: skip
    return propose(
        row, kind=Kind.GIVE_UP, rule=Reason("propose_by_standard", figures), fact=f"standard:{touch.pk}",
        evidence=met.attempts, at=at, made_in=touch,
    )  # fmt: skip


def _attempts(row: Customer, kp_known: bool) -> list[rules.Attempt]:
    """The last attempts that count, newest first. Where nobody was named the KP was called, if one is known."""
    moved = ClassMove.objects.standing().filter(customer=row).aggregate(at=Max("at"))["at"]
    decided = Proposal.objects.filter(customer=row, kind=Kind.GIVE_UP, state=State.DECLINED)
    since = [each for each in (moved, decided.aggregate(at=Max("decided_at"))["at"]) if each is not None]
    touches = Touch.objects.standing().filter(customer=row).order_by("-at", "-pk")
    if since:
        touches = touches.filter(at__gt=max(since))
    rows = touches.values_list("pk", "is_effective", "attitude", "contact_person__is_key_person")[:LOOKED_THROUGH]
    return [
        rules.Attempt(pk, effective or bool(attitude), kp_known if with_kp is None else with_kp, attitude)
        for pk, effective, attitude, with_kp in rows
    ]


def follow_correction(row: Customer, practice: Practice, touch: Touch, *, at: datetime) -> Proposal | None:
    """Attitude or promised day of a note were corrected: what stood by them lapses, and the last note is judged anew.
    A payment is asked about again by the hour that looks for those that did not come."""
    judged = Proposal.objects.standing().select_for_update().filter(customer=row)
    lapse([each for each in judged if _rests_on(each, touch)], "note_corrected", at=at, ended_in=touch)
    if not row.is_open or row.owner_id is None or not practice.playbook.has_class(row.class_code):
        return None
    last = Touch.objects.standing().filter(customer=row).order_by("-at", "-pk").first()
    return _by_attitude(row, practice, touch, at=at) if last == touch else None


def _rests_on(proposal: Proposal, touch: Touch) -> bool:
    code = proposal.rule["code"]
    if code == "propose_reneged":
        return proposal.fact == f"pays:{touch.pk}"
    return code in ("propose_low_willingness", "propose_by_standard") and touch.pk in proposal.evidence


def take_back(touch: Touch, *, at: datetime) -> None:
    """The note was taken back: what it proposed goes with it, what it ended stands again."""
    for each in Proposal.objects.select_for_update().filter(made_in=touch).exclude(state=State.LAPSED):
        lapse([each], "note_undone", at=at)
    for each in Proposal.objects.select_for_update().filter(ended_in=touch).exclude(made_in=touch):
        stands = Proposal.objects.standing().filter(customer=each.customer_id, kind=each.kind).exclude(pk=each.pk)
        if not stands.exists():
            restore_step(each)
    for each in Proposal.objects.standing().select_for_update().filter(customer=touch.customer_id):
        if touch.pk in each.evidence and each.rule["code"] in BY_MISSES:
            each.evidence = [pk for pk in each.evidence if pk != touch.pk]
            each.rule = {**each.rule, "missed": len(each.evidence)}
            each.save(update_fields=["evidence", "rule"])


def restore_step(proposal: Proposal) -> None:
    """The proposal as it was before its last decision."""
    step = dict(proposal.before.get("proposal", {}))
    proposal.before, proposal.version_after = step.pop("before", {}), None
    for name, value in step.items():
        setattr(proposal, name, value)
    proposal.decided_by, proposal.decided_at, proposal.ended_in = None, None, None
    proposal.save()
