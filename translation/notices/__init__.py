"""Notices to translators, reviewers and editors: in the admin, by mail, as a digest."""
