"""The columns of an exported list.

What an import can read has the import's own title and a value the import reads back: an owner by sign-in, a class by
its code, a day in ISO form. Everything else has the list's title, and says what the list says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.reading import Viewer, field_of
from genjin.customers.columns import COLUMNS, Column
from genjin.customers.custom_columns import PREFIX, custom_columns
from genjin.customers.importing.fields import FIELDS
from genjin.customers.importing.people import MOST, PARTS, field_name
from genjin.customers.models import Customer
from genjin.web.fields.words import plain_value

Cell = str | int | None
Rows = Sequence[Sequence[Any]]  # plain values of a batch's customers, the primary key first
BETWEEN = "、"  # several phones or tags in one cell


class Beside(Protocol):
    """What stands in other tables: `owner`, `pool` … by key; of a batch's customers people, phones and tags."""

    def names(self, what: str) -> Mapping[int, str]: ...

    def people(self, number: int) -> Mapping[int, Mapping[str, str]]: ...

    def phones(self, of: str) -> Mapping[int, list[str]]: ...

    def tags(self) -> Mapping[int, list[str]]: ...


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column is worked out a batch at a time: what nobody of it has costs nothing. `field` names the import's field
    whose title it bears, "" for none; `needs` are fields of the customer that stand in a row from the given place on,
    and `asks` what it wants from other tables."""

    title: Any
    needs: tuple[str, ...]
    cells: Callable[[Rows, int, Beside], list[Cell]]
    field: str = ""
    asks: str = ""

    def heading(self) -> str:
        return own_title(self.field) if self.field else str(self.title)


def own_title(field: str) -> str:
    """What the import calls a field, in the reader's language: the first of its names that is in it."""
    names = next(one.names for one in FIELDS if one.name == field)
    english = (get_language() or "").startswith("en")
    return next((name for name in names if name.isascii() == english), names[0])


def _iso(value: date | None) -> str:
    return value.isoformat() if value is not None else ""


def _moment(value: datetime | None) -> str:
    """On the organisation's clock, to the minute."""
    return f"{value.astimezone(timezone.get_current_timezone()):%Y-%m-%d %H:%M}" if value is not None else ""


def _day_of(value: datetime | None) -> str:
    return f"{value.astimezone(timezone.get_current_timezone()):%Y-%m-%d}" if value is not None else ""


def _plain(name: str, *, field: str = "", title: Any = "", say: Callable[[Any], Cell] | None = None) -> ExportColumn:
    """A field of the customer as it stands, or said by `say`."""
    if say is None:
        return ExportColumn(title, (name,), lambda rows, at, _beside: [row[at] for row in rows], field)
    return ExportColumn(title, (name,), lambda rows, at, _beside: [say(row[at]) for row in rows], field)


def _related(name: str, what: str, *, field: str = "", title: Any = "") -> ExportColumn:
    def cells(rows: Rows, at: int, beside: Beside) -> list[Cell]:
        names = beside.names(what)
        return [names.get(row[at], "") for row in rows]

    return ExportColumn(title, (name,), cells, field, what)


def _of_person(number: int, part: str) -> ExportColumn:
    def cells(rows: Rows, _at: int, beside: Beside) -> list[Cell]:
        people = beside.people(number)
        return [people[row[0]][part] if row[0] in people else "" for row in rows] if people else [""] * len(rows)

    return ExportColumn("", (), cells, field_name(number, part), "people")


def _phones(of: str, field: str) -> ExportColumn:
    """Numbers of the customer ("own"), of all there ("every"), or of one person ("1")."""

    return ExportColumn("", (), lambda rows, _at, beside: _together(rows, beside.phones(of)), field, "phones")


def _together(rows: Rows, known: Mapping[int, list[str]]) -> list[Cell]:
    """What each customer has several of, each once, in one cell."""
    if not known:
        return [""] * len(rows)
    return [BETWEEN.join(dict.fromkeys(known[row[0]])) if row[0] in known else "" for row in rows]


def _listed(name: str) -> Any:
    return COLUMNS[name].label


# The word of each kind that every import understands, whatever the language.
_KINDS = {"org": "公司", "household": "家庭", "person": "个人"}
_KINDS_IN_ENGLISH = {"org": "company", "household": "household", "person": "person"}


def _kind(code: str) -> str:
    return (_KINDS_IN_ENGLISH if (get_language() or "").startswith("en") else _KINDS)[code]


def _closed_kind(code: str) -> str:
    return str(Customer.Closed(code).label) if code else ""


NAME = _plain("name", field="name")
PHONES, OWN_PHONES = _phones("every", "phones"), _phones("own", "phones")
PEOPLE = [
    _phones(str(number), field_name(number, part)) if part == "phones" else _of_person(number, part)
    for number in range(1, MOST + 1)
    for part in PARTS
]
CONTACT, CONTACT_TITLE, WECHAT, EMAIL = (_of_person(1, part) for part in ("name", "title", "wechat", "email"))
PROVINCE, CITY, DISTRICT = (_plain(name, field=name) for name in ("province", "city", "district"))
OWNER = _related("owner_id", "owner", field="owner")
CLASS = _plain("class_code", field="class")
PLANNED_ON = _plain("planned_on", field="planned_on", say=_iso)
LAST_EFFECTIVE_ON = _plain("last_effective_on", field="last_effective_on", say=_iso)
EXTERNAL_ID = _plain("external_id", field="external_id")
TAGS = ExportColumn("", (), lambda rows, _at, beside: _together(rows, beside.tags()), "tags", "tags")
KIND = _plain("kind", field="kind", say=_kind)
SOURCE = _related("source_id", "source", field="source")
SHORT_NAME, INDUSTRY, ADDRESS, REMARKS = (
    _plain(name, field=name) for name in ("short_name", "industry", "address", "remarks")
)

