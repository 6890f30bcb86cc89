"""Images and documents: renditions, how files are stored and served, and who may see them. The publishing checks
on pages that show files are in `core.publishing`."""
