"""Password length by what else protects the account."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tandemwerk.people.models import User
from tandemwerk.people.models.user import ALONE
from tandemwerk.people.selectors.security import has_second_factor


class LengthByFactors:
    """15 characters where the password stands alone, 8 beside a second factor (NIST 800-63B-4)."""

    alone, with_factor = ALONE, 8

    def validate(self, password: str, user: User | None = None) -> None:
        least = self.with_factor if user and user.pk and has_second_factor(user) else self.alone
        if len(password) < least:
            raise ValidationError(
                _("This password has %(length)d characters; please take at least %(least)d."),
                code="password_too_short",
                params={"length": len(password), "least": least},
            )

    def get_help_text(self) -> str:
        return _(
            "At least %(least)d characters. Four or five unrelated words are a good choice."
        ) % {"least": self.alone}
