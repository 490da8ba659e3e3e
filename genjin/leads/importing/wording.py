"""What an import of leads says of its file and rows."""

from django.utils.translation import gettext_lazy as _

from genjin.web.wording import register

register(
    {
        "lead_says_nobody": _("Says nobody: write at least a company, a name, a phone, an e-mail or a WeChat"),
        "lead_columns_say_nobody": _("No column says whom a row is about: company, name, phone, e-mail or WeChat."),
        "lead_email_unreadable": _("“%(text)s” is no e-mail address"),
    }
)
