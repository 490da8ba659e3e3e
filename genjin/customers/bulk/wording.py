"""The words of runs over many customers: what was done, and why some were left, in one sentence or in one word."""

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from genjin.customers.bulk.models import BulkRun
from genjin.web import wording
from genjin.web.formats import number

Kind = BulkRun.Verb

DONE = {
    Kind.ASSIGN: ngettext_lazy("%(n)s customer assigned", "%(n)s customers assigned", "count"),
    Kind.DEAL: ngettext_lazy("%(n)s customer dealt out", "%(n)s customers dealt out", "count"),
    Kind.RELEASE: ngettext_lazy("%(n)s customer put into the pool", "%(n)s customers put into the pool", "count"),
    Kind.SHIFT: ngettext_lazy("%(n)s customer moved to the pool", "%(n)s customers moved to the pool", "count"),
    Kind.CLAIM: ngettext_lazy("%(n)s customer claimed", "%(n)s customers claimed", "count"),
    Kind.TAG: ngettext_lazy("%(n)s customer tagged anew", "%(n)s customers tagged anew", "count"),
    Kind.CLASS: ngettext_lazy("%(n)s customer moved", "%(n)s customers moved", "count"),
    Kind.FILL: ngettext_lazy("%(n)s customer filled in", "%(n)s customers filled in", "count"),
    Kind.PLAN: ngettext_lazy("%(n)s customer planned", "%(n)s customers planned", "count"),
    Kind.CLOSE: ngettext_lazy("%(n)s customer closed", "%(n)s customers closed", "count"),
    Kind.KEEP: ngettext_lazy("%(n)s customer kept or let go", "%(n)s customers kept or let go", "count"),
    Kind.PLAYBOOK: ngettext_lazy("Class of %(n)s customer mapped", "Classes of %(n)s customers mapped", "count"),
    Kind.RENEW: ngettext_lazy("%(n)s customer follows the version", "%(n)s customers follow the version", "count"),
    Kind.UNDO: ngettext_lazy("%(n)s customer given back", "%(n)s customers given back", "count"),
}  # fmt: skip


def done_in_words(run: BulkRun) -> str:
    """已分配 1,234 个客户，另有 12 个本来就是."""
    done = str(DONE[Kind(run.verb)] % {"count": run.changed, "n": number(run.changed)})
    if not run.unchanged:
        return done
    return gettext("%(done)s, %(n)s were so already") % {"done": done, "n": number(run.unchanged)}


# Why customers were left, short enough to stand over a list of them.
WHY = {
    "customer_is_closed": _("Closed"),
    "claim_it_first": _("Lie in a pool: claim them first"),
    "belongs_to_another": _("Belong to somebody else"),
    "pool_out_of_scope": _("Lie in a pool you cannot look into"),
    "stock_limit": _("The limit is reached"),
    "claimed_by_another": _("Somebody was faster"),
    "first_contacts_full": _("Nobody reaches more new ones in time"),
    "days_are_full": _("Nobody's days take more"),
    "claims_of_the_day": _("Enough claimed for today"),
    "locked_out": _("You let them go a few days ago"),
    "rests_until": _("Rest until a later day"),
    "not_administrator": _("Lie in a pool that you do not administer"),
    "lies_in_no_pool": _("Lie in no pool"),
    "touched_since": _("Changed since: kept as they are"),
    "owner_has_left": _("The former owner has left"),
    "no_longer_to_be_seen": _("No longer yours to see"),
    "reason_needed_past_cycle": _("Past the cycle: needs a reason"),
    "date_before_today": _("The day has passed"),
    "class_of_another_playbook": _("Work by another playbook"),
    "no_such_class": _("Their playbook has no such class"),
    "kept_needs_an_owner": _("Lie in a pool: nobody to keep them for"),
    "only_who_leads_keeps": _("Of a unit that you do not lead"),
    "cannot_hold_customers": _("Nobody there to hold them"),
    "role_only_reads": _("Your role only reads"),
}


def why_in_short(code: str) -> str:
    return str(WHY.get(code, _("Other reasons")))


def _stopped(by: str) -> str:
    return gettext("Stopped by %(by)s.") % {"by": by}


def _first_contacts_full(a_day: int, days: int, waiting: int) -> str:
    sentence = gettext(
        "%(waiting)s new customers wait for their first contact already; %(a_day)s a day in %(days)s working days can "
        "be reached in time."
    )
    return sentence % {"a_day": a_day, "days": days, "waiting": waiting}


def _too_old(days: int) -> str:
    sentence = ngettext(
        "It can be taken back for %(days)d day, which has passed.",
        "It can be taken back for %(days)d days, which have passed.",
        days,
    )
    return sentence % {"days": days}


wording.register(
    {
        "nobody_chosen": _("Choose at least one customer."),
        "no_longer_to_be_seen": _("This customer is no longer yours to see."),
        "first_contacts_full": _first_contacts_full,
        "days_are_full": _("The stock asks for %(load)s contacts a day, and %(slots)s are left besides new customers."),
        "nobody_to_deal_to": _("None of these colleagues can own customers."),
        "field_is_not_for_many": _("This field is changed one by one."),
        "class_of_another_playbook": _("It works by another playbook: class %(class_code)s is not one of its own."),
        "bulk_broke_off": _("Something went wrong; what was done stands. It can be carried on."),
        "bulk_run_stopped": _stopped,
        "bulk_run_is_at_work": _("It is still at work. Stop it first."),
        "bulk_run_is_too_old": _too_old,
        "bulk_run_goes_on": _("It goes on to its end, so that no unit is left half way between two playbooks."),
        "bulk_run_is_undone": _("It has been taken back, so it does not go on."),
        "bulk_run_of_another": _("A colleague began it."),
        "bulk_runner_has_left": _("%(person)s has left."),
    }
)
