"""The API of people: accounts, profiles and what profiles choose from."""

from ninja import Router

from tandemwerk.people.api.accounts import router as accounts_router
from tandemwerk.people.api.catalogues import router as catalogues_router
from tandemwerk.people.api.profile import router as profile_router

router = Router(tags=["people"])
router.add_router("", accounts_router)
router.add_router("", profile_router)
router.add_router("", catalogues_router)

__all__ = ["router"]
