"""What this app plugs into core: permissions, and that definitions are asked anew by every request and job."""

from django.core.signals import request_started

from genjin.core import permissions
from genjin.core.fields.reading import ask_again
from genjin.core.jobs.queue import queue

permissions.declare({"fields.change": {"owner"}, "fields.see": {"owner", "manager"}})

request_started.connect(ask_again, dispatch_uid="fields.ask_again")
queue.pre_execute("fields.ask_again")(lambda _task: ask_again())
