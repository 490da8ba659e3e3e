"""Every reaction of one app to what happens in another: event → handlers, run in this order in one transaction."""

REACTIONS: dict[type, list] = {}
