"""The mail queue: what is sent with Django's mail API is stored in the database and handed to the mail server by
the worker. Nothing else belongs here; the texts of mails stand where they are sent."""
