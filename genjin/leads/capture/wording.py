"""The reasons and refusals of capture forms in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "form_reaches_nobody": _("Ask for a phone, an e-mail or WeChat: otherwise nobody can be answered."),
        "form_asks_twice": _("Each field stands in a form once."),
        "form_asks_unknown": _("There is no field %(name)s."),
        "form_label_too_long": _("A label has at most %(most)s characters."),
        "form_choices_too_many": _("At most %(most)s choices, each as long as its field."),
        "form_no_origin": _("%(text)s is no website. Write it as https://www.example.com."),
        "form_origins_too_many": _("At most %(most)s websites."),
        "form_redirect_not_https": _("The page of thanks begins with https://."),
        "form_days_reversed": _("The last day lies before the first."),
        "form_queue_elsewhere": _("This queue belongs to another unit."),
        "form_was_changed": _("Somebody changed this form meanwhile. Look at it again before you save."),
        "suspect_is_decided": _("This was decided already."),
        "spam_trap": _("a field that people do not see was filled in"),
        "spam_quick": _("sent sooner than anybody types"),
        "spam_links": _("full of links"),
    }
)
