"""Monitoring: probes for machines, metrics, the status screen for administrators, heartbeats of the worker and the
scheduler, and free disk space. Repairing something does not belong here."""
