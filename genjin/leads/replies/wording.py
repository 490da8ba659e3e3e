"""The reasons and refusals of automatic replies in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "reply_names_unknown": _("There is nothing called %(name)s to put in."),
        "reply_braces_left": _("A pair of braces is not whole: write {{ person }} or {{ person|friend }}."),
        "reply_too_long": _("At most %(most)s characters."),
        "reply_needs_a_subject": _("A letter needs a subject."),
        "reply_rule_was_changed": _("Somebody changed this rule meanwhile. Look at it again before you save."),
        "reply_unwanted": _("Not sent: whoever this is asked for no such letters."),
        "reply_unsure": _("It may have arrived: the program ended while it was sending, so it is not sent again."),
        "mail_is_off": _("Not sent: the server has no mail settings (GENJIN_MAIL)."),
        "sms_no_gateway": _("Not sent: no provider of SMS is switched on."),
        "sms_only_logged": _("Written into the log only."),
        "sms_needs_a_template": _("Not sent: this provider wants the code of a template."),
        "sms_refused": _("The provider did not take it (%(status)s): %(said)s"),
        "sms_taken": _("The provider took it: %(said)s"),
        "sms_needs_an_address": _("Write the address of the webhook."),
        "sms_needs_keys": _("Aliyun needs the AccessKey ID, its secret and a signature."),
        "opt_out_of_nothing": _("This is neither a phone number nor an e-mail address."),
    }
)
