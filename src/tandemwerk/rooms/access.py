"""Who may call the pages of this app: members of the tandem, and no role of any staff."""

from tandemwerk.core.access import MEMBERS, Access, access

ACCESS: dict[str, Access] = {
    "rooms:goal_list": access(MEMBERS, "GET"),
    "rooms:goal_new": access(MEMBERS, "GET", "POST"),
    "rooms:goal_edit": access(MEMBERS, "GET", "POST"),
    "rooms:goal_step": access(MEMBERS, "GET", "POST"),
    "rooms:goal_state": access(MEMBERS, "POST"),
    "rooms:goal_remove": access(MEMBERS, "POST"),
    "rooms:goal_restore": access(MEMBERS, "POST"),
    "rooms:action_item_new": access(MEMBERS, "POST"),
    "rooms:action_item_edit": access(MEMBERS, "GET", "POST"),
    "rooms:action_item_done": access(MEMBERS, "POST"),
    "rooms:action_item_remove": access(MEMBERS, "POST"),
    "rooms:action_item_restore": access(MEMBERS, "POST"),
    "api:goal_list": access(MEMBERS, "GET", "POST"),
    "api:goal_detail": access(MEMBERS, "GET", "PUT", "DELETE"),
    "api:goal_step_list": access(MEMBERS, "POST"),
    "api:goal_state": access(MEMBERS, "POST"),
    "api:action_item_list": access(MEMBERS, "GET", "POST"),
    "api:action_item_detail": access(MEMBERS, "GET", "PUT", "DELETE"),
    "api:action_item_done": access(MEMBERS, "POST"),
}
