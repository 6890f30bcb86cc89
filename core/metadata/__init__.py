"""Removal of personal metadata (people, places, devices, programs) from files of each format. Uploaded files are
cleaned in `core.uploads`, before they are stored."""
