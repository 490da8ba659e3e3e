"""What happens to playbooks, told to the apps to the right."""

from dataclasses import dataclass
from datetime import datetime

from genjin.organization.models import Person, Unit


@dataclass(frozen=True, slots=True)
class PlaybookAdopted:
    """A unit works by another playbook from now on. `units` are the keys of all it concerns, the unit itself first:
    those that inherit it, too."""

    unit: Unit
    units: tuple[int, ...]
    by: Person
    at: datetime
