"""Who may call the pages of this app."""

from tandemwerk.core.access import EVERYONE, SIGNED_IN, Access, access

ACCESS: dict[str, Access] = {
    "home": access(EVERYONE, "GET"),
    "who_can_read_what": access(EVERYONE, "GET"),
    "api:home": access(SIGNED_IN, "GET"),
}
