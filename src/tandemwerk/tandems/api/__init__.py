"""The API of tandems: for the two people their own, for coordinators states and dates only."""

from ninja import Router

from tandemwerk.tandems.api.certificate import router as certificate_router
from tandemwerk.tandems.api.coordination import router as coordination_router
from tandemwerk.tandems.api.own import router as own_router

router = Router(tags=["tandems"])
router.add_router("", own_router)
router.add_router("", certificate_router)
router.add_router("", coordination_router)

__all__ = ["router"]
