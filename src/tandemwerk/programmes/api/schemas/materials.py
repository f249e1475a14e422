"""Entries of a programme's library."""

from datetime import datetime
from typing import Literal

from i18nfield.strings import LazyI18nString
from ninja import Field, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.programmes.api.schemas.journey import Key, ShortTextIn
from tandemwerk.programmes.api.schemas.setup import TextsOut, both_languages
from tandemwerk.programmes.enums import ForWhom, MaterialKind
from tandemwerk.programmes.models import Material
from tandemwerk.programmes.services.materials import Words


class HintIn(Body):
    de: str = Field(default="", max_length=200)
    en: str = Field(default="", max_length=200)


class PageTextIn(Body):
    de: str = Field(default="", max_length=20_000)
    en: str = Field(default="", max_length=20_000)


class MaterialIn(Body):
    """One language is enough; phases: keys of the journey, none for every phase."""

    title: ShortTextIn
    hint: HintIn = HintIn()
    text: PageTextIn = Field(default=PageTextIn(), description="Markdown; for pages.")
    url: str = Field(
        default="", max_length=500, pattern="^(https?://[^\\s]+)?$", description="For links."
    )
    phases: list[Key] = Field(default=[], max_length=20)
    who: ForWhom = ForWhom.BOTH

    def words(self) -> Words:
        """As the services take them."""
        texts = {
            n: LazyI18nString(getattr(self, n).model_dump()) for n in ("title", "hint", "text")
        }
        return Words(**texts, url=self.url, phases=self.phases, who=self.who)


class NewMaterialIn(MaterialIn):
    kind: Literal["link", "page"] = Field(description="Files are sent to /material-files.")


class MaterialOut(Schema):
    id: int
    programme_id: int
    kind: MaterialKind
    title: TextsOut
    hint: TextsOut
    url: str
    file_name: str
    file_type: str
    file_size: int = Field(description="Bytes; 0 without a file.")
    phases: list[str]
    who: ForWhom
    made_at: datetime

    @staticmethod
    def resolve_title(row: Material) -> dict[str, str]:
        return both_languages(row.title)

    @staticmethod
    def resolve_hint(row: Material) -> dict[str, str]:
        return both_languages(row.hint)


class MaterialDetailOut(MaterialOut):
    text: TextsOut = Field(description="Markdown.")

    @staticmethod
    def resolve_text(row: Material) -> dict[str, str]:
        return both_languages(row.text)
