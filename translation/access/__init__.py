"""Who may do what in which language: rights, permission policies, the middleware that guards requests."""
