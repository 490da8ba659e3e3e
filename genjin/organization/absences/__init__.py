"""When somebody who works here is away: whole days and half days, which plans read."""
