"""What happens to playbooks, told to the apps to the right."""

from dataclasses import dataclass
from datetime import datetime

from genjin.organization.models import Person, Unit
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.schema import Playbook


@dataclass(frozen=True, slots=True)
class PlaybookAdopted:
    """A unit works by another playbook from now on. `units` are the keys of all it concerns, the unit itself first:
    those that inherit it, too."""

    unit: Unit
    units: tuple[int, ...]
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class EditionTookEffect:
    """A playbook was changed. What every unit that works by it has had `before`, and has `after`."""

    edition: Edition
    before: Playbook
    after: Playbook
    by: Person
    at: datetime
