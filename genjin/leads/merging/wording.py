"""What merging leads says."""

from django.utils.translation import gettext_lazy as _

from genjin.web.wording import register

register(
    {
        "lead_pair_is_one": _("Choose two leads at least."),
        "too_many_leads_to_merge": _("At most %(most)s leads are merged at once."),
        "lead_is_no_more_to_merge": _("%(name)s became a customer or part of another lead already."),
        "lead_merge_is_too_old": _("A merge can be taken back for %(days)s days."),
        "lead_taken_apart": _("A lead of its own again, after a merge was taken back"),
    }
)
