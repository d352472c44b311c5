"""What a page shows of a published folder's database: events of every kind, with the words that tell them.

Needs neither SpatiaLite nor anything but the standard library.
"""
import contextlib
import json
import re
import sqlite3
import struct

# Of more events than these, the page shows neither quotes nor reasons: they stay in the database.
WITH_WORDS = 20000

EVENTS = """
    SELECT e.id, e.event_id, e.modality, e.date, e.date_end, e.time_precision, e.date_why, e.event_type,
        e.sub_event_type, p.name AS place, p.name_ar AS place_ar, p.admin1, p.admin2, p.admin3, e.killed, e.killed_low,
        e.killed_high, e.injured, CASE WHEN e.killed IS NULL THEN g.killed END AS killed_shared,
        CASE WHEN e.injured IS NULL THEN g.injured END AS injured_shared, e.initiator, e.target, e.weapon,
        e.count AS strikes, e.geo_precision, e.uncertainty_m, e.confidence, e.why, e.geom, a.geom AS area
    FROM event AS e LEFT JOIN place AS p ON p.id = e.place LEFT JOIN event_group AS g ON g.id = e.event_group
        LEFT JOIN mention_area AS a ON a.id = e.mention
    WHERE e.same_as IS NULL ORDER BY e.date IS NULL, e.date, e.event_id"""
REPORTS = """
    SELECT q.event, d.source, d.url, d.published, d.title, q.quote
    FROM event_quote AS q JOIN document AS d ON d.id = q.document ORDER BY q.event, d.published, q.id"""


def shape(blob):
    """A SpatiaLite geometry of one of the kinds that these tables hold: [lon, lat] of a point, of an area its rings."""
    if blob is None:
        return None
    order = "<" if blob[1] == 1 else ">"
    at = 39  # after start, byte order, reference system, envelope and the byte that ends them

    def take(form):
        nonlocal at
        values = struct.unpack_from(order + form, blob, at)
        at += struct.calcsize(order + form)
        return values

    def point():
        return [round(value, 5) for value in take("2d")]

    def rings():
        return [[point() for _ in range(take("I")[0])] for _ in range(take("I")[0])]

    kind, = take("I")
    if kind == 1:
        return point()
    if kind == 3:
        return [rings()]
    if kind != 6:
        return None
    areas = []
    for _ in range(take("I")[0]):
        take("B")  # what marks a member
        take("I")
        areas.append(rings())
    return areas


def in_arabic(sides, arabic):
    """Names of actors, as a database writes them ("A and B", "A or B"), in Arabic where each of them has an Arabic name."""
    parts = re.split(r"( and | or )", sides)
    known = [part for part in parts[::2] if part in arabic]
    if len(known) < len(parts[::2]):
        return ""
    joined = {" and ": " و", " or ": " أو "}
    return "".join(arabic.get(part) or joined[part] for part in parts)


def events(database, quotes):
    """All events of a database, each once: what is not known is left out. Without `quotes`, no words of reports."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        arabic = {row["name"]: row["name_ar"] for row in connection.execute("SELECT name, name_ar FROM actor")
                  if row["name_ar"]}
        found, by_row = [], {}
        for row in connection.execute(EVENTS):
            event = {name: row[name] for name in row.keys() if row[name] not in (None, "")}
            number = event.pop("id")
            event["id"] = event.pop("event_id")
            for name in ("geom", "area"):
                if name in event:
                    event[name] = shape(event[name])
            for side in ("initiator", "target"):
                if (name := in_arabic(event.get(side, ""), arabic)):
                    event[f"{side}_ar"] = name
            event["reports"] = []
            found.append(event)
            by_row[number] = event
        if len(found) > WITH_WORDS:
            for event in found:
                for name in ("why", "date_why", "area", "reports"):
                    event.pop(name, None)
            return found
        named = ("source", "url", "published", "title", "quote") if quotes else ("source", "url", "published")
        for row in connection.execute(REPORTS):
            if row["event"] in by_row:
                report = {name: row[name] for name in named if row[name]}
                if report not in by_row[row["event"]]["reports"]:
                    by_row[row["event"]]["reports"].append(report)
    return found


def actors(database):
    """Of each actor that holds ground, its names."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT DISTINCT a.actor_id, a.name, a.name_ar FROM control AS c "
                                  "JOIN actor AS a ON a.id = c.actor ORDER BY a.actor_id")
        return {actor: {"en": name, "ar": name_ar or name} for actor, name, name_ar in rows}


def facts(folder, quotes=True):
    """What a page needs of a folder besides tiles and style, as JSON."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {"events": events(folder / "events.sqlite", quotes), "actors": actors(folder / "events.sqlite"),
            "date": manifest.get("date", ""), "documents": manifest.get("counts", {}).get("documents", 0)}
