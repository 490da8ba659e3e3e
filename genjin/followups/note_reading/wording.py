"""Why something cannot be said about a note."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "own_note_is_not_read": _("This is your own note. Somebody who leads you reads it."),
        "imported_note_is_not_read": _("This contact came with an import; nobody here wrote it."),
        "reading_says_nothing": _("Choose a thumb or write a few words."),
        "thumb_unknown": _("There is no such thumb: %(thumb)s."),
        "comment_too_long": _("%(signs)s signs are too many; at most %(most)s."),
    }
)
