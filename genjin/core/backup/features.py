"""What this app plugs into core: permissions."""

from genjin.core import permissions

permissions.declare({"backup.keep": {"owner"}})
