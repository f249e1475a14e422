"""Who may call the pages of this app."""

from tandemwerk.core.access import MEMBERS, PARTICIPANTS, SIGNED_IN, STAFF, Access, access

ACCESS: dict[str, Access] = {
    "tandems:tandem_list": access(SIGNED_IN, "GET"),
    # The room is for the two people alone: no staff role, no operator.
    "tandems:tandem_detail": access(MEMBERS, "GET"),
    "tandems:tandem_accept": access(MEMBERS, "POST"),
    "tandems:tandem_decline": access(MEMBERS, "GET", "POST"),
    "tandems:tandem_meeting": access(MEMBERS, "POST"),
    "tandems:tandem_confirm": access(MEMBERS, "POST"),
    "tandems:tandem_end": access(MEMBERS, "GET", "POST"),
    "tandems:tandem_certificate": access(MEMBERS, "GET"),
    "tandems:tandem_signals": access(MEMBERS, "GET"),
    "tandems:tandem_check_in": access(MEMBERS, "POST"),
    "tandems:tandem_help": access(MEMBERS, "GET", "POST"),
    "tandems:tandem_pause": access(MEMBERS, "POST"),
    "tandems:tandem_resume": access(MEMBERS, "POST"),
    "tandems:tandem_block": access(MEMBERS, "GET", "POST"),
    "tandems:tandem_again": access(MEMBERS, "POST"),
    # Asked are the members and the one who may join.
    "tandems:joining_detail": access(PARTICIPANTS, "GET", "POST"),
    "tandems:joining_withdraw": access(STAFF, "POST"),
    "tandems:tandem_grow": access(STAFF, "GET", "POST"),
    # What somebody chose to tell the coordination; readers who are in the tandem get 404.
    "tandems:help_detail": access(STAFF, "GET", "POST"),
    "tandems:check_in_take_up": access(STAFF, "POST"),
    "tandems:cohort_tandems": access(STAFF, "GET"),
    "tandems:run_publish": access(STAFF, "POST"),
    "api:tandem_list": access(SIGNED_IN, "GET"),
    "api:tandem_detail": access(MEMBERS, "GET"),
    "api:tandem_accept": access(MEMBERS, "POST"),
    "api:tandem_decline": access(MEMBERS, "POST"),
    "api:tandem_meeting": access(MEMBERS, "POST"),
    "api:tandem_confirm": access(MEMBERS, "POST"),
    "api:tandem_end": access(MEMBERS, "POST"),
    "api:tandem_certificate": access(MEMBERS, "GET"),
    "api:cohort_tandems": access(STAFF, "GET"),
    "api:check_in_list": access(MEMBERS, "GET", "POST"),
    "api:help_list": access(MEMBERS, "GET", "POST"),
    "api:tandem_pause": access(MEMBERS, "GET", "POST", "DELETE"),
    "api:tandem_block": access(MEMBERS, "GET", "POST"),
    "api:cohort_asking": access(STAFF, "GET"),
    "api:help_detail": access(STAFF, "GET", "POST"),
    "api:check_in_take_up": access(STAFF, "POST"),
    "api:run_publish": access(STAFF, "POST"),
}
