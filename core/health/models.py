from django.db import models


class Heartbeat(models.Model):
    """The time at which a process beside the web server was last known to run (`core.health.heartbeats`)."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True
