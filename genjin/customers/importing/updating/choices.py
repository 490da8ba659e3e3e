"""How a person wants a file to meet the customers that are there: by what they are told, and what may be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.customers.importing.fields import CLASS, EXTERNAL_ID, LAST_EFFECTIVE_ON, NAME, OWNER, PHONES, PLANNED_ON

CREATE, UPDATE, UPDATE_ONLY = "create", "update", "update_only"
MODES = (
    (CREATE, _("Create new customers only")),
    (UPDATE, _("Update who is there, create the others")),
    (UPDATE_ONLY, _("Update who is there, create nobody")),
)

BY_PHONE, BY_EXTERNAL_ID, BY_NAME_AND_CITY = "phone", "external_id", "name_city"
KEYS = ((BY_PHONE, _("phone")), (BY_EXTERNAL_ID, _("external id")), (BY_NAME_AND_CITY, _("name and city")))
KEY_COLUMNS = {BY_PHONE: (PHONES,), BY_EXTERNAL_ID: (EXTERNAL_ID,), BY_NAME_AND_CITY: (NAME,)}

FILL, OVERWRITE, LEAVE = "fill", "overwrite", "leave"
RULES = ((FILL, _("fill empty")), (OVERWRITE, _("overwrite")), (LEAVE, _("do not touch")))

# Whose it is, its class and its days are the team's own work: a file moves them only when somebody says so.
LEFT_UNLESS_CHOSEN = frozenset({OWNER, CLASS, PLANNED_ON, LAST_EFFECTIVE_ON})


@dataclass(frozen=True, slots=True)
class UpdateChoices:
    """The mode, the business key, and for each field one of the three rules."""

    mode: str = CREATE
    key: str = BY_PHONE
    rules: Mapping[str, str] | None = None

    @property
    def updates(self) -> bool:
        return self.mode != CREATE

    def rule(self, field: str) -> str:
        """What the file may do to this field of a customer that is there."""
        return (self.rules or {}).get(field) or (LEAVE if field in LEFT_UNLESS_CHOSEN else FILL)


def choices_in(options: Mapping[str, Any]) -> UpdateChoices:
    """The choices kept in a run's options; what names nothing is as if nothing were chosen."""
    mode, key = options.get("mode"), options.get("key")
    rules = {field: rule for field, rule in (options.get("rules") or {}).items() if rule in (FILL, OVERWRITE, LEAVE)}
    return UpdateChoices(
        mode if mode in (UPDATE, UPDATE_ONLY) else CREATE, key if key in KEY_COLUMNS else BY_PHONE, rules
    )
