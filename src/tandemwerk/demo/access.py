"""Who may call which URL of the demo."""

from tandemwerk.core.access import SIGNED_IN, Access, access

ACCESS: dict[str, Access] = {"demo:sample": access(SIGNED_IN, "GET")}
