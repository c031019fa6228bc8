"""What the models of all files have in common, those of pages and those of pose tables: no page's fields are here.

So whoever draws need not wait for the fields of all pages to be put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class MissingError(AttributeError):
    """A part of a draft that is missing because the file has something wrong in its place."""


class Parts:
    """A model of which, in a draft (`validation.Draft`), parts may be missing. To read one raises `MissingError`."""

    if not TYPE_CHECKING:  # or every misspelled name would be an attribute

        def __getattr__(self, name: str) -> Any:
            if name in type(self).model_fields:
                raise MissingError(name)
            return super().__getattr__(name)


class Fields(Parts, BaseModel):
    """A mapping in YAML: no other keys than those declared, never changed after it is read."""

    # What checks a model is put together when one is to be checked: of a page that is known none is.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)
