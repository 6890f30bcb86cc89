"""The secret key of an authenticator app as a QR code to scan and as letters to type."""

from base64 import b32encode

import segno
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice


def qr_code(user: User, key: str) -> dict[str, str]:
    """Return `qr`, an SVG with the user's secret key as a data URI, and `key`, the same in base 32 in groups of
    four letters. The argument `key` is in hex."""
    address = TOTPDevice(user=user, key=key).config_url
    letters = b32encode(bytes.fromhex(key)).decode()
    return {
        "qr": segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="white"),
        "key": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
    }
