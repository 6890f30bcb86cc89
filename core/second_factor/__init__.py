"""The second factor: who needs one, how a session gets it, and the screens to set it up, use and reset it.

A password alone opens a session whose user is anonymous to every view (`session.SecondFactorMiddleware`), whatever
log-in it was typed into. The devices are those of django-otp (authenticator app, recovery codes) and of
django-otp-webauthn (passkeys). A person's first device is added only after a link that was mailed to them, or that
the command `reset_second_factor` printed, so that a password alone does not set one up.
"""
