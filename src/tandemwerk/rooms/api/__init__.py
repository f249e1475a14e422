"""The API of rooms: for members with their own token, and for nobody else."""

from ninja import Router

from tandemwerk.rooms.api.agreement import router as agreement_router
from tandemwerk.rooms.api.closing import router as closing_router
from tandemwerk.rooms.api.export import router as export_router
from tandemwerk.rooms.api.files import router as files_router
from tandemwerk.rooms.api.goals import router as goals_router
from tandemwerk.rooms.api.notes import router as notes_router
from tandemwerk.rooms.api.reviews import router as reviews_router
from tandemwerk.rooms.api.search import router as search_router

router = Router(tags=["rooms"])
router.add_router("", goals_router)
router.add_router("", agreement_router)
router.add_router("", reviews_router)
router.add_router("", closing_router)
router.add_router("", notes_router)
router.add_router("", export_router)
router.add_router("", files_router)
router.add_router("", search_router)

__all__ = ["router"]
