"""Every rule of the profiles in schemas/ finds a sample that breaks it and nothing else.

The samples are made from what is exported: of each place that a rule looks at, one that breaks it.
"""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jsonschema
import pytest

from claimtrack.export import describe, export
from claimtrack.resources import shipped
from claimtrack.store import Store

Path = tuple[str | int, ...]


class Sample(NamedTuple):
    """A place in a file, and what stands there instead to break a rule."""

    rule: str
    where: Path
    to: Any


def unmatched(pattern: str, _value: Any) -> Iterator[Any]:
    yield next(text for text in ("", " ", "a b", "x") if not re.search(pattern, text))


MAKERS: dict[str, Callable[[Any, Any], Iterator[Any]]] = {
    "type": lambda *_: iter([None]),
    "pattern": unmatched,
    "const": lambda _, value: iter([f"{value} and more"]),
    "enum": lambda _, value: iter([f"{value} and more"]),
    "minItems": lambda *_: iter([[]]),
    "minLength": lambda *_: iter([""]),
    "minimum": lambda least, _: iter([least - 1]),
    "minContains": lambda _, value: iter([value[1:], value[:-1]]),
    "maxContains": lambda _, value: iter([[*value, one] for one in value]),
    "dependentRequired": lambda more, value: (
        {name: held for name, held in value.items() if name != needed}
        for trigger, names in more.items()
        if trigger in value
        for needed in names
    ),
}


def samples(root: Any, node: Any, at: str, value: Any, where: Path) -> Iterator[Sample]:
    """Yield what breaks each rule of a schema's node where it looks at a value."""
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        yield from samples(root, root["$defs"][name], f"/$defs/{name}", value, where)
    for keyword, rule in node.items():
        for to in MAKERS[keyword](rule, value) if keyword in MAKERS else ():
            yield Sample(f"{at}/{keyword}", where, to)
    if isinstance(value, dict):
        yield from of_object(root, node, at, value, where)
    if isinstance(value, list):
        for place, item in enumerate(value if "items" in node else ()):
            yield from samples(root, node["items"], f"{at}/items", item, (*where, place))
        if "contains" in node:
            fits = [one for one in value if valid(root, node["contains"], one)]
            for _ in fits[:1]:
                place = value.index(fits[0])
                inner = samples(root, node["contains"], f"{at}/contains", fits[0], (*where, place))
                yield from inner
    for keyword in ("allOf", "anyOf", "oneOf"):
        for number, part in enumerate(node.get(keyword, ())):
            if valid(root, part, value):
                yield from samples(root, part, f"{at}/{keyword}/{number}", value, where)


def of_object(
    root: Any, node: Any, at: str, value: dict[str, Any], where: Path
) -> Iterator[Sample]:
    for name in node.get("required", ()):
        without = {key: held for key, held in value.items() if key != name}
        yield Sample(f"{at}/required/{name}", where, without)
    known = node.get("properties", {})
    for name in value.keys() & known.keys():
        inner = f"{at}/properties/{name}"
        yield from samples(root, known[name], inner, value[name], (*where, name))
    others = node.get("additionalProperties", True)
    if others is False:
        yield Sample(f"{at}/additionalProperties", where, value | {"surprise": 1})
    elif others is not True:
        for name in value.keys() - known.keys():
            inner = f"{at}/additionalProperties"
            yield from samples(root, others, inner, value[name], (*where, name))
    if "propertyNames" in node:
        (first, *_) = value
        yield Sample(f"{at}/propertyNames", where, {"no name": value[first]})


def valid(root: Any, node: Any, value: Any) -> bool:
    return jsonschema.Draft202012Validator({"$defs": root["$defs"], "allOf": [node]}).is_valid(
        value
    )


def rules(node: Any, at: str = "") -> Iterator[str]:
    """Yield the rules of a schema."""
    for keyword, rule in node.items():
        place = f"{at}/{keyword}"
        if keyword in ("properties", "$defs"):
            for name, inner in rule.items():
                yield from rules(inner, f"{place}/{name}")
        elif keyword in ("allOf", "anyOf", "oneOf"):
            for number, inner in enumerate(rule):
                yield from rules(inner, f"{place}/{number}")
        elif keyword == "required":
            yield from (f"{place}/{name}" for name in rule)
        elif keyword in ("items", "contains") or (
            keyword == "additionalProperties" and isinstance(rule, dict)
        ):
            yield from rules(rule, place)
        elif keyword in MAKERS or keyword in ("additionalProperties", "propertyNames"):
            yield place


def written(store: Store, name: str) -> Any:
    out = io.BytesIO()
    export(name, store.connection, out)
    return json.loads(out.getvalue())


