"""Changing a playbook: a draft of one's own, and putting it into effect as the next version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.models import Person, Unit
from genjin.playbooks.editions import current
from genjin.playbooks.editions.canonical import as_plain, faults_of, from_plain
from genjin.playbooks.editions.customers import standing_in
from genjin.playbooks.editions.differences import differences
from genjin.playbooks.editions.merging import Merged, Side, merged
from genjin.playbooks.editions.models import Draft, Edition
from genjin.playbooks.events import EditionTookEffect
from genjin.playbooks.models import Adoption
from genjin.playbooks.schema import Playbook, shipped

VERB = "playbooks.change"
TOLD = 100  # differences named in the audit trail; the versions themselves are kept whole


def version(playbook: str, number: int) -> Playbook:
    """A version as it was; 0 is the shipped file. Refused where there is none."""
    if playbook in shipped() and number == 0:
        return shipped()[playbook]
    kept = Edition.objects.filter(playbook=playbook, number=number).first()
    if kept is None:
        raise Refused("no_such_edition", number=number)
    return content_of(kept)


def content_of(edition: Edition) -> Playbook:
    """The playbook that a version is."""
    return shipped()[edition.playbook] if edition.content is None else from_plain(edition.content)


@transaction.atomic
def begin_draft(*, playbook: str, number: int | None = None, by: Person, at: datetime) -> Draft:
    """Begin with a version, the current one where none is named; a draft one had is replaced."""
    require(by, VERB)
    content = current.current()[playbook] if number is None else version(playbook, number)
    return _keep(playbook, content, current.number_of(playbook), by, at)


@transaction.atomic
def change_draft(*, playbook: str, content: Playbook, by: Person, at: datetime, made_from: int | None = None) -> Draft:
    """Keep what a playbook shall become. Where one had no draft it was begun from the version `made_from`, which is the
    current one where none is named."""
    require(by, VERB)
    if content.code != playbook:
        raise Refused("draft_of_another_playbook", playbook=content.code, wanted=playbook)
    held = Draft.objects.filter(person=by, playbook=playbook).first()
    begun_from = current.number_of(playbook) if made_from is None else made_from
    return _keep(playbook, content, held.made_from if held else begun_from, by, at)


def is_outdated(draft: Draft) -> bool:
    """Whether somebody has made another version since the draft was begun."""
    return draft.made_from != current.number_of(draft.playbook)


def carried_over(draft: Draft, chosen: Mapping[str, Side] | None = None) -> Merged:
    """A draft brought together with the version that is current by now."""
    base = as_plain(version(draft.playbook, draft.made_from))
    mine, theirs = as_plain(from_plain(draft.content)), as_plain(current.current()[draft.playbook])
    return merged(base, mine, theirs, chosen)


@transaction.atomic
def carry_draft_over(
    *, playbook: str, number: int, chosen: Mapping[str, Side], by: Person, at: datetime
) -> Draft | None:
    """Go on with one's draft upon the current version, which is `number` as far as one saw.

    Refused while a place that both changed is not decided, or when there is one more version by now: nothing is lost.
    """
    require(by, VERB)
    draft = Draft.objects.select_for_update().filter(person=by, playbook=playbook).first()
    if draft is None or not is_outdated(draft):
        return draft
    if number != current.number_of(playbook):
        raise _outdated(draft)
    found = carried_over(draft, chosen)
    waiting = [each for each in found.clashes if each.place not in chosen]
    if waiting:
        raise Refused("draft_clashes", count=len(waiting))
    return _keep(playbook, from_plain(found.content), number, by, at)


def _keep(playbook: str, content: Playbook, made_from: int, by: Person, at: datetime) -> Draft:
    kept = {"made_from": made_from, "content": as_plain(content), "changed_at": at}
    return Draft.objects.update_or_create(person=by, playbook=playbook, defaults=kept)[0]


@transaction.atomic
def discard_draft(*, playbook: str, by: Person) -> None:
    """Throw one's draft away. Nobody has worked by it, so nothing is on record."""
    require(by, VERB)
    Draft.objects.filter(person=by, playbook=playbook).delete()


@transaction.atomic
def put_into_effect(*, draft: Draft, note: str, dates_too: bool = False, by: Person, at: datetime) -> Edition:
    """Make a draft the current version, from the next request of every process on.

    `dates_too`: the dates of today's customers follow the new cycles from the same contact, in a job; else only what is
    set from now on. Refused: contradictions in it, no change, no note, a version that somebody else has made since, a
    class left out in which customers stand, a number set or rhythm left out by which a unit works.
    """
    require(by, VERB)
    held = current.current()[draft.playbook]
    wanted = from_plain(draft.content)
    _refuse_if_unfit(draft, held, wanted, note)
    as_shipped = as_plain(wanted) == as_plain(shipped()[draft.playbook])
    made = Edition(
        playbook=draft.playbook,
        number=draft.made_from + 1,
        content=None if as_shipped else as_plain(wanted),
        made_from=draft.made_from,
        dates_too=dates_too,
        note=note.strip()[:200],
        made_by=by,
        made_at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as somebody_was_faster:
        raise _outdated(draft) from somebody_was_faster
    current.know((made.pk, made.made_at))
    changes = {each.place: [each.before, each.after] for each in differences(held, wanted)[:TOLD]}
    changes["version"] = [draft.made_from, made.number]
    record(by=by, at=at, verb="playbook_changed", kind="playbook", subject=made.pk, changes=changes, note=made.note)
    Draft.objects.filter(pk=draft.pk).delete()
    try:
        emit(EditionTookEffect(edition=made, before=held, after=wanted, by=by, at=at))
    except Exception:
        current.ask_again()  # the version is rolled back with everything else
        raise
    return made


def _refuse_if_unfit(draft: Draft, held: Playbook, wanted: Playbook, note: str) -> None:
    if not note.strip():
        raise Refused("edition_needs_a_note")
    if current.number_of(draft.playbook) != draft.made_from:
        raise _outdated(draft)
    for each in faults_of(wanted):
        raise Refused("playbook_contradicts_itself", place=each.place, what=each.what.in_words())
    if as_plain(held) == as_plain(wanted):
        raise Refused("edition_changes_nothing")
    lost = lost_classes(held, wanted)
    for code, count in standing_in(draft.playbook, lost).items():
        raise Refused("class_in_use", playbook=draft.playbook, class_code=code, count=count)
    for unit, code in units_without(wanted):
        raise Refused("number_set_in_use", unit=unit.name, choice=code)


def lost_classes(held: Playbook, wanted: Playbook) -> list[str]:
    """Classes that are left out, and of which it is not said what their customers become."""
    kept = {entry.code for entry in wanted.classes} | set(wanted.retired)
    return [entry.code for entry in held.classes if entry.code not in kept]


def units_without(wanted: Playbook) -> list[tuple[Unit, str]]:
    """Units that adopted a number set or a rhythm which the playbook no longer has, with its code."""
    sizes, rhythms = ({each.code for each in part} | {""} for part in (wanted.sizes, wanted.rhythms))
    adopted = Adoption.objects.filter(playbook=wanted.code).select_related("unit").order_by("unit")
    return [
        (each.unit, each.size if each.size not in sizes else each.rhythm)
        for each in adopted
        if each.size not in sizes or each.rhythm not in rhythms
    ]


def _outdated(draft: Draft) -> Refused:
    newer = Edition.objects.filter(playbook=draft.playbook, number__gt=draft.made_from).select_related("made_by")
    made = newer.order_by("-number").first()
    assert made is not None
    return Refused("edition_outdated", number=made.number, by=made.made_by.name, at=made.made_at.isoformat())
