"""A person with an account."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import Theme

ALONE = 15  # characters of a password with nothing beside it (NIST 800-63B-4)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password nobody can log in until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator, who may found organisations. Reads no programme and no room."""
        return self.create_user(email, password, is_operator=True, **fields)


def full_name(title: str, given: str, family: str, email: str) -> str:
    """A name as `User.name` says it, for readers of columns."""
    return " ".join(part for part in (title, given, family) if part) or email


class User(AbstractBaseUser):
    """One person; roles sit on participations, coordinators and owners, not here.

    The mail address is the login name, stored in lower case.
    """

    email = models.EmailField(_("mail address"), max_length=254, unique=True)
    title = models.CharField(_("title"), max_length=30, blank=True)  # "Dr.", "Prof. Dr."
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    locale = models.CharField(_("language"), max_length=10, default="de")
    timezone = models.CharField(_("time zone"), max_length=60, default="Europe/Berlin")
    theme = models.CharField(_("appearance"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    # Fine beside a second factor only, so the last one can't be removed; see `set_password`.
    has_short_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    # Reads reports somewhere, so a second factor is needed; rights come from the role itself.
    reads_reports = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """As Django's; notes whether the password is too short to stand alone."""
        super().set_password(raw_password)
        self.has_short_password = raw_password is not None and len(raw_password) < ALONE

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; whoever saves the password saves what is noted about it."""
        columns = kwargs.get("update_fields")
        if columns is not None and "password" in columns:
            kwargs["update_fields"] = {*columns, "has_short_password"}
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """Full name as people write it, with title; the mail address only if nothing is known."""
        return full_name(self.title, self.given_name, self.family_name, self.email)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone; the installation's if the tz database dropped theirs."""
        try:
            return zoneinfo.ZoneInfo(self.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo(settings.TIME_ZONE)

    @property
    def short_name(self) -> str:
        return self.given_name or self.name

    @property
    def zone_name(self) -> str:
        """The place the time zone is named after, as people call it: "Berlin", "New York"."""
        return self.timezone.rpartition("/")[2].replace("_", " ")

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.short_name
