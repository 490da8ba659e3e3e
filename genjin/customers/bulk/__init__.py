"""One verb for many customers: each done or refused on its own by the rules of one, with progress, stop and undo."""
