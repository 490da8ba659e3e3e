"""A condition of lists: whose number leads nowhere, by what was noted of the calls."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from genjin.customers.filters.catalogue import Field
from genjin.customers.filters.kinds import Flag
from genjin.followups.models import Touch

NO_SUCH_NUMBER, SWITCHED_OFF = "empty_number", "switched_off"  # chips of the shipped playbooks
TIMES_OFF = 3  # (ours) so often in a row nobody is reached, and the number was switched off among these


def unreachable() -> Q:
    """No such number was noted, or nobody was reached three times in a row with the number switched off; and nobody
    has been reached since."""
    later = Touch.objects.effective().filter(customer=OuterRef("customer"), at__gt=OuterRef("at"))
    missed = Touch.objects.standing().filter(~Exists(later), customer=OuterRef("pk"), is_effective=False)
    no_number = Q(missed_in_row__gt=0) & Exists(missed.filter(miss_reason=NO_SUCH_NUMBER))
    off = Q(missed_in_row__gte=TIMES_OFF) & Exists(missed.filter(miss_reason=SWITCHED_OFF))
    return no_number | off


FIELD = Field("unreachable", _("number leads nowhere"), Flag(unreachable), "people", 3)
