"""What happens to playbooks, told to the apps to the right."""

from dataclasses import dataclass
from datetime import datetime

from genjin.organization.models import Person, Unit


@dataclass(frozen=True, slots=True)
class PlaybookAdopted:
    """A unit works by a playbook from now on. Told for each unit that it concerns, those that inherit it too."""

    unit: Unit
    by: Person
    at: datetime
