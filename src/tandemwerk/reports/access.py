"""Who may call the pages of this app."""

from tandemwerk.core.access import EVERYONE, Access, access

ACCESS: dict[str, Access] = {"home": access(EVERYONE, "GET")}
