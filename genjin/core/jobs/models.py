"""What shows that the job worker lives."""

from django.db import models


class Heartbeat(models.Model):
    """The worker writes its line every half minute; `/healthz` reads it."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
