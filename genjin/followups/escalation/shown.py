"""A digest as its reader sees it: sentences, the first names, and where each line leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.followups.escalation.models import Delivery, Digest
from genjin.followups.escalation.other_lines import place_of
from genjin.organization.models import Person
from genjin.web.wording import word

# Where a line leads: the name of an address with what it is asked for.
LEADS_TO = {
    "digest_overdue": ("escalation_list", (), "?mine=1"),
    "digest_may_change_hands": ("escalation_list", (), "?mine=1&rung=reassign"),
    "digest_promises": ("today_figure", ("promises",), ""),
    "digest_appointments": ("today_figure", ("appointments",), ""),
    "digest_lead": ("escalation", (), ""),
    "digest_reassign": ("escalation_list", (), "?rung=reassign"),
    "digest_region": ("escalation_list", (), "?rung=region"),
    "digest_recycled": ("recycle_list", (), ""),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`first`: keys and names of the customers it names."""

    reason: Reason
    first: list[tuple[int, str]]
    address: str

    @property
    def more(self) -> bool:
        """Whether more stand behind it than are named."""
        return bool(self.first) and int(self.reason.figures["count"]) > len(self.first)


@dataclass(frozen=True, slots=True)
class ShownDigest:
    digest: Digest
    lines: list[ShownLine]

    @property
    def letter(self) -> str:
        """What became of its letter, where it needs a word: not sent, and why."""
        delivery = getattr(self.digest, "delivery", None)
        if delivery is None or delivery.state == Delivery.State.SENT or not delivery.answer:
            return ""
        return word(delivery.answer)


def shown_digests(digests: Iterable[Digest], reader: Person) -> list[ShownDigest]:
    """Customers are named as far as the reader may see them now; one question for all."""
    digests = list(digests)
    keys = {pk for digest in digests for line in digest.lines for pk in line["first"]}
    names = dict(Customer.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [ShownDigest(digest, [_line(line, names) for line in digest.lines]) for digest in digests]


def _line(line: dict, names: dict[int, str]) -> ShownLine:
    code = line["code"]
    url_name, args, asked = LEADS_TO[code] if code in LEADS_TO else place_of(code)
    return ShownLine(
        reason=Reason(line["code"], line["figures"]),
        first=[(pk, names[pk]) for pk in line["first"] if pk in names],
        address=reverse(url_name, args=args) + asked,
    )
