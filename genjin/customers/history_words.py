"""The words of the audit record: what each verb on a customer says, and what its fields are called.

Verbs of follow-up stand here too: whatever is recorded about a customer is told in one place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Facts:
    """An entry's changes, each before and after already in words ("" for nothing)."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def was(self, field: str) -> str:
        return self.before.get(field, "")

    def now(self, field: str) -> str:
        return self.after.get(field, "")

    def either(self, field: str) -> str:
        return self.now(field) or self.was(field)


@dataclass(frozen=True, slots=True)
class Verb:
    """`kind` is the timeline's kind, `icon` a symbol of the sprite, `sentence` lazy text or a function of the facts;
    `shows` the fields listed below it."""

    kind: str
    icon: str
    sentence: Any
    shows: tuple[str, ...] = ()


def _taken(facts: Facts, plain: str, from_owner: str) -> str:
    figures = {"person": facts.now("owner_id"), "before": facts.was("owner_id") or facts.was("pool_id")}
    return _with_lock((from_owner if figures["before"] else plain) % figures, facts)


def _with_lock(sentence: str, facts: Facts) -> str:
    """Who had it kept for them has it no longer, and so it is kept no longer."""
    if facts.was("kept_until") and not facts.now("kept_until"):
        return gettext("%(said)s; no longer kept until %(day)s") % {"said": sentence, "day": facts.was("kept_until")}
    return sentence


def _assigned(facts: Facts) -> str:
    return _taken(facts, gettext("Assigned to %(person)s"), gettext("Assigned to %(person)s, before with %(before)s"))


def _claimed(facts: Facts) -> str:
    return _taken(facts, gettext("Claimed"), gettext("Claimed out of %(before)s"))


def _released(facts: Facts) -> str:
    return gettext("Put into %(pool)s, before with %(before)s") % {
        "pool": facts.now("pool_id"),
        "before": facts.was("owner_id"),
    }


def _recycled(facts: Facts) -> str:
    return gettext("Back in %(pool)s by the rule, before with %(before)s. %(why)s") % {
        "pool": facts.now("pool_id"),
        "before": facts.was("owner_id"),
        "why": facts.now("recycled"),
    }


def _twin(sentence: Any) -> Callable[[Facts], str]:
    return lambda facts: str(sentence) % {"twin": facts.now("twin")}


def _was_twin(sentence: Any) -> Callable[[Facts], str]:
    return lambda facts: str(sentence) % {"twin": facts.was("twin")}


def _kept(facts: Facts) -> str:
    if until := facts.now("kept_until"):
        return gettext("Kept until %(day)s: it does not go back to the pool") % {"day": until}
    return gettext("No longer kept from going back to the pool")


def _handed_over(facts: Facts) -> str:
    to = facts.now("owner_id") or facts.now("pool_id")
    said = gettext("Handed over from %(before)s to %(to)s") % {"before": facts.was("owner_id"), "to": to}
    return _with_lock(said, facts)


def _closed(facts: Facts) -> str:
    return gettext("Closed: %(kind)s") % {"kind": facts.now("closed_kind")}


def _reopened(facts: Facts) -> str:
    where = facts.now("pool_id")
    return gettext("Reopened, in %(pool)s") % {"pool": where} if where else gettext("Reopened")


def _planned(facts: Facts) -> str:
    return (
        gettext("Next contact on %(day)s") % {"day": facts.now("planned_on")}
        if facts.now("planned_on")
        else gettext("Planned")
    )


def _lent(facts: Facts) -> str:
    way = gettext("may work it") if facts.now("may_work") == gettext("yes") else gettext("may read it")
    until = facts.now("ends_on")
    figures = {"person": facts.now("person"), "way": way, "until": until}
    return (
        gettext("Lent to %(person)s: %(way)s, until %(until)s") if until else gettext("Lent to %(person)s: %(way)s")
    ) % figures


def _lending_ended(facts: Facts) -> str:
    return gettext("No longer lent to %(person)s") % {"person": facts.was("person")}


def _contact(sentence: Any) -> Callable[[Facts], str]:
    def worded(facts: Facts) -> str:
        return str(sentence) % {"name": facts.either("contact_person")}

    return worded


