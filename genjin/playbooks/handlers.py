"""What playbooks do when something happens to units."""

from genjin.organization.events import UnitChanged
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import playbook_for, tell_units_working_by


def follow_new_parent(event: UnitChanged) -> None:
    """A unit that was moved may inherit another playbook now."""
    if "parent" in event.changes and not Adoption.objects.filter(unit=event.unit).exists():
        before = playbook_for(event.changes["parent"][0]).code
        tell_units_working_by(event.unit, before=before, by=event.by, at=event.at)
