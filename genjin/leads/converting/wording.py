"""What conversion says, in words."""

from django.utils.translation import gettext_lazy as _

from genjin.leads import history
from genjin.web import wording

wording.register(
    {
        "planned_from_lead": _("Was a lead of %(by)s: %(text)s"),
        "lead_passed_to_owner": _("%(person)s: %(customer)s is your customer"),
        "lead_converted_by": _("%(person)s was faster: %(name)s is a customer."),
        "customer_out_of_sight": _("%(name)s is not among the customers you see."),
        "customer_has_no_owner": _("%(name)s belongs to nobody who works here."),
        "conversion_of_another": _("Taken back by who did it, or by who leads the unit: %(name)s"),
        "conversion_is_too_old": _("%(name)s became a customer more than a day ago. That stays."),
        "conversion_undo_merge_first": _("%(name)s became part of %(into)s. Take the two apart first."),
        "customer_was_changed": _("was changed"),
    }
)

history.register_verbs(
    {
        "lead.converted": ("check", _("Became a customer")),
        "lead.conversion_undone": ("undo", _("A lead again")),
    }
)
