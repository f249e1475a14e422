"""Who may call the API's own pages; each app declares its operations itself."""

from tandemwerk.core.access import EVERYONE, Access, access

ACCESS: dict[str, Access] = {
    "api:openapi-json": access(EVERYONE, "GET"),
    "api:api-root": access(frozenset()),
}
