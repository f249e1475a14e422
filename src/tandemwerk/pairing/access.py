"""Who may call the pages of this app: the people who run the programme, nobody else."""

from tandemwerk.core.access import STAFF, Access, access

ACCESS: dict[str, Access] = {
    "pairing:run_list": access(STAFF, "GET", "POST"),
    "pairing:run_board": access(STAFF, "GET"),
    "pairing:run_progress": access(STAFF, "GET"),
    "pairing:run_preview": access(STAFF, "GET"),
    "pairing:run_act": access(STAFF, "POST"),
    "pairing:run_move": access(STAFF, "POST"),
    "pairing:run_undo": access(STAFF, "POST"),
    "pairing:run_redo": access(STAFF, "POST"),
    "pairing:run_rerun": access(STAFF, "POST"),
    "pairing:run_compare": access(STAFF, "GET"),
    "pairing:run_confirm": access(STAFF, "GET"),
    "pairing:run_discard": access(STAFF, "POST"),
    "pairing:run_restore": access(STAFF, "POST"),
    "api:run_list": access(STAFF, "GET", "POST"),
    "api:cohort_readiness": access(STAFF, "GET"),
    "api:run_summary": access(STAFF, "GET"),
    "api:run_compare": access(STAFF, "GET"),
    "api:run_pair": access(STAFF, "GET"),
    "api:run_detail": access(STAFF, "GET"),
    "api:run_pairs": access(STAFF, "GET"),
    "api:run_alternatives": access(STAFF, "GET"),
    "api:run_preview": access(STAFF, "POST"),
    "api:run_moves": access(STAFF, "POST"),
    "api:run_undo": access(STAFF, "POST"),
    "api:run_redo": access(STAFF, "POST"),
    "api:run_discard": access(STAFF, "POST"),
    "api:run_restore": access(STAFF, "POST"),
}
