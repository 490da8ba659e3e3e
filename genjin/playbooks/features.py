"""What this app plugs into core and web: permissions, the sentences of its reasons."""

from genjin.core import permissions
from genjin.playbooks import wording  # noqa: F401  registers the sentences

permissions.declare({"playbooks.adopt": {"owner"}})
