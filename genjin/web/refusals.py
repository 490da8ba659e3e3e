"""The refusals of core in words; every app words its own beside its services."""

from django.utils.translation import gettext_lazy as _

from genjin.web import wording

wording.register(
    {
        "role_lacks_permission": lambda verb: _("Your role may not do this. Ask your manager."),
        "machine_disk_is_full": _("The disk is full: nothing can be saved until somebody makes room on the server."),
        "machine_folder_is_read_only": _(
            "The data folder cannot be written: on the server its permissions must be mended."
        ),
        "machine_is_busy": _("Somebody else has been writing for a long time. Try again in a moment."),
        "machine_disk_fails": _("The server's disk reports an error: it must be looked at before more is saved."),
        "machine_rows_are_damaged": _("The database file is damaged: stop Genjin and restore the last backup."),
        "machine_queue_is_away": _(
            "The job queue (Redis) cannot be reached. What runs in the background waits for it."
        ),
        "machine_database_is_away": _("The database cannot be reached. It goes on as soon as it is back."),
    }
)
