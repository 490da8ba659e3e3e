"""The reasons and refusals of mailboxes in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "mailbox_wrong_password": _("%(host)s does not take this user name and password."),
        "mailbox_no_folder": _("There is no folder %(name)s."),
        "mailbox_said_no": _("%(host)s refused to hand out the letters."),
        "mailbox_no_host": _("Write the name of the server alone, as imap.example.com."),
        "mailbox_not_plain": _("Without TLS only a server inside the company may be read (GENJIN_INSIDE_HOSTS)."),
        "mailbox_needs_password": _("Enter the password."),
        "mailbox_was_changed": _("Somebody changed this mailbox meanwhile. Look at it again before you save."),
        "mail_came_back": _("The letter came back: %(said)s"),
    }
)
