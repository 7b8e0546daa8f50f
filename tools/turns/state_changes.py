"""What changed between two plain JSON values, as plain JSON: states of runs are alike, so only this is stored of most.

A change is {"is": value}, or for objects {"set": {…}, "drop": [names], "in": {name: change}}, or for lists
{"list": [[first, behind the last] of the old list, or {"add": [items]}, …]}.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

Json = dict[str, Any]


def change_between(old: Any, new: Any) -> Json:
    """What makes `new` of `old`."""
    if isinstance(old, dict) and isinstance(new, dict):
        return _object_change(old, new)
    if isinstance(old, list) and isinstance(new, list):
        return {"list": _pieces(old, new)}
    return {"is": new}


def changed(old: Any, change: Mapping[str, Any]) -> Any:
    """The new value. Raises LookupError or TypeError when the change was not made for `old`."""
    if "is" in change:
        return change["is"]
    if "list" in change:
        new: list[Any] = []
        for piece in change["list"]:
            new += piece["add"] if isinstance(piece, dict) else old[piece[0] : piece[1]]
        return new
    inner = {name: changed(old[name], part) for name, part in change["in"].items()}
    kept = {name: value for name, value in old.items() if name not in change["drop"]}
    return {**kept, **inner, **change["set"]}


def _object_change(old: Json, new: Json) -> Json:
    change: Json = {"set": {}, "drop": [name for name in old if name not in new], "in": {}}
    for name, value in new.items():
        before = old.get(name)
        if name in old and type(before) is type(value) and isinstance(value, dict | list):
            if not _same(before, value):
                change["in"][name] = change_between(before, value)
        elif name not in old or not _same(before, value):
            change["set"][name] = value
    return change


def _pieces(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """The new list as stretches of the old one and items that are not in it."""
    places = {orjson.dumps(item, option=orjson.OPT_SORT_KEYS): place for place, item in enumerate(old)}
    pieces: list[Any] = []
    for item in new:
        place = places.get(orjson.dumps(item, option=orjson.OPT_SORT_KEYS))
        last = pieces[-1] if pieces else None
        if place is None:
            if isinstance(last, dict):
                last["add"].append(item)
            else:
                pieces.append({"add": [item]})
        elif isinstance(last, list) and last[1] == place:
            last[1] = place + 1
        else:
            pieces.append([place, place + 1])
    return pieces


def _same(one: Any, other: Any) -> bool:
    """Equal and of the same types all through: True is not 1."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)
