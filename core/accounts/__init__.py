"""The people who work in the admin: their passwords, e-mail addresses, sessions, and what happens when they leave.
Their rights are in `home.rights` and `translation.access`."""
