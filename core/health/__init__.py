"""Monitoring: probes for machines, metrics, the status screen for administrators, and heartbeats of the worker and
the scheduler. Repairing something does not belong here."""