# Everything that an import reads: a list exported so comes in elsewhere as it was.
WHOLE = (
    EXTERNAL_ID, NAME, SHORT_NAME, KIND, OWN_PHONES, INDUSTRY, SOURCE, PROVINCE, CITY, DISTRICT, ADDRESS, TAGS, OWNER,
    CLASS, PLANNED_ON, LAST_EFFECTIVE_ON, REMARKS, *PEOPLE,
)  # fmt: skip

# What a column of a list becomes. What is not here is worked out from the whole customer, as the list does it.
OF_LIST: dict[str, tuple[ExportColumn, ...]] = {
    "class": (CLASS,), "name": (NAME,), "region": (PROVINCE, CITY, DISTRICT), "contact": (CONTACT,),
    "phone": (PHONES,), "next": (PLANNED_ON,), "owner": (OWNER,), "short_name": (SHORT_NAME,), "kind": (KIND,),
    "industry": (INDUSTRY,), "source": (SOURCE,), "province": (PROVINCE,), "city": (CITY,), "district": (DISTRICT,),
    "address": (ADDRESS,), "remarks": (REMARKS,), "external_id": (EXTERNAL_ID,), "tags": (TAGS,),
    "contact_title": (CONTACT_TITLE,), "planned_on": (PLANNED_ON,), "last_effective_on": (LAST_EFFECTIVE_ON,),
    "last_touch_at": (_plain("last_touch_at", title=_listed("last_touch_at"), say=_moment),),
    "last_note": (
        ExportColumn(
            _listed("last_note"), ("last_note", "closed_on", "closed_reason"),
            lambda rows, at, _beside: [row[at] if row[at + 1] is None else row[at + 2] for row in rows],
        ),
    ),
    "pool": (_related("pool_id", "pool", title=_listed("pool")),),
    "unit": (_related("unit_id", "unit", title=_listed("unit")),),
    "created_by": (_related("created_by_id", "person", title=_listed("created_by")),),
    "import": (_related("import_run_id", "import", title=_listed("import")),),
    "wechat": (WECHAT,), "email": (EMAIL,),
    "appointment_at": (_plain("appointment_at", title=_listed("appointment_at"), say=_moment),),
    "created_at": (_plain("created_at", title=_listed("created_at"), say=_day_of),),
    "closed_kind": (_plain("closed_kind", title=_listed("closed_kind"), say=_closed_kind),),
    "closed_reason": (_plain("closed_reason", title=_listed("closed_reason")),),
    # “Contacts” alone an import takes for those of a campaign.
    "attempts": (_plain("attempts", title=_("contacts in all")),),
    **{
        name: (_plain(name, title=_listed(name)),)
        for name in ("effective_contacts", "missed_in_row", "postponements")
    },
    **{
        name: (_plain(name, title=_listed(name), say=_iso),)
        for name in ("class_since", "due_on", "owned_since", "won_on", "closed_on")
    },
}  # fmt: skip

Chosen = ExportColumn | Column


def of_custom(column: Column, reader: Viewer) -> Chosen:
    """A custom field of a list, read without the whole customer where it can be. A colleague stands there by sign-in,
    as the import reads one; a phone is worked out with the list's mask."""
    field = field_of("customer", column.name.removeprefix(PREFIX), reader)
    if field is None or field.kind == "phone":
        return column
    code, is_person = field.code, field.kind == "person"

    def cells(rows: Rows, at: int, beside: Beside) -> list[Cell]:
        names = beside.names("owner") if is_person else {}
        return [in_words(plain_value(field, (row[at] or {}).get(code), names)) for row in rows]

    return ExportColumn(field.label, ("custom",), cells, asks="owner" if is_person else "")


def whole(reader: Viewer) -> list[Chosen]:
    """Everything that an import reads and this person sees."""
    return [*WHOLE, *(of_custom(column, reader) for column in custom_columns(reader))]


def of_list(columns: Iterable[Column], reader: Viewer) -> list[Chosen]:
    """What the columns of a list become in a file, each once."""
    found: dict[str, Chosen] = {}
    for column in columns:
        custom = (of_custom(column, reader),) if column.name.startswith(PREFIX) else (column,)
        for one in OF_LIST.get(column.name, custom):
            found.setdefault(heading(one), one)
    return list(found.values())


def heading(column: Chosen) -> str:
    return column.heading() if isinstance(column, ExportColumn) else str(column.label)


def in_words(value: Any) -> Cell:
    """What a column of a list answers, for a cell of a file."""
    if isinstance(value, datetime):
        return _moment(value.replace(tzinfo=value.tzinfo or UTC))
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)
