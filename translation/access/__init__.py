"""Who may do what in which language: rights, permission policies, what each user sees. The checks of requests are
in `translation.guard`."""
