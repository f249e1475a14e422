"""Who may call the pages of this app."""

from tandemwerk.core.access import EVERYONE, Access, access

ACCESS: dict[str, Access] = {
    "ui:appearance": access(EVERYONE, "POST"),
    "ui:offline": access(EVERYONE, "GET"),
    "ui:styleguide": access(EVERYONE, "GET", "POST"),
}
