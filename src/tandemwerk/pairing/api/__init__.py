"""The API of matching: runs, their boards, and changes by hand."""

from ninja import Router

from tandemwerk.pairing.api.board import router as board_router
from tandemwerk.pairing.api.learning import router as learning_router
from tandemwerk.pairing.api.runs import router as runs_router
from tandemwerk.pairing.api.whole import router as whole_router

router = Router(tags=["matching"])
router.add_router("", runs_router)
router.add_router("", board_router)
router.add_router("", whole_router)
router.add_router("", learning_router)

__all__ = ["router"]
