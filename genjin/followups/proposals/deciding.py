"""A person decides: moves, gives up, keeps on; asks the team lead, who agrees or sends it back. All can be undone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.events import CustomersClosed, OwnershipChanged
from genjin.customers.models import Customer, Pool
from genjin.customers.services.records import keep, locked, require_deciding, require_open, snapshot
from genjin.customers.services.restoring import Ground, restore, standing_of
from genjin.customers.services.standing import enter_class, practice_for, shut, start_cycle
from genjin.followups.proposals.making import BY_MISSES, CONFIRMATION, note_down, restore_step
from genjin.followups.proposals.models import Proposal
from genjin.followups.services.outcome import ahead_of, keep_on, knows_key_person, lay_to_rest, leads, plan_next
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice

Kind, State = Proposal.Kind, Proposal.State
Way = Literal["move", "pool", "close", "keep"]
WAYS: dict[str, tuple[Way, ...]] = {Kind.CLASS: ("move", "keep"), Kind.GIVE_UP: ("pool", "close", "keep")}
# What a person keeps on with gets a new day; a window that is over or a promise that was broken moves no date.
WITH_A_NEW_DAY = BY_MISSES | {"propose_by_standard"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person wants: `to` a class of the proposal, `pool` none for the unit's own, `next_on` none for the
    engine's day."""

    way: Way
    to: str = ""
    pool: Pool | None = None
    next_on: date | None = None
    reason: str = ""

    def kept(self) -> dict[str, Any]:
        """As the proposal keeps it while the team lead is asked."""
        return {
            "way": self.way,
            "to": self.to,
            "pool": self.pool.pk if self.pool else None,
            "reason": self.reason.strip(),
        }


@transaction.atomic
def decide(*, proposal: Proposal, wish: Wish, by: Person, at: datetime) -> Proposal:
    """The owner, or who leads the unit, decides. Giving up waits for the lead where the playbook asks for that.

    Refused with words where it has been decided already, or the facts have changed; then nothing moves.
    """
    row, found = _held(proposal, by)
    if found.state == State.WAITING and not leads(by, row):
        raise Refused("proposal_waits_for_lead")
    if wish.way not in WAYS.get(found.kind, ()):
        raise Refused("decision_not_offered")
    to = wish.to or found.to_code
    if wish.way == "move" and to not in found.to_codes:
        raise Refused("decision_not_offered")
    if wish.way != "move" and not wish.reason.strip():
        raise Refused("decision_needs_a_reason")
    found.before = {"proposal": found.step_before()}
    if wish.way in ("pool", "close") and practice_for(row).playbook.pool.approve_giving_up and not leads(by, row):
        _require_giving_up(row, wish.way, wish.pool, by)
        found.state, found.wish, found.asked_by, found.asked_at = State.WAITING, wish.kept(), by, at
        found.answer = ""
        found.save()
        note_down(found, "proposal.asked", by=by, at=at, note=wish.reason.strip())
        return found
    return _carry_out(row, found, wish, to, by=by, at=at)


