"""What this app plugs into core: permissions, navigation, search, panels."""

from django.utils.translation import gettext_lazy as _

from genjin.core.transfer import kinds
from genjin.followups import importing
from genjin.followups.models import Appointment, Promise
from genjin.organization import holdings

kinds.add_fields("customer", importing.ADDITION)

holdings.register(
    holdings.Holding(
        "appointments",
        _("Appointments"),
        lambda person: Appointment.objects.open().filter(by=person).count(),
        order=20,
        follows=True,
    )
)
holdings.register(
    holdings.Holding(
        "promises",
        _("Promises"),
        lambda person: Promise.objects.open().filter(by=person).count(),
        order=30,
        follows=True,
    )
)