def _people_merged(facts: Facts) -> str:
    figures = {"people": facts.was("contact_person"), "name": facts.now("contact_person")}
    return gettext("Merged the contact people %(people)s into %(name)s") % figures


def _people_taken_apart(facts: Facts) -> str:
    return gettext("Contact people of their own again: %(people)s") % {"people": facts.now("contact_person")}


def _imported(facts: Facts) -> str:
    return gettext("Imported, row %(row)s of the file") % {"row": facts.now("row")}


def _import_updated(facts: Facts) -> str:
    return gettext("Updated by an import, row %(row)s of the file") % {"row": facts.now("row")}


def _import_taken_back(facts: Facts) -> str:
    if people := facts.was("contact_person"):
        return gettext("Undid an import: took away the contact person %(name)s") % {"name": people}
    return gettext("Undid what an import had changed")


def _contacts_imported(facts: Facts) -> str:
    return gettext("Imported %(count)s contacts made before") % {"count": facts.now("contacts")}


def _promise_made(facts: Facts) -> str:
    return gettext("Promised: %(what)s, by %(when)s") % {"what": facts.now("what"), "when": facts.now("by_when")}


def _promise_ended(facts: Facts) -> str:
    return gettext("Promise %(outcome)s: %(what)s") % {"outcome": facts.now("outcome"), "what": facts.either("what")}


def _promise_reopened(facts: Facts) -> str:
    return gettext("Promise open again: %(what)s") % {"what": facts.either("what")}


def _appointment_made(facts: Facts) -> str:
    purpose = facts.now("purpose")
    figures = {"when": facts.now("at"), "purpose": purpose}
    return (gettext("Appointment %(when)s: %(purpose)s") if purpose else gettext("Appointment %(when)s")) % figures


def _appointment_ended(facts: Facts) -> str:
    figures = {"when": facts.was("at"), "result": facts.now("result")}
    sentence = (
        gettext("Appointment of %(when)s ended: %(result)s")
        if figures["result"]
        else gettext("Appointment of %(when)s ended")
    )
    return sentence % figures


def _visit(sentence: Any) -> Callable[[Facts], str]:
    def worded(facts: Facts) -> str:
        return str(sentence) % {"when": facts.now("at")}

    return worded


def _task(sentence: Any) -> Callable[[Facts], str]:
    def worded(facts: Facts) -> str:
        figures = {"purpose": facts.now("purpose"), "person": facts.now("person"), "result": facts.now("result")}
        return str(sentence) % figures

    return worded


def _touch_corrected(facts: Facts) -> str:
    return gettext("Corrected the note of %(day)s") % {"day": facts.now("on")}


def _proposed(facts: Facts) -> str:
    return gettext("Proposed: %(rule)s") % {"rule": facts.now("rule")}


def _proposal_lapsed(facts: Facts) -> str:
    figures = {"why": facts.now("lapsed"), "rule": facts.now("rule")}
    return gettext("No longer proposed (%(why)s): %(rule)s") % figures


def _given_up(facts: Facts) -> str:
    pool = facts.now("pool_id")
    return gettext("Given up, into %(pool)s") % {"pool": pool} if pool else gettext("Given up and closed")


def _note_read(facts: Facts) -> str:
    return gettext("Read the note of %(day)s") % {"day": facts.now("on")}


def _note_reading_taken_back(facts: Facts) -> str:
    return gettext("Took back what was said about the note of %(day)s") % {"day": facts.now("on")}


def _undone(facts: Facts) -> str:
    return gettext("Took back: %(what)s") % {"what": facts.now("undone")}


FILE_FIELDS = (
    "name", "kind", "short_name", "phones", "industry", "source_id", "province", "city", "district", "address", "tags",
    "external_id", "referred_by_id", "remarks",
)  # fmt: skip
CONTACT_FIELDS = (
    "name",
    "title",
    "is_key_person",
    "decision_role",
    "influence",
    "phones",
    "wechat",
    "email",
    "remarks",
)
MOVED_FIELDS = ("owner_id", "due_on", "planned_on", "last_effective_on")
PROFILE_FIELDS = ("peers", "competitor_use", "own_pages", "search_presence", "market")

