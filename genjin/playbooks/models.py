"""Which playbook a unit works by. The playbooks themselves are data (`*.yaml`), read by `schema.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Unit


class Adoption(models.Model):
    """A unit's playbook, with its number set and rhythm. A unit without one works by its parent's."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="adoption")
    playbook = models.CharField(_("playbook"), max_length=20)
    size = models.CharField(_("number set"), max_length=20, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.playbook}"


from genjin.playbooks.editions.models import Draft, Edition  # noqa: E402, F401  tables with a file of their own
