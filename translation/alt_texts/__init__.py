"""Alternative texts of images in each language, with drafts that a second person approves."""
