"""A list of leads as something that can be exported: its rows as the reader sees them, under the import's words."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from genjin.core.fields.reading import fields_of, people_named
from genjin.core.transfer.exports import ExportKind
from genjin.core.transfer.models import ExportRun
from genjin.core.transfer.sheets import Cells
from genjin.leads import listing
from genjin.leads.custom import KIND as SUBJECT
from genjin.leads.importing.fields import FIELDS_OF_LEADS
from genjin.leads.models import Lead
from genjin.web.fields.words import plain_value

TEXTS = ("company", "person_name", "title", "phone", "email", "wechat", "province", "city", "product", "wants")


def asked(person: Any, query: str) -> QuerySet[Lead]:
    """The leads of a list's address that somebody may see, in its order."""
    wanted = listing.read(QueryDict(query), person)
    rows = listing.rows_of(wanted, person, timezone.localdate())
    return rows.order_by(*(name.rstrip("!") for name in listing.ORDERS[wanted.view][wanted.sort]))


def title(person: Any, query: str) -> str:
    """Which leads they are, in words."""
    return _("Leads: %(view)s") % {"view": listing.VIEWS[listing.read(QueryDict(query), person).view]}


class LeadExporter:
    """See `core.transfer.exports.Exporter`. Of custom fields those that the person's role sees."""

    def __init__(self, run: ExportRun) -> None:
        self.leads = asked(run.by, run.query)
        self.fields = fields_of(SUBJECT, run.by)
        known = [str(field.label) for field in FIELDS_OF_LEADS]
        self.header = [
            *known,
            *(field.label for field in self.fields),
            _("Queue"),
            _("Unit"),
            _("Judgement"),
            _("Next push"),
            _("Attempts"),
            pgettext("lead", "Outcome"),
            _("Why it ended"),
            _("Number"),
        ]

    def keys(self) -> Iterator[int]:
        return self.leads.values_list("pk", flat=True).iterator(chunk_size=2000)

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        related = ("owner", "queue", "unit", "source")
        found = {row.pk: row for row in self.leads.filter(pk__in=list(keys)).select_related(*related)}
        names = people_named(self.fields, [row.custom for row in found.values()])
        for pk in keys:
            if pk in found:
                yield self._cells(found[pk], names)

    def _cells(self, row: Lead, names: dict[int, str]) -> Cells:
        texts = {name: getattr(row, name) for name in TEXTS} | {"phone": row.phone or row.phone_text}
        texts |= {
            "source": str(row.source or ""),
            "campaign": row.campaign,
            "owner": row.owner.name if row.owner else "",
            "arrived_on": timezone.localdate(row.arrived_at).isoformat(),
        }
        own = row.custom or {}
        return [
            *(texts[field.name] for field in FIELDS_OF_LEADS),
            *(plain_value(field, own.get(field.code), names) for field in self.fields),
            row.queue.name if row.queue else "",
            row.unit.name,
            str(row.get_judgement_display()) if row.judgement else "",
            row.push_on.isoformat() if row.push_on else "",
            row.pushes,
            str(row.get_outcome_display()) if row.outcome else "",
            row.ended_reason,
            row.pk,
        ]


KIND = ExportKind("lead", "leads.export", gettext_lazy("Leads"), LeadExporter, title)