@transaction.atomic
def agree(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """The team lead agrees to what was asked for: it happens now, in the lead's name, for the seller's reason."""
    row, found = asked_of(proposal, by)
    if found.kind == Kind.REASSIGN:
        raise Refused("decision_not_offered")
    wish = found.wish
    pool = Pool.objects.visible_to(by).filter(pk=wish["pool"]).first() if wish.get("pool") else None
    found.before = {"proposal": found.step_before()}
    wanted = Wish(way=wish["way"], to=wish.get("to", ""), pool=pool, reason=wish.get("reason", ""))
    return _carry_out(row, found, wanted, wanted.to, by=by, at=at)


@transaction.atomic
def send_back(*, proposal: Proposal, words: str, by: Person, at: datetime) -> Proposal:
    """The team lead does not agree and says why: giving up is to be decided anew, a confirmation is refused."""
    row, found = asked_of(proposal, by)
    if found.kind == Kind.REASSIGN:
        raise Refused("decision_not_offered")
    if not words.strip():
        raise Refused("decision_needs_a_reason")
    found.before = {"proposal": found.step_before()}
    found.answer = words.strip()[:200]
    found.state = State.DECLINED if _is_confirmation(found) else State.OPEN
    found.decided_by, found.decided_at, found.version_after = by, at, row.version
    found.save()
    note_down(found, "proposal.sent_back", by=by, at=at, note=words.strip())
    return found


@transaction.atomic
def undo_decision(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Take back one's own last decision, as long as nobody touched the customer since."""
    ground = Ground({proposal.customer_id: proposal.before.get("standing", {})})
    row = locked(proposal.customer_id)
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    last = found.asked_by_id if found.state == State.WAITING else found.decided_by_id
    if last != by.pk or "proposal" not in found.before:
        raise Refused("cannot_be_undone")
    if found.version_after is not None and row.version != found.version_after:
        raise Refused("touched_since", name=row.name)
    others = Proposal.objects.standing().filter(customer=row, kind=found.kind).exclude(pk=found.pk)
    if others.exists():
        raise Refused("touched_since", name=row.name)
    standing, decided_at = found.before.get("standing"), found.decided_at
    if standing:
        restore(
            row, standing, ground, by=by, at=at, verb="proposal.undone", changed_at=decided_at,
            changes={"proposal": [found.pk, found.pk]},
        )  # fmt: skip
    else:
        note_down(found, "proposal.undone", by=by, at=at)
    restore_step(found)
    return found


def _held(proposal: Proposal, by: Person) -> tuple[Customer, Proposal]:
    """Customer and proposal as they are now, held; Refused unless it is still to be decided by this person."""
    require(by, "customers.work")
    row = locked(proposal.customer_id)
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not found.stands:
        raise Refused("proposal_is_decided", name=row.name)
    require_open(row)
    require_deciding(row, by)
    if found.owner_id != row.owner_id or found.from_code != row.class_code:
        raise Refused("proposal_is_outdated", name=row.name)
    return row, found


def asked_of(proposal: Proposal, by: Person) -> tuple[Customer, Proposal]:
    """Customer and proposal, held; Refused unless it waits for this person's word as a team lead."""
    require(by, "followups.approve_proposals")
    row, found = _held(proposal, by)
    if not leads(by, row):
        raise NotPermitted("belongs_to_another", name=row.name)
    if found.state != State.WAITING:
        raise Refused("proposal_is_decided", name=row.name)
    return row, found


def _is_confirmation(proposal: Proposal) -> bool:
    return proposal.rule["code"] == CONFIRMATION


def _require_giving_up(row: Customer, way: Way, pool: Pool | None, by: Person) -> None:
    """Raise unless this person may lay the customer there."""
    if way != "pool":
        return
    require(by, "customers.release")
    if pool is not None and not Pool.objects.visible_to(by).filter(pk=pool.pk).exists():
        raise NotPermitted("pool_out_of_scope", name=pool.name)


def _carry_out(row: Customer, found: Proposal, wish: Wish, to: str, *, by: Person, at: datetime) -> Proposal:
    """Change the customer, keep what stood before, and say it is decided."""
    today = timezone.localdate(at)
    practice = practice_for(row)
    before, stood = snapshot(row), standing_of(row)
    verb = "proposal.declined"
    if wish.way == "move":
        _move(row, practice, found, to, today=today)
        verb = "proposal.accepted"
    elif wish.way == "pool":
        _require_giving_up(row, "pool", wish.pool, by)
        lay_to_rest(row, practice, wish.pool or row.unit.pool, today=today)
        verb = "customer.given_up"
    elif wish.way == "close":
        shut(row, kind=Customer.Closed.DEAD, reason=wish.reason, today=today)
        verb = "customer.given_up"
    elif found.rule["code"] in WITH_A_NEW_DAY:
        ahead = ahead_of(row, row.owner or by, practice, today)
        keep_on(row, practice, on=wish.next_on, reason=wish.reason, by=by, today=today, ahead=ahead)
        row.missed_in_row = 0
    found.state = State.DECLINED if wish.way == "keep" else State.ACCEPTED
    found.wish, found.reason = wish.kept(), wish.reason.strip()[:200]
    found.decided_by, found.decided_at, found.ended_in = by, at, None
    if snapshot(row) == before:
        found.version_after = row.version
        found.save()
        note_down(found, verb, by=by, at=at, note=wish.reason.strip())
        return found
    found.before["standing"], found.version_after = stood, row.version + 1
    found.save()
    changes = {"proposal": [found.pk, found.pk], "rule": [None, found.rule]}
    entry = keep(row, before, by=by, at=at, verb=verb, note=wish.reason.strip(), changes=changes)
    if not row.is_open:
        emit(CustomersClosed([row.pk], by, entry.at))
    elif row.owner_id is None:
        emit(OwnershipChanged([row.pk], None, by, entry.at))
    return found


def _move(row: Customer, practice: Practice, found: Proposal, to: str, *, today: date) -> None:
    """The ordinary move: what the class asks for must be met, the cycle starts anew, the next contact gets a day."""
    playbook = practice.playbook
    if not playbook.has_class(to):
        raise Refused("no_such_class", class_code=to)
    now, cls = playbook.class_of(row.class_code), playbook.class_of(to)
    if _is_confirmation(found):
        row.conditions = sorted({*row.conditions, *found.rule["missing"]})
    if cls.rank < now.rank:
        facts = {*row.conditions, "next_contact_clear", *(["kp_known"] if knows_key_person(row) else [])}
        missing = rules.missing_conditions(cls, facts)
        if missing:
            raise Refused(
                "class_kept_conditions_missing", playbook=playbook.code, class_code=now.code, wanted=cls.code,
                missing=[each.code for each in missing],
            )  # fmt: skip
    if cls.closes_as:
        shut(row, kind=cls.closes_as, reason=cls.name.zh, today=today)
        return
    row.missed_in_row = 0
    enter_class(row, practice, cls.code, today=today)
    start_cycle(row, practice, anchor=today, anchor_kind="class_move")
    owner = row.owner
    assert owner is not None
    plan_next(row, practice, ahead_of(row, owner, practice, today), today=today)
