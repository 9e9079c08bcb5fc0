"""Sign-in attempts: what the lock-out counts and the security log shows."""

from django.db import models
from typing_extensions import override


class SignInAttempt(models.Model):
    """One attempt to sign in. Kept for at least six months (等保二级); never holds the password."""

    login = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    succeeded = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["login", "at"], name="attempt_login_at")]

    @override
    def __str__(self) -> str:
        return f"{self.login} {'ok' if self.succeeded else 'failed'} {self.at:%Y-%m-%d %H:%M}"
