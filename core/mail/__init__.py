"""The mail queue: mails sent with Django's API are stored in the database, and the worker hands them to the mail
server. The texts of mails belong to the code that sends them."""
