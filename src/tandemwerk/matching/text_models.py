"""Other ways to read free text: the interface, and sentence embeddings from a model2vec folder.

Without a model, `signatures.signatures` reads texts; that needs nothing beside the catalogue. A
model must be asked for by whoever runs the engine and is never downloaded. Its folder is not part
of `Criteria`, because criteria are written by coordinators and stored, and must not name places
on the server.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .errors import TextModelError
from .signatures import LENGTH, SIGNATURE_SIZE, Signatures

_FILES = ("config.json", "model.safetensors", "tokenizer.json")


class TextModel(Protocol):
    """What turns texts into signatures.

    name: says which model it is, the same only for the same signatures; enters a run's digest.
    signatures: int8 (texts, SIGNATURE_SIZE), rows of length LENGTH, zeros for a text that says
    nothing; a row depends on its own text alone. Dot products are read by `fits.text_fit`.
    """

    @property
    def name(self) -> str: ...

    def signatures(self, texts: Sequence[str]) -> Signatures: ...


class EmbeddingModel:
    """Sentence embeddings of a model2vec model: its first SIGNATURE_SIZE dimensions, as int8."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """Fingerprint of the model's files."""
        return self._name

    def signatures(self, texts: Sequence[str]) -> Signatures:
        """One row per text, int8 (texts, SIGNATURE_SIZE). Cost: linear, about 30 µs a sentence."""
        found = np.zeros((len(texts), SIGNATURE_SIZE), dtype=np.int8)
        if not texts:
            return found
        # One process: the order of batches must not decide about the last bit.
        vectors = self._model.encode(list(texts), use_multiprocessing=False)
        # Dimensions of model2vec come from a PCA, so the first ones say the most.
        first = np.nan_to_num(np.asarray(vectors, dtype=np.float64)[:, :SIGNATURE_SIZE])
        length = np.sqrt((first**2).sum(axis=1, keepdims=True))
        said = np.divide(first, length, out=np.zeros_like(first), where=length > 0)
        found[:, : first.shape[1]] = np.rint(LENGTH * said)
        return found


def load_text_model(folder: str | Path) -> EmbeddingModel:
    """The model2vec model in a folder (as its `save_pretrained` writes it).

    Raises TextModelError: text_model_missing if the folder holds none, text_model_extra if the
    extra `embeddings` is not installed, text_model_unreadable if it can't be loaded.
    """
    place = Path(folder)
    files = [place / name for name in _FILES]
    for file in files:
        if not file.is_file():
            raise TextModelError("text_model_missing", folder=str(place), file=file.name)
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise TextModelError("text_model_extra", folder=str(place)) from error
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    try:
        model = StaticModel.from_pretrained(place, force_download=False)
    except Exception as error:
        # The loader's errors are not documented; whatever it is, this folder is of no use.
        raise TextModelError(
            "text_model_unreadable", folder=str(place), detail=str(error)
        ) from error
    return EmbeddingModel(model, f"model2vec {digest.hexdigest()[:16]}")
