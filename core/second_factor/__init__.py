"""Two-factor authentication: who needs it, how a session gets verified, and the screens to set it up, use and
reset it.

After a log-in with a password alone, the user of the session is anonymous to every view
(`session.SecondFactorMiddleware`). Devices are models of django-otp (authenticator app, recovery codes) and
django-otp-webauthn (passkeys). A user's first device can be added only after opening a link that was mailed to
them or printed by the command `reset_second_factor`, so that the password alone is not enough to set one up.
"""
