"""Who may call the pages of this app."""

from tandemwerk.core.access import MEMBERS, SIGNED_IN, STAFF, Access, access

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
    "api:run_publish": access(STAFF, "POST"),
}
