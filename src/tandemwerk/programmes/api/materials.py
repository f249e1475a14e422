"""The library of a programme: reading in it as a participant, keeping it as a coordinator."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from i18nfield.strings import LazyI18nString
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.materials import (
    MaterialDetailOut,
    MaterialIn,
    MaterialOut,
    NewMaterialIn,
)
from tandemwerk.programmes.api.setup import PROGRAMME, programme_detail
from tandemwerk.programmes.enums import MaterialKind
from tandemwerk.programmes.models import Material
from tandemwerk.programmes.selectors.materials import materials_of, materials_visible_to
from tandemwerk.programmes.services.material_answers import file_answer
from tandemwerk.programmes.services.materials import (
    Words,
    material_add,
    material_change,
    material_remove,
)

router = Router()
LIBRARY = f"{PROGRAMME}/materials"
ENTRY = f"{LIBRARY}/{{int:material_pk}}"
OWN = "/materials/{int:material_pk}"


@router.get("/materials", response=Page[MaterialOut], url_name="own_material_list")
def own_material_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """What your programmes offer you, in your roles."""
    return page_of(materials_visible_to(person(request)), wanted)


@router.get(OWN, response=MaterialDetailOut, url_name="material_detail")
def material_detail(request: HttpRequest, material_pk: int) -> Material:
    """One entry with its text."""
    return get_object_or_404(materials_visible_to(person(request)), pk=material_pk)


@router.get(f"{OWN}/file", url_name="material_file")
def material_file(request: HttpRequest, material_pk: int) -> HttpResponse:
    """The file of an entry, as an attachment."""
    found = material_detail(request, material_pk)
    if not found.file:
        raise Http404
    return file_answer(found)


@router.get(LIBRARY, response=Page[MaterialOut], url_name="material_list")
def material_list(request: HttpRequest, programme_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Everything in the library of a programme you run."""
    return page_of(materials_of(programme_detail(request, programme_pk)), wanted)


@router.post(LIBRARY, response={201: MaterialDetailOut}, url_name="material_list")
def material_new(request: HttpRequest, programme_pk: int, data: NewMaterialIn) -> Status[Material]:
    """Put a link or a page into the library."""
    made = material_add(
        programme=programme_detail(request, programme_pk),
        kind=MaterialKind(data.kind),
        words=data.words(),
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, made)


@router.post(
    f"{PROGRAMME}/material-files", response={201: MaterialDetailOut}, url_name="material_file_new"
)
def material_file_new(
    request: HttpRequest,
    programme_pk: int,
    file: File[UploadedFile],
    title_de: Form[str] = "",
    title_en: Form[str] = "",
) -> Status[Material]:
    """Put a PDF or a picture of up to 20 MB into the library; say more about it with PUT."""
    name = file.name or "file"
    title = {"de": title_de or title_en or name, "en": title_en or title_de or name}
    made = material_add(
        programme=programme_detail(request, programme_pk),
        kind=MaterialKind.FILE,
        words=Words(title=LazyI18nString({code: text[:120] for code, text in title.items()})),
        file=(name, file.read()),
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, made)


@router.put(ENTRY, response=MaterialDetailOut, url_name="material_entry")
def material_put(
    request: HttpRequest, programme_pk: int, material_pk: int, data: MaterialIn
) -> Material:
    """Say an entry differently or show it elsewhere; everything it says is replaced."""
    found = _entry(request, programme_pk, material_pk)
    return material_change(
        material=found, words=data.words(), by=person(request), now=timezone.now()
    )


@router.delete(ENTRY, response={204: None}, url_name="material_entry")
def material_delete(request: HttpRequest, programme_pk: int, material_pk: int) -> Status[None]:
    """Take an entry out; its file is deleted a day later."""
    found = _entry(request, programme_pk, material_pk)
    material_remove(material=found, by=person(request), now=timezone.now())
    return Status(204, None)


def _entry(request: HttpRequest, programme_pk: int, material_pk: int) -> Material:
    rows = materials_of(programme_detail(request, programme_pk))
    return get_object_or_404(rows.select_related("programme"), pk=material_pk)
