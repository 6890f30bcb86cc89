"""Removal of personal metadata (people, places, devices, programs) from files of each format, and field files that
do so when a picture is stored. Those of documents, and the forms, are in `core.uploads`."""
