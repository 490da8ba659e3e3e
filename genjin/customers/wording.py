"""The customers' refusals in words."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from genjin.web import formats, wording


def _claimed_by_another(name: str, person: str) -> str:
    if person:
        return gettext("%(person)s was faster: %(name)s is no longer in the pool.") % {"name": name, "person": person}
    return gettext("%(name)s is no longer in the pool.") % {"name": name}


def _rests_until(name: str, on: str) -> str:
    sentence = gettext("%(name)s rests in the pool. It can be claimed from %(day)s on.")
    return sentence % {"name": name, "day": formats.day(on)}


def _locked_out(name: str, released_on: str, on: str, days: int) -> str:
    sentence = gettext("You let %(name)s go on %(released)s. You can claim it again from %(day)s on; others can now.")
    return sentence % {"name": name, "released": formats.day(released_on), "day": formats.day(on)}


def _claims_of_the_day(claimed: int, cap: int) -> str:
    sentence = ngettext(
        "You have claimed %(claimed)d customer today, and %(cap)d a day is the bound. Go on tomorrow.",
        "You have claimed %(claimed)d customers today, and %(cap)d a day is the bound. Go on tomorrow.",
        claimed,
    )
    return sentence % {"claimed": claimed, "cap": cap}


def _views_of_the_day(seen: int, cap: int) -> str:
    sentence = gettext(
        "You have opened %(seen)d unclaimed customers today, and %(cap)d a day is the bound. What suits you can still "
        "be claimed on the list; go on looking tomorrow."
    )
    return sentence % {"seen": seen, "cap": cap}


def _too_short(digits: int) -> str:
    sentence = ngettext(
        "A phone number is too short: %(digits)d digit.", "A phone number is too short: %(digits)d digits.", digits
    )
    return sentence % {"digits": digits}


def _too_long(digits: int) -> str:
    sentence = ngettext(
        "A phone number is too long: %(digits)d digit.", "A phone number is too long: %(digits)d digits.", digits
    )
    return sentence % {"digits": digits}


def rule_words() -> dict[str, Any]:
    """What each rule asks for by which two customers are one beyond doubt."""
    return {
        "phone_and_company": gettext("Same phone and same company name"),
        "address_and_company": gettext("Same e-mail or WeChat and same company name"),
        "phone_and_person": gettext("Same phone and same person, no company"),
        "address_and_person": gettext("Same e-mail or WeChat and same person, no company"),
    }


def left_to_a_person() -> dict[str, Any]:
    """Why a pair is not merged by itself."""
    return {
        "one_is_closed": gettext("one of them is closed"),
        "two_playbooks": gettext("they are worked by different playbooks"),
        "two_owners": gettext("they belong to different owners or pools"),
        "both_agreed_on_something": gettext("promises or appointments are open at both"),
        "taken_apart_before": gettext("somebody took them apart before"),
        "left_to_the_next_search": gettext("one of them is merged with a third first"),
    }


def phones(num: int) -> str:
    return ngettext("%(num)s phone", "%(num)s phones", num) % {"num": num}


def people(num: int) -> str:
    return ngettext("%(num)s contact person", "%(num)s contact people", num) % {"num": num}


wording.register(
    {
        "pair_is_one_customer": _("That is one and the same customer."),
        "merged_already": _("%(name)s is a closed duplicate already."),
        "not_people_of_one_customer": _("Choose two contact people of this customer at least."),
        "remarks_too_long_together": _(
            "The remarks have %(length)s characters together, %(longest)s is the bound. Take those of one."
        ),
        "merged_person_is_gone": _("Whom they were merged into was removed since: there is nobody to take apart."),
        "has_merged_people": _("its contact people were merged"),
        "no_such_duplicate_rule": _("There is no rule of this name."),
        "no_such_field_to_compare": _("There is no such custom field to compare."),
        "alert_out_of_bounds": _("Say a chance from %(least)s to %(most)s percent."),
        "merge_is_too_old": _("A merge can be taken back for %(days)s days."),
        "too_many_to_merge": _("At most %(most)s customers are merged at once."),
        "merged_into_another": _("%(name)s became part of %(into)s. Take the merge back instead."),
        "was_merged": _("merged with another customer"),
        "pair_is_of_others": _("Neither of the two is yours to see."),
        "role_only_reads": _("Your role may read this customer, not change it."),
        "claim_it_first": _("%(name)s lies in a pool. Claim it first."),
        "belongs_to_another": _("%(name)s belongs to somebody else. Its owner or a manager decides about it."),
        "customer_is_closed": _("%(name)s is closed. Reopen it first."),
        "changed_since": _("Somebody changed this customer while you were writing. What you typed is still here."),
        "person_out_of_scope": _("%(person)s does not belong to your units."),
        "pool_out_of_scope": _("%(name)s lies in a pool you cannot look into."),
        "rests_until": _rests_until,
        "not_administrator": _("%(name)s lies in a pool that you do not administer."),
        "own_pool_stays_open": _("A unit's own pool stays open to all of it. Make another one for chosen people."),
        "pool_needs_members": _("Choose at least one member or administrator, else nobody sees it."),
        "person_too_far_from_pool": _("%(person)s works in another part of the company and sees no pool of this unit."),
        "pool_is_not_empty": _("%(count)s customers lie in %(name)s. Deal them out or move them first."),
        "pool_is_closed": _("%(name)s is closed."),
        "pool_needs_a_name": _("Give the pool a name."),
        "pool_name_taken": _("The unit has a pool of this name already: %(name)s."),
        "pool_moves_by_its_leader": _("%(name)s is moved by who leads the unit or administers its pool."),
        "lies_in_no_pool": _("%(name)s lies in no pool."),
        "locked_out": _locked_out,
        "claims_of_the_day": _claims_of_the_day,
        "views_of_the_day": _views_of_the_day,
        "claimed_by_another": _claimed_by_another,
        "cannot_hold_customers": _("%(person)s cannot own customers."),
        "cannot_lend_to": _("It cannot be lent to %(person)s, who owns it already or has left."),
        "owner_or_pool": _("Say who owns the customer, or which pool it goes into."),
        "no_such_class": _("This unit's playbook has no class %(class_code)s."),
        "class_closes_the_customer": _("Class %(class_code)s closes a customer. Choose another one to begin with."),
        "no_such_condition": _("There is nothing of this kind to confirm."),
        "class_move_needs_a_reason": _("Say why the class changes."),
        "closing_needs_a_reason": _("Say why it is closed."),
        "releasing_needs_a_reason": _("Say why it goes into the pool."),
        "cannot_be_undone": _("This cannot be taken back."),
        "touched_since": _("%(name)s was changed in the meantime, so this can no longer be taken back."),
        "owner_has_left": _("The former owner of %(name)s has left."),
        "name_finds_too_many": _(
            "More than %(most)s are found by this name. Write more of it, or add a condition, to work all at once."
        ),
        "view_name_taken": _("You have a view of this name already: %(name)s."),
        "view_needs_a_name": _("Give the view a name."),
        "too_many_views": _("Nobody keeps more than %(most)s views. Delete some first."),
        "view_too_long": _("This list has too many conditions to be kept."),
        "view_of_another": _("%(name)s is the view of %(person)s. Save the list under a name of your own."),
        "source_name_taken": _("This source channel exists already: %(name)s."),
        "phone_is_known": _("This phone number is known already. Look below, or tick “create anyway”."),
        "phone_too_short": _too_short,
        "phone_too_long": _too_long,
        "phone_has_text": _("A phone number has text in it. Write digits only."),
        "phone_is_masked": _("A phone number is masked with stars. Write all its digits."),
        "phone_lost_digits": _("A spreadsheet has rounded this phone number. Write all its digits."),
        "phone_unknown": _("There is no such phone number."),
    }
)
