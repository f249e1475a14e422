"""Whether there is somebody behind an account."""

from tandemwerk.people.models import User


def has_account(user: User) -> bool:
    """Has this person taken possession of the account (password set, or logged in some way)?

    People made by an import have neither until they accept their invitation. No query.
    """
    return user.last_login is not None or user.has_usable_password()
