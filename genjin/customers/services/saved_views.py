"""Keeping lists: naming one, sharing, changing, deleting, pinning it; and how one likes a list's columns."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.saved.models import ListLayout, SavedView
from genjin.organization.models import Person

MOST = 100  # views of one person (ours): what nobody finds again is no view
NARROWEST, WIDEST = 40, 900  # pixels of a column
LONGEST = 8000
KEPT = ("name", "query", "share", "owner_id", "unit_id", "widths")
SHARING = {SavedView.Share.TEAM: "customers.share_views", SavedView.Share.ALL: "customers.share_views_with_all"}


@transaction.atomic
def save_view(
    *,
    name: str,
    query: str,
    share: str,
    pinned: bool,
    by: Person,
    at: datetime,
    widths: Mapping[str, int] | None = None,
) -> SavedView:
    """A list kept under a name. Refused: view_name_taken, too_many_views, view_too_long."""
    require(by, "customers.save_views")
    _require_sharing(share, by)
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise Refused("too_many_views", most=MOST)
    view = SavedView(
        name=_free_name(name, by),
        query=_short_enough(query),
        share=share,
        owner=by,
        unit=by.unit,
        widths=dict(widths or {}),
        made_at=at,
    )
    view.save(force_insert=True)
    if pinned:
        view.pinned_by.add(by)
    changes = {"name": [None, view.name], "query": [None, view.query], "share": [None, view.share]}
    record(by=by, at=at, verb="view.saved", kind="saved_view", subject=view.pk, changes=changes)
    return view


@transaction.atomic
def change_view(
    *, view: SavedView, by: Person, at: datetime, name: str | None = None, share: str | None = None,
    query: str | None = None,
    widths: Mapping[str, int] | None = None,
) -> SavedView:  # fmt: skip
    """Another name, other readers, another list: what is None stays."""
    view = _own(view, by)
    before = {"name": view.name, "share": view.share, "query": view.query, "widths": view.widths}
    if share is not None and share != view.share:
        _require_sharing(share, by)
        view.share, view.unit = share, by.unit
    if name is not None:
        view.name = _free_name(name, view.owner, besides=view.pk)
    if query is not None:
        view.query = _short_enough(query)
    if widths is not None:
        view.widths = dict(widths)
    after = {"name": view.name, "share": view.share, "query": view.query, "widths": view.widths}
    if after == before:
        return view
    view.save(update_fields=["name", "share", "unit", "query", "widths"])
    changes = changes_between(before, after)
    record(by=by, at=at, verb="view.changed", kind="saved_view", subject=view.pk, changes=changes)
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: Person, at: datetime) -> Entry:
    """The view goes; the record keeps all of it, so that it can be given back. Returns the record."""
    view = _own(view, by)
    layouts = ListLayout.objects.filter(of=f"saved-{view.pk}")
    stood = {field: getattr(view, field) for field in KEPT} | {
        "made_at": view.made_at.isoformat(),
        "pinned_by": sorted(view.pinned_by.values_list("pk", flat=True)),
        "layouts": [list(one) for one in layouts.order_by("pk").values_list("person", "columns", "widths")],
    }
    changes = {field: [value, None] for field, value in stood.items()}
    entry = record(by=by, at=at, verb="view.deleted", kind="saved_view", subject=view.pk, changes=changes)
    layouts.delete()
    view.delete()
    return entry


@transaction.atomic
def give_view_back(*, entry: Entry, by: Person, at: datetime) -> SavedView:
    """A view that one has deleted is there again as it was, under its own key, so that links to it lead there. Twice is
    once. Refused: cannot_be_undone, view_name_taken."""
    require(by, "customers.save_views")
    if entry.kind != "saved_view" or entry.verb != "view.deleted" or entry.by_id != by.pk:
        raise Refused("cannot_be_undone")
    there = SavedView.objects.filter(pk=entry.subject).first()
    if there is not None:
        return there
    stood = {field: pair[0] for field, pair in entry.changes.items()}
    owner = Person.objects.get(pk=stood["owner_id"])
    view = SavedView(pk=entry.subject, made_at=datetime.fromisoformat(stood["made_at"]))
    for field in KEPT:
        setattr(view, field, stood[field])
    _free_name(view.name, owner)
    view.save(force_insert=True)
    view.pinned_by.set(Person.objects.filter(pk__in=stood["pinned_by"]))
    ListLayout.objects.bulk_create(
        ListLayout(person_id=person, of=f"saved-{view.pk}", columns=columns, widths=widths)
        for person, columns, widths in stood["layouts"]
    )
    record(
        by=by, at=at, verb="view.given_back", kind="saved_view", subject=view.pk, changes={"name": [None, view.name]}
    )
    return view


@transaction.atomic
def pin_view(*, view: SavedView, pinned: bool, by: Person, at: datetime) -> None:
    """Whether the view stands among one's tabs. Everybody decides it for themselves."""
    if pinned == view.pinned_by.filter(pk=by.pk).exists():
        return
    if pinned:
        view.pinned_by.add(by)
    else:
        view.pinned_by.remove(by)
    verb = "view.pinned" if pinned else "view.unpinned"
    record(by=by, at=at, verb=verb, kind="saved_view", subject=view.pk)


@transaction.atomic
def choose_columns(*, of: str, columns: Iterable[str], by: Person, at: datetime) -> None:
    """The columns one wants in a shipped list from now on; none puts those back that it came with."""
    chosen = list(columns)
    layout, _made = ListLayout.objects.get_or_create(person=by, of=of)
    changes = {"columns": [layout.columns, chosen]}
    if layout.columns == chosen:
        return
    layout.columns = chosen
    layout.save(update_fields=["columns"])
    record(by=by, at=at, verb="columns.chosen", kind="list_layout", subject=layout.pk, changes=changes)


@transaction.atomic
def set_widths(*, of: str, widths: Mapping[str, int], by: Person) -> None:
    """How wide one has drawn the columns of a list, in pixels. No audit: it is nobody's business."""
    kept = {name: min(max(int(width), NARROWEST), WIDEST) for name, width in widths.items()}
    ListLayout.objects.update_or_create(person=by, of=of, defaults={"widths": kept})


def may_change(view: SavedView, person: Person) -> bool:
    """Its owner; and who sees everything may tidy up what others shared."""
    return view.owner_id == person.pk or (person.scope.everything and view.share != SavedView.Share.PRIVATE)


def _own(view: SavedView, by: Person) -> SavedView:
    """The view as it stands now, if this person may change it."""
    require(by, "customers.save_views")
    if not may_change(view, by):
        raise NotPermitted("view_of_another", name=view.name, person=view.owner.name)
    return SavedView.objects.select_for_update(of=("self",)).select_related("owner", "unit").get(pk=view.pk)


def _require_sharing(share: str, by: Person) -> None:
    if share in SHARING:
        require(by, SHARING[SavedView.Share(share)])


def _free_name(name: str, owner: Person, besides: int | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refused("view_needs_a_name")
    if SavedView.objects.filter(owner=owner, name=name).exclude(pk=besides or 0).exists():
        raise Refused("view_name_taken", name=name)
    return name


def _short_enough(query: str) -> str:
    if len(query) > LONGEST:
        raise Refused("view_too_long")
    return query