VERBS: dict[str, Verb] = {
    "customer.created": Verb("file", "plus", _("Created")),
    "customer.imported": Verb("file", "upload", _imported),
    "customer.import_undone": Verb("file", "undo", _("Removed: its import was undone")),
    "customer.import_updated": Verb("file", "upload", _import_updated, (*FILE_FIELDS, *MOVED_FIELDS)),
    "customer.import_taken_back": Verb("file", "undo", _import_taken_back, (*FILE_FIELDS, *MOVED_FIELDS)),
    "customer.changed": Verb("file", "edit", _("Changed the file"), FILE_FIELDS),
    "customer.profile_changed": Verb("file", "book", _("Added to the profile"), PROFILE_FIELDS),
    "contact_person.added": Verb("file", "user", _contact(_("New contact person: %(name)s")), CONTACT_FIELDS[1:]),
    "contact_person.changed": Verb("file", "user", _contact(_("Changed the contact person %(name)s")), CONTACT_FIELDS),
    "contact_person.merged": Verb("file", "users", _people_merged, CONTACT_FIELDS),
    "contact_person.taken_apart": Verb("file", "undo", _people_taken_apart, CONTACT_FIELDS),
    "contact_person.removed": Verb("file", "user", _contact(_("Removed the contact person %(name)s"))),
    "customer.class_moved": Verb("class", "step", _("Class moved by hand"), ("due_on",)),
    "customer.condition_confirmed": Verb("class", "check", _("Confirmed"), ("conditions",)),
    "customer.playbook_changed": Verb("class", "step", _("The unit works by another playbook"), ("due_on",)),
    "customer.playbook_renewed": Verb("class", "step", _("The playbook was changed"), ("due_on",)),
    "customer.planned": Verb("agreement", "planned", _planned, ("due_on",)),
    "customer.backlog_planned": Verb(
        "agreement", "planned", _("Overdue by an import, placed on a day"), ("planned_on",)
    ),
    "customer.replanned": Verb("agreement", "planned", _("Not done, planned anew"), ("planned_on",)),
    "customer.levelled": Verb("agreement", "planned", _("The day was too full, moved to a freer one"), ("planned_on",)),
    "customer.placed": Verb("agreement", "planned", _("Stood on no day, placed by the plan"), ("planned_on",)),
    "customer.moved_from_leave": Verb(
        "agreement", "planned", _("On leave that day, moved to another"), ("planned_on",)
    ),
    "customer.assigned": Verb("ownership", "swap", _assigned, ("due_on",)),
    "customer.claimed": Verb("ownership", "pool", _claimed, ("due_on",)),
    "customer.pool_changed": Verb("ownership", "pool", _("Moved to another pool"), ("pool_id",)),
    "customer.released": Verb("ownership", "pool", _released, ("claimable_from",)),
    "customer.recycled": Verb("ownership", "pool", _recycled, ("claimable_from",)),
    "customer.kept": Verb("ownership", "lock", _kept),
    "customer.handed_over": Verb("ownership", "swap", _handed_over),
    "customer.moved_with_owner": Verb("ownership", "swap", _("Moved with its owner to another unit"), ("unit_id",)),
    "customer.closed": Verb("ownership", "lock", _closed),
    "customer.reopened": Verb("ownership", "refresh", _reopened, ("due_on",)),
    "customer.undone": Verb(
        "ownership", "undo", _undone, ("owner_id", "pool_id", "due_on", "planned_on", *FILE_FIELDS)
    ),
    "customer.lent": Verb("ownership", "users", _lent),
    "customer.lending_ended": Verb("ownership", "users", _lending_ended),
    "customer.said_to_be_two": Verb("file", "users", _twin(_("Not the same as %(twin)s"))),
    "customer.asked_again_whether_two": Verb("file", "undo", _twin(_("May be the same as %(twin)s after all"))),
    "customer.merged": Verb("file", "users", _twin(_("Merged with %(twin)s")), ("due_on", *FILE_FIELDS)),
    "customer.merged_into": Verb("file", "users", _twin(_("Became part of %(twin)s"))),
    "customer.merge_undone": Verb("file", "undo", _was_twin(_("Taken apart from %(twin)s")), ("due_on", *FILE_FIELDS)),
    "customer.taken_apart": Verb("file", "undo", _("A customer of its own again")),
    "customer.from_lead": Verb("file", "lead", _("Was a lead"), ("planned_on",)),
    "customer.lead_joined": Verb("file", "lead", _("A lead became part of it"), (*FILE_FIELDS, *CONTACT_FIELDS[1:])),
    "customer.lead_left": Verb("file", "undo", _("A lead is a lead again"), ("owner_id", "pool_id", *FILE_FIELDS)),
    "customer.conversion_undone": Verb("file", "undo", _("Removed: it is a lead again")),
    "customer.given_up": Verb("ownership", "pool", _given_up, ("rule",)),
    "proposal.made": Verb("class", "info", _proposed),
    "proposal.accepted": Verb("class", "step", _("Class moved by a proposal"), ("rule", "due_on")),
    "proposal.declined": Verb("class", "check", _("Kept on"), ("rule", "due_on")),
    "proposal.asked": Verb("class", "flag", _("Asked the team lead to agree to giving up"), ("rule",)),
    "proposal.sent_back": Verb("class", "undo", _("The team lead sent it back"), ("rule",)),
    "proposal.lapsed": Verb("class", "info", _proposal_lapsed),
    "proposal.undone": Verb("class", "undo", _("Took a decision back"), ("rule", "due_on")),
    "promise.made": Verb("agreement", "flag", _promise_made),
    "promise.ended": Verb("agreement", "flag", _promise_ended),
    "promise.reopened": Verb("agreement", "flag", _promise_reopened),
    "appointment.made": Verb("agreement", "cal", _appointment_made),
    "appointment.confirmed": Verb("agreement", "check", _visit(_("Visit of %(when)s confirmed"))),
    "appointment.unconfirmed": Verb("agreement", "undo", _visit(_("Visit of %(when)s not confirmed after all"))),
    "appointment.ended": Verb("agreement", "cal", _appointment_ended),
    "task.given": Verb("agreement", "flag", _task(_("Task for %(person)s: %(purpose)s"))),
    "task.done": Verb("agreement", "check", _task(_("Task carried out: %(purpose)s")), ("result",)),
    "task.declined": Verb("agreement", "flag", _task(_("Task not carried out: %(purpose)s")), ("result",)),
    "task.withdrawn": Verb("agreement", "undo", _task(_("Task withdrawn: %(purpose)s")), ("result",)),
    "task.reopened": Verb("agreement", "refresh", _task(_("Task open again: %(purpose)s"))),
    "touch.saved": Verb("class", "step", _("Class moved with a note"), ("due_on",)),
    "touch.imported": Verb("note", "upload", _contacts_imported, ("due_on",)),
    "touch.undone": Verb("note", "undo", _("Took a note back")),
    "touch.corrected": Verb("note", "edit", _touch_corrected),
    "note.read": Verb("note", "book", _note_read, ("thumb", "comment")),
    "note.reading_taken_back": Verb("note", "undo", _note_reading_taken_back),
}

