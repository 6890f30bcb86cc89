"""Images and documents: renditions, how files are stored and served, who may see and change them, and free disk
space. Forms and uploads are in `core.uploads`, the publishing checks on pages that show files in
`core.publishing`."""
