"""What tells whether the site works: probes for machines, the status screen for administrators, signs of life of
the processes beside the server, and free disk space. Mending something belongs elsewhere."""
