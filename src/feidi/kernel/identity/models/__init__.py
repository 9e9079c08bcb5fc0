"""Users and sign-in attempts."""

from feidi.kernel.identity.models.attempt import SignInAttempt
from feidi.kernel.identity.models.user import User, UserManager

__all__ = ["SignInAttempt", "User", "UserManager"]
