"""The API of programmes: set up, people, ways in, imports."""

from ninja import Router

from tandemwerk.programmes.api.course import router as course_router
from tandemwerk.programmes.api.files import router as files_router
from tandemwerk.programmes.api.imports import router as imports_router
from tandemwerk.programmes.api.journey import router as journey_router
from tandemwerk.programmes.api.materials import router as materials_router
from tandemwerk.programmes.api.people import router as people_router
from tandemwerk.programmes.api.running import router as running_router
from tandemwerk.programmes.api.setup import router as setup_router
from tandemwerk.programmes.api.ways_in import router as ways_in_router

router = Router(tags=["programmes"])
for part in (
    setup_router,
    running_router,
    journey_router,
    course_router,
    materials_router,
    people_router,
    ways_in_router,
    imports_router,
    files_router,
):
    router.add_router("", part)

__all__ = ["router"]
