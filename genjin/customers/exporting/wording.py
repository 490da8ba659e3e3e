"""What an export says, in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web.wording import register

register(
    {
        "may_not_export": _(
            "Your role exports no customers. Whom it is open to is set on the server (GENJIN_EXPORT_ROLES)."
        ),
        "export_format_unknown": _("“%(format)s” is no kind of file that can be written: choose csv or xlsx."),
        "export_is_gone": _("This file is there no more. Export the list again."),
        "export_was_stopped": _("It was stopped; there is no file."),
        "export_broke_off": _("The export broke off; there is no file. Export the list again."),
        "export_was_cut": _(
            "A worksheet ends after 1,048,576 rows: %(left_out)s customers are not in it. As CSV all of them fit."
        ),
        "export_is_empty": _("There is nobody on this list: nothing to export."),
    }
)
