"""What can be refused in programmes."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class NoSeatLeft(DomainError):
    code = "no_seat_left"
    message = _("All places of %(name)s are taken. Please choose another proposal.")
