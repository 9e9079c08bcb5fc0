"""The user: a login, a name, a password."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class UserManager(BaseUserManager["User"]):
    """Finds users by login, without regard to case."""

    @override
    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of a login."""
        return self.get(login=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in. Logins are unique and lower-case (constraint)."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    login = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    must_change_password = models.BooleanField(default=False)
    #: Goes up to end every session of this user at once.
    session_epoch = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login=Lower("login")), name="user_login_is_lower_case"),
        ]

    @override
    def __str__(self) -> str:
        return self.display_name

    @override
    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay open: another password or epoch ends it."""
        stands = super().get_session_auth_hash()
        return f"{stands}.{self.session_epoch}" if self.session_epoch else stands
