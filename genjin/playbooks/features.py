"""What this app plugs into core and web: permissions, the sentences of its reasons, its page in the settings."""

from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.core.jobs.queue import queue
from genjin.organization import first_steps
from genjin.playbooks import plan_wording, wording  # noqa: F401  register the sentences
from genjin.playbooks.editions.current import ask_again
from genjin.playbooks.models import Adoption
from genjin.web.navigation import Place, register

permissions.declare({"playbooks.adopt": {"owner"}, "playbooks.change": {"owner"}})

# Which version of a playbook counts is asked once per request and job.
request_started.connect(ask_again, dispatch_uid="playbooks.ask_again")
queue.pre_execute("playbooks.ask_again")(lambda _task: ask_again())

register(
    Place(
        "playbooks",
        _("Playbooks"),
        "playbook_list",
        "step",
        30,
        within="settings",
        summary=_("Which unit works by which playbook: classes, cycles, stock, the day."),
    )
)

panels.register(
    panels.Panel(
        "unit",
        "unit_playbook",
        _("The playbook says which classes its customers have, how often each is contacted, and what a day holds."),
        permission="playbooks.adopt",
    )
)

first_steps.register(
    first_steps.Step(
        "playbook_list",
        _("Choose how you work"),
        _("The playbook says which classes customers have and how often each is contacted."),
        _("Choose a playbook"),
        is_done=lambda: Adoption.objects.exists(),
        order=10,
        permission="playbooks.adopt",
    )
)
