"""The API of tandems: for members their own, for coordinators states, dates and signals."""

from ninja import Router

from tandemwerk.tandems.api.asking import router as asking_router
from tandemwerk.tandems.api.certificate import router as certificate_router
from tandemwerk.tandems.api.coordination import router as coordination_router
from tandemwerk.tandems.api.own import router as own_router
from tandemwerk.tandems.api.signals import router as signals_router

router = Router(tags=["tandems"])
for part in (
    own_router,
    certificate_router,
    signals_router,
    coordination_router,
    asking_router,
):
    router.add_router("", part)

__all__ = ["router"]
