"""What every key of a scenario inherits: a meaning in words."""

from __future__ import annotations

import typing

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.schema import Scenario


def models_in(annotation: object) -> list[type[BaseModel]]:
    """Return the models that an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in models_in(part)]


def keys(model: type[BaseModel] = Scenario) -> dict[str, FieldInfo]:
    """Return every key of a scenario by "Class.key", tables left out."""
    found: dict[str, FieldInfo] = {}
    for name, field in model.model_fields.items():
        inner = models_in(field.annotation)
        if not inner:
            found[f"{model.__name__}.{name}"] = field
        for each in inner:
            found |= keys(each)
    return found


@pytest.mark.parametrize("key", sorted(keys()))
def test_a_key_has_a_meaning_in_words(key: str) -> None:
    meaning = keys()[key].description or ""

    assert len(meaning.split()) >= 2, f"{key} says {meaning!r}: give it a note of a few words"
