#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.local")
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    from core.outages.breaker import in_one_line
    from core.outages.errors import is_outage

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError) as error:
        if not is_outage(error):
            raise
        sys.exit(f"PostgreSQL does not answer: {in_one_line(error)}")
