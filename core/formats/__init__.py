"""Date formats (FORMAT_MODULE_PATH) that Django lacks or has in another country's form.

The names of the months are in the message catalogues (see `months`).
"""
