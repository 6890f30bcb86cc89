"""Removal of personal metadata (people, places, devices, programs) from uploaded files before they are stored. Who
may see a file, and how files are served, is in `core.media`."""
