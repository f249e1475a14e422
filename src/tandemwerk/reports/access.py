"""Who may call the pages of this app."""

from tandemwerk.core.access import Access

ACCESS: dict[str, Access] = {}
