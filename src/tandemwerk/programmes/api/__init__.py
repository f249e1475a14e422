"""The API of programmes: set up, people, imports."""

from ninja import Router

from tandemwerk.programmes.api.imports import router as imports_router
from tandemwerk.programmes.api.people import router as people_router
from tandemwerk.programmes.api.running import router as running_router
from tandemwerk.programmes.api.setup import router as setup_router

router = Router(tags=["programmes"])
router.add_router("", setup_router)
router.add_router("", running_router)
router.add_router("", people_router)
router.add_router("", imports_router)

__all__ = ["router"]
