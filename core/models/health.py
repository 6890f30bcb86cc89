from django.db import models


class Heartbeat(models.Model):
    """When a process beside the server was last known to run, by its name (`core.health.heartbeats`)."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True
