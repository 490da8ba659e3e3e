"""The organisation's refusals in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "person_outside_your_units": _("This colleague does not belong to your units."),
        "person_ranks_above_you": _("Only an owner may change an owner."),
        "unit_outside_yours": _("This unit lies outside your own."),
        "role_above_your_own": _("You cannot give a role above your own."),
        "not_your_own_role": _("Nobody changes their own role. Ask another owner or your manager."),
        "last_owner_stays_owner": _("This is the last owner. Make somebody else owner first."),
        "reader_still_holds": _("Who only reads cannot hold customers. There are still %(count)s to hand over."),
        "person_left_already": _("This colleague has left already."),
        "not_yourself": _("Nobody deactivates themselves. Ask another owner or your manager."),
        "last_owner_stays": _("This is the last owner. Make somebody else owner first, then this one can leave."),
        "receiver_is_the_leaver": _("%(name)s is leaving and cannot take anything on."),
        "receiver_outside_your_units": _("Hand over to somebody in your units."),
        "receiver_has_left": _("%(name)s has left and cannot take on customers."),
        "receiver_only_reads": _("%(name)s may only read and cannot take on customers."),
        "hand_over_to_nobody": _("Say who takes over."),
        "root_stays_root": _("The topmost unit stays on top."),
        "one_root_only": _("There is one topmost unit. Choose where this one belongs."),
        "unit_below_itself": _("A unit cannot lie below itself."),
        "six_day_monday_missing": _("Say one Monday that begins a six-day week."),
        "six_day_from_is_no_monday": _("%(day)s is not a Monday."),
        "shift_ends_before_it_begins": _("The shift ends before it begins."),
        "unit_name_taken": _("There is already a unit named %(name)s here."),
        "sign_in_taken": _("The sign-in %(sign_in)s is taken."),
        "person_has_left": _("This colleague has left and gets no sign-in link."),
        "person_works_here": _("This colleague works here already."),
        "own_password_in_own_settings": _("Change your own password under “My settings”."),
        "link_unknown": _("This link is not valid. Ask your manager for a new one."),
        "link_used": _("This link has been used. Sign in with your password, or ask your manager for a new link."),
        "link_expired": _("This link has expired. Ask your manager for a new one."),
        "calendar_day_there_already": _("%(on)s is in the calendar already."),
        "calendar_days_too_many": _("From one to %(longest)s days at once, forward."),
        "backup_key_is_wrong": _(
            "%(file)s cannot be opened: the key (GENJIN_BACKUP_KEY) is another one, or the file was changed."
        ),
        "backup_needs_a_key": _("%(file)s is encrypted: set GENJIN_BACKUP_KEY to the key it was made with."),
        "backup_is_broken": _(
            "%(file)s is no whole backup of Genjin: it is cut off, was changed, or is something else."
        ),
        "backup_is_newer": _("%(file)s was made by a newer Genjin (%(version)s): restore it with that version."),
        "backup_is_being_made": _("A backup is being made already."),
        "backup_folder_cannot_be_written": _("The backup folder %(folder)s cannot be written: %(said)s."),
        "postgresql_program_missing": _("%(program)s is not installed: apt install postgresql-client."),
        "postgresql_program_failed": _("%(program)s failed: %(said)s"),
        "already_begun": _("This installation has its owner already. Sign in."),
    }
)
