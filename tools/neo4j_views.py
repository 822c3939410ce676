"""The perspective for Bloom, made of the table of entities and relations.

``python tools/neo4j_views.py`` writes it to ``docs/neo4j``; a test holds the file equal to what
this makes, and runs each search phrase on a real server. The keys are those that Bloom itself
exports.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS
from graphmodel.stores.neo4j_schema import WAITS_FOR

PERSPECTIVE = Path(__file__).resolve().parent.parent / "docs" / "neo4j" / "bloom-perspective.json"

#: When the perspective was first made, in milliseconds since 1970: Bloom wants to be told.
_MADE = 1_790_000_000_000

#: Colour and size by label, and the property that names a node.
_LOOKS = {
    "Project": ("#34495e", 3, "title"),
    "Theme": ("#8e44ad", 3, "title"),
    "Objective": ("#2980b9", 2, "title"),
    "Action": ("#16a085", 1, "title"),
    "Milestone": ("#d35400", 1, "title"),
    "Activity": ("#7f8c8d", 1, "title"),
    "Officer": ("#c0392b", 2, "title"),
    "Board": ("#2c3e50", 2, "title"),
    "Metric": ("#27ae60", 1, "title"),
    "Risk": ("#f39c12", 1, "title"),
    "Document": ("#95a5a6", 1, "title"),
    "Plan": ("#34495e", 3, "id"),
    "Scenario": ("#e74c3c", 3, "name"),
}
_RELATION_COLOURS = {
    "DEPENDS_ON": "#c0392b", "GATED_BY": "#8e44ad", "MEASURES": "#27ae60", "HITS": "#f39c12",
    "MOVES": "#e74c3c", "LIKELY": "#e67e22", "DRIVES": "#e67e22",
}  # fmt: skip
_GREY = "#95a5a6"

_ITEM = {
    "id": "string", "title": "string", "kind": "string", "status": "string", "rag": "string",
    "planned_start": "date", "planned_finish": "date", "due": "date", "forecast": "date",
    "theme": "string", "directorate": "string",
}  # fmt: skip
#: What a person may search and filter by; the rest is shown all the same.
PROPERTIES = {
    **dict.fromkeys(next(one for one in NODE_KINDS if one.name == "item").sorts.values(), _ITEM),
    "Officer": {"id": "string", "title": "string", "kind": "string", "directorate": "string"},
    "Board": {"id": "string", "title": "string", "kind": "string"},
    "Metric": {"id": "string", "title": "string", "unit": "string"},
    "Risk": {"id": "string", "title": "string", "probability": "number"},
    "Document": {"id": "string", "title": "string", "file": "string"},
    "Plan": {"id": "string", "title": "string", "organisation": "string"},
    "Scenario": {"name": "string", "kind": "string", "note": "string", "version": "bigint"},
}
#: States that are no part of the newest version are filtered by these two, on every label.
_ALWAYS = {"plan": "string", "from_version": "bigint", "to_version": "bigint"}

_NOW = "WHERE all(step IN relationships(way) WHERE step.to_version IS NULL"
_TAKEN = f"{_NOW} AND step.state = 'accepted') RETURN way LIMIT 200"
_HELD = f"{_NOW}) RETURN way LIMIT 500"
_ITEM_ID = ("item", "Item", "id")
#: Text of a search phrase, what it names (parameter, label, property), the way it shows and how.
_PHRASES: tuple[tuple[str, tuple[tuple[str, str, str], ...], str, str], ...] = (
    (
        "what waits for $item of $plan",
        (_ITEM_ID,),
        "(:Item {plan: $plan, id: $item})<-[:DEPENDS_ON*1..4]-(:Item)",
        _TAKEN,
    ),
    (
        "what holds up $item of $plan",
        (_ITEM_ID,),
        "(:Item {plan: $plan, id: $item})-[:DEPENDS_ON*1..4]->(:Item)",
        _TAKEN,
    ),
    (
        "what is part of $item of $plan",
        (_ITEM_ID,),
        "(:Item {plan: $plan, id: $item})<-[:PART_OF*1..4]-(:Item)",
        _HELD,
    ),
    (
        "what $officer of $plan holds",
        (("officer", "Officer", "title"),),
        "(:Officer {plan: $plan, title: $officer})-[]->(:Item)",
        _HELD,
    ),
    (
        "what $board of $plan decides",
        (("board", "Board", "title"),),
        "(:Item)-[:GATED_BY]->(:Board {plan: $plan, title: $board})",
        _TAKEN,
    ),
    (
        "what scenario $scenario of $plan moves",
        (("scenario", "Scenario", "name"),),
        "(:Scenario {plan: $plan, name: $scenario})-[:MOVES]->(:Item)",
        "RETURN way LIMIT 500",
    ),
    (
        "what makes $plan late",
        (),
        "(:Scenario {plan: $plan, key: 'risk'})-[why:LIKELY|DRIVES]->()",
        "RETURN way ORDER BY coalesce(why.cost_days, 0) DESC LIMIT 200",
    ),
)


def make_perspective() -> str:
    """Return the perspective as the text of its file."""
    types = [name for relation in EDGE_KINDS for name in relation.types]
    types += ["MOVES", "LIKELY", "DRIVES"]
    labels = {name: {**own, **_ALWAYS} for name, own in PROPERTIES.items()}
    perspective = {
        "name": "knockon",
        "id": "7e0d3c3e-5b0a-5a0e-9a6e-6b6e6f636b6e",
        "version": "2.10.0",
        "createdAt": _MADE,
        "lastEditedAt": _MADE,
        "isAuto": False,
        "history": [],
        "parentPerspectiveId": None,
        "categories": [
            _category(number, name, labels[name]) for number, name in enumerate(_LOOKS, 1)
        ],
        "labels": {
            name: [
                {"propertyKey": key, "type": name, "dataType": kind} for key, kind in own.items()
            ]
            for name, own in labels.items()
        },
        "relationshipTypes": [_relation(name) for name in types],
        "palette": {"colors": sorted({one[0] for one in _LOOKS.values()}), "currentIndex": 0},
        "templates": [_template(number, *one) for number, one in enumerate(_PHRASES)],
        "sceneActions": [],
        "hiddenRelationshipTypes": [WAITS_FOR, "VERSION_OF", "SCENARIO_OF"],
        "hiddenCategories": [],
        "hideUncategorisedData": False,
        "metadata": {
            "pathSegments": _segments(),
            "indexes": [
                {"label": kind.label, "type": "native", "propertyKeys": ["plan"]}
                for kind in NODE_KINDS
            ],
        },
    }
    return json.dumps(perspective, indent=1, ensure_ascii=False) + "\n"


def _category(number: int, label: str, properties: dict[str, str]) -> dict[str, Any]:
    colour, size, name = _LOOKS[label]
    return {
        "id": number,
        "name": label,
        "labels": [label],
        "createdAt": _MADE,
        "lastEditedAt": _MADE,
        "properties": [
            {"name": key, "exclude": False, "dataType": kind} for key, kind in properties.items()
        ],
        "color": colour,
        "size": size,
        "icon": "no-icon",
        "textSize": 1,
        "textAlign": "top",
        "captions": [_caption(name, "property")],
        "captionKeys": [name],
        "styleRules": [],
    }


def _relation(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "color": _RELATION_COLOURS.get(name, _GREY),
        "size": 1,
        "textSize": 1,
        "textAlign": "top",
        "properties": [],
        "captions": [_caption(name, "relationship")],
        "captionKeys": [],
        "styleRules": [],
    }


def _caption(key: str, kind: str) -> dict[str, Any]:
    return {"key": key, "type": kind, "isCaption": True, "inTooltip": True, "styles": []}


def _template(
    number: int, text: str, named: tuple[tuple[str, str, str], ...], way: str, how: str
) -> dict[str, Any]:
    return {
        "id": f"tmpl:{_MADE + number}",
        "name": text.replace("$", ""),
        "text": text,
        "createdAt": _MADE + number,
        "cypher": f"MATCH way = {way} {how}",
        "isUpdateQuery": False,
        "hasCypherErrors": False,
        "params": [
            {
                "name": f"${name}",
                "dataType": "String",
                "collapsed": False,
                "suggestionLabel": label,
                "suggestionProp": key,
                "suggestionBoolean": False,
                "cypher": None,
            }
            for name, label, key in (*named, ("plan", "Plan", "id"))
        ],
    }


def _segments() -> list[dict[str, str]]:
    labels = {kind.name: kind.label for kind in NODE_KINDS}
    found = []
    for relation in EDGE_KINDS:
        starts, ends = relation.starts, relation.ends
        if relation.turned:
            starts, ends = ends, starts
        found += [
            {"source": labels[start], "relationshipType": name, "target": labels[end]}
            for name in relation.types
            for start in starts
            for end in ends
        ]
    return found


if __name__ == "__main__":
    PERSPECTIVE.write_text(make_perspective(), encoding="utf-8")
    sys.stdout.write(f"{PERSPECTIVE.name} is up to date\n")
