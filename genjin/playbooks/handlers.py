"""What playbooks do when something happens to units."""

from genjin.organization.events import UnitChanged
from genjin.playbooks.services import tell_units_working_by


def follow_new_parent(event: UnitChanged) -> None:
    """A unit that was moved may inherit another playbook now."""
    if "parent" in event.changes:
        tell_units_working_by(event.unit, by=event.by, at=event.at)
