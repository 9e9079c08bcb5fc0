"""Sign-in attempts: what the lock-out counts and the security log shows."""

from django.db import models
from typing_extensions import override

from feidi.kernel.identity.enums import SignInMethod


class SignInAttempt(models.Model):
    """One attempt to sign in. Kept for at least six months (等保二级); never holds a password or code.

    ``login`` is the account's; of a phone that nobody has, ``sms:`` and part of its blind index.
    """

    login = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    method = models.CharField(max_length=20, choices=SignInMethod.choices, default=SignInMethod.PASSWORD)
    succeeded = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["login", "at"], name="attempt_login_at")]

    @override
    def __str__(self) -> str:
        return f"{self.login} {'ok' if self.succeeded else 'failed'} {self.at:%Y-%m-%d %H:%M}"