NAME, DAY = "https://desk.example/1", "2025-03-04"
AGENT = {"@type": "Organization", "name": "A desk"}


def claimreview(store: Store) -> Any:
    """Return a list of a few verdicts, of which one has all that others may write too."""
    found = written(store, "claimreview")
    tax, saying = (
        next(one for one in found if one["url"].endswith(end)) for end in ("/tax", "/saying")
    )
    full = copy.deepcopy(tax)
    full |= {
        "dateModified": DAY,
        "inLanguage": "en",
        "citation": [NAME],
        "itemReviewed": [full["itemReviewed"]],
    }
    full["reviewRating"] |= {"ratingValue": 1, "bestRating": 5, "worstRating": 1}
    claim = full["itemReviewed"][0]
    claim |= {"claimInterpreter": AGENT, "sameAs": [NAME]}
    claim["author"] |= {"url": NAME, "sameAs": [NAME], "memberOf": [AGENT]}
    claim["appearance"][0] |= {"author": AGENT, "archivedAt": NAME}
    base = {"@type": "NewsArticle", "@id": NAME}
    saying["itemReviewed"]["appearance"][0]["hasPart"][0]["isBasedOn"] = base
    saying["itemReviewed"]["appearance"][0]["isBasedOn"] = base
    saying["itemReviewed"]["appearance"][0]["citation"] = base
    return [full, saying]


def mediareview(store: Store) -> Any:
    found = written(store, "mediareview")
    found[0]["originalMediaContextDescription"] = "Another harbour."
    found[0]["author"]["sameAs"] = [NAME]
    return found


def webannotation(store: Store) -> Any:
    found = written(store, "webannotation")
    items = found["first"]["items"]
    found["first"]["items"] = [next(one for one in items if len(one["body"]) == 5), items[0]]
    found["total"] = 2
    found["first"]["items"][1] |= {"creator": {"type": "Person", "name": "amal"}}
    found["first"]["items"][0]["@context"] = "http://www.w3.org/ns/anno.jsonld"
    return found


def prov(store: Store) -> Any:
    """Return a document with one or two records of each kind, whole and in a bundle."""
    found = written(store, "prov-json")

    def short(document: Any) -> Any:
        return {
            name: held if name == "prefix" else dict(list(held.items())[:2])
            for name, held in document.items()
            if name != "bundle"
        }

    whole = short(found)
    for relation, more in (
        ("wasGeneratedBy", {"prov:time": "2025-03-04T09:30:00Z"}),
        ("used", {"prov:time": "2025-03-04T09:30:00Z"}),
    ):
        next(iter(whole[relation].values())).update(more)
    entity = next(iter(whole["entity"].values()))
    entity["ct:many"] = [{"$": "كلمة", "lang": "ar"}, {"$": "1", "type": "xsd:int"}, "word"]
    decided = max(found["bundle"].values(), key=lambda one: len(json.dumps(one)))
    inner = {**short(found), **short(decided)}
    whole["wasAssociatedWith"] = inner["wasAssociatedWith"]
    return whole | {"bundle": {"bundle:1": inner}}


PROFILES: dict[str, tuple[Callable[[Store], Any], str, Path]] = {
    "claimreview": (claimreview, "claimreview", ()),
    "mediareview": (mediareview, "mediareview", ()),
    "webannotation": (webannotation, "webannotation", ("first", "items")),
    "prov": (prov, "prov-json", ()),
}
"""Of each profile: a sample, the format, and where the things lie that the profile is of."""


@pytest.mark.parametrize("profile", PROFILES)
def test_every_rule_finds_a_sample_that_breaks_it(profile: str, world: Store) -> None:
    made, name, place = PROFILES[profile]
    schema = json.loads((shipped("schemas") / f"profiles/{profile}.schema.json").read_text("utf-8"))
    check, whole = describe(name).check, made(world)
    assert check
    assert not list(check(json.dumps(whole).encode()))
    things = whole
    for step in place:
        things = things[step]
    several = (
        [((*place, at), one) for at, one in enumerate(things)]
        if profile != "prov"
        else [((), whole)]
    )
    seen: set[str] = set()
    for where, thing in several:
        for sample in samples(schema, schema, "", thing, where):
            if sample.rule in seen:
                continue
            broken = replaced(whole, sample.where, sample.to)
            assert list(check(json.dumps(broken).encode())), sample
            seen.add(sample.rule)
    assert set(rules(schema)) - seen == set()


def replaced(value: Any, where: Path, to: Any) -> Any:
    """Return JSON with something else in one place."""
    if not where:
        return to
    first, *rest = where
    made = copy.copy(value)
    made[first] = replaced(value[first], tuple(rest), to)
    return made
