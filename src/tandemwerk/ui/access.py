"""Who may call the pages of this app."""

from tandemwerk.core.access import EVERYONE, Access, access

ACCESS: dict[str, Access] = {
    "ui:appearance": access(EVERYONE, "POST"),
    "ui:offline": access(EVERYONE, "GET"),
    "ui:styleguide": access(EVERYONE, "GET", "POST"),
    "ui:board": access(EVERYONE, "GET", "POST"),
    "ui:board_preview": access(EVERYONE, "GET"),
    "ui:board_act": access(EVERYONE, "POST"),
    "ui:board_move": access(EVERYONE, "POST"),
}
