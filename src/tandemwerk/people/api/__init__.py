"""The API of people: ways in, accounts, profiles and what profiles choose from."""

from ninja import Router

from tandemwerk.people.api.blocks import router as blocks_router
from tandemwerk.people.api.catalogues import router as catalogues_router
from tandemwerk.people.api.entry import router as entry_router
from tandemwerk.people.api.factors import router as factors_router
from tandemwerk.people.api.me import router as me_router
from tandemwerk.people.api.profile import router as profile_router
from tandemwerk.people.api.tokens import router as tokens_router

router = Router(tags=["people"])
for part in (
    tokens_router,
    entry_router,
    me_router,
    factors_router,
    profile_router,
    blocks_router,
    catalogues_router,
):
    router.add_router("", part)

__all__ = ["router"]
