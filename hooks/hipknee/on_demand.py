"""Values that are made when somebody asks for one, and then kept: of a thousand most are not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Generic, TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")


def for_last(function: Callable[[K], V]) -> Callable[[K], V]:
    """A function that knows what it said last: it is not worked out again for the very same thing, whose values need
    not be hashable."""
    last: list[tuple[K, V]] = []

    @wraps(function)
    def answer(thing: K) -> V:
        if not last or last[0][0] is not thing:
            last[:] = [(thing, function(thing))]
        return last[0][1]

    return answer


class OnDemand(Mapping[K, V]):
    """A value for each key, in the order of the keys."""

    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._keys, self._make = dict.fromkeys(keys), make
        self._values: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._values:
            if key not in self._keys:
                raise KeyError(key)
            self._values[key] = self._make(key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Selection(Sequence[V], Generic[K, V]):
    """The values of some keys, in the order of these."""

    def __init__(self, keys: Sequence[K], values: Mapping[K, V]) -> None:
        self.keys, self._values = keys, values

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> Selection[K, V]: ...
    def __getitem__(self, place: int | slice) -> V | Selection[K, V]:
        if isinstance(place, slice):
            return Selection(self.keys[place], self._values)
        return self._values[self.keys[place]]

    def __len__(self) -> int:
        return len(self.keys)
