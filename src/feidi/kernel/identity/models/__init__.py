"""Users, what they sign in by, and sign-in attempts."""

from feidi.kernel.identity.models.attempt import SignInAttempt
from feidi.kernel.identity.models.external import ExternalIdentity
from feidi.kernel.identity.models.invitation import Invitation
from feidi.kernel.identity.models.phone import Phone, SmsCode
from feidi.kernel.identity.models.second_factor import RecoveryCode, Totp
from feidi.kernel.identity.models.user import User, UserManager

__all__ = [
    "ExternalIdentity",
    "Invitation",
    "Phone",
    "RecoveryCode",
    "SignInAttempt",
    "SmsCode",
    "Totp",
    "User",
    "UserManager",
]