# What each field is called. A field that is not named here is never listed.
FIELDS: dict[str, Any] = {
    "name": _("name"),
    "kind": _("kind"),
    "short_name": _("short name"),
    "phones": _("phone"),
    "industry": _("industry"),
    "source_id": _("source"),
    "province": _("province"),
    "city": _("city"),
    "district": _("district"),
    "address": _("address"),
    "tags": _("tags"),
    "external_id": _("external id"),
    "referred_by_id": _("referred by"),
    "remarks": _("remarks"),
    "title": _("title"),
    "is_key_person": _("key person (KP)"),
    "decision_role": _("role in the decision"),
    "influence": _("influence"),
    "wechat": _("WeChat"),
    "email": _("e-mail"),
    "peers": _("what peers do"),
    "competitor_use": _("what they use at competitors"),
    "own_pages": _("their own posts and pages"),
    "search_presence": _("presence in search engines"),
    "market": _("industry news and market trend"),
    "due_on": _("due on"),
    "planned_on": _("planned on"),
    "last_effective_on": _("last effective contact"),
    "owner_id": _("owner"),
    "pool_id": _("pool"),
    "unit_id": _("unit"),
    "claimable_from": _("may be claimed from"),
    "conditions": _("confirmed"),
    "rule": _("because"),
    "thumb": _("thumb"),
    "comment": _("comment"),
    "result": _("what came of it"),
}
# Fields by which a stranger could reach the customer: masked while it lies in a pool.
REACHABLE_BY = frozenset({"phones", "wechat", "email"})
