"""The head lease."""

from feidi.domain.space.models.head_lease import HeadLease

__all__ = ["HeadLease"]
