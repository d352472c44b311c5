#!/usr/bin/env python3
"""check_layers.py [ROOT]: data flows one way.

Holds the include table of docs/architecture.md: which folder of src/ may include which, where the headers of outside
libraries may stand, and which of them are too heavy for a header. Exit status 1 when a file breaks it.
"""
import pathlib
import re
import sys

BASE = {"base"}
MODEL = BASE | {"model"}
GEO = MODEL | {"geo"}
GAZETTEER = GEO | {"text", "gazetteer"}
GEOPARSE = GAZETTEER | {"geoparse"}
EVENT = GEOPARSE | {"event"}
EXTRACT = EVENT | {"extract"}
EVAL = EXTRACT | {"eval"}
TILE = GEO | {"sqlite", "tile"}
STORE = GEO | {"sqlite", "postgis", "store"}
OVERLAY = GEO | {"gazetteer", "overlay"}
PUBLISH = EXTRACT | TILE | STORE | OVERLAY | {"publish"}
SERVE = STORE | TILE | {"publish", "serve"}

MAY_INCLUDE = {
    "base": BASE,
    "model": MODEL,
    "text": MODEL | {"text"},
    "geo": GEO,
    "sqlite": BASE | {"geo", "sqlite"},
    "postgis": BASE | {"geo", "postgis"},
    "gazetteer": GAZETTEER,
    "geoparse": GEOPARSE,
    "event": EVENT,
    "extract": EXTRACT,
    "eval": EVAL,
    "store": STORE,
    "overlay": OVERLAY,
    "tile": TILE,
    "publish": PUBLISH,
    "ogr": GEO | {"ogr"},
    "fetch": {"base", "fetch"},
    "serve": SERVE,
    "cli": PUBLISH | SERVE | EVAL | {"cli"},
}

# Headers of outside libraries: where each may be included. A folder, or a file's path without its ending.
ONLY_IN = [
    (re.compile(r"sqlite3(ext)?\.h|spatialite(\.h|/.*)"), ("sqlite",)),
    (re.compile(r"geos_c\.h|geos/.*|proj(_experimental)?\.h"), ("geo",)),
    (re.compile(r"(gdal|ogr|cpl|vrt)\w*\.h"), ("ogr",)),
    (re.compile(r"libpq.*|postgresql/.*"), ("postgis",)),
    (re.compile(r"curl/.*"), ("fetch",)),
    (re.compile(r"CLI/.*|CLI11.*"), ("cli",)),
    (re.compile(r"protozero/.*"), ("tile",)),
    (re.compile(r"doctest/.*"), ()),
]

# 25 CPU seconds under ASan for whoever includes one: in sources, and in headers that are a folder's own affair.
HEAVY = re.compile(r"CLI/.*|boost/.*|nlohmann/.*|spdlog/.*|simdjson.*|doctest/.*")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def belongs(path, places):
    """Whether a path below src/ lies in one of the folders, or is one of the files, that a rule names."""
    return any(path.parts[0] == place or path.as_posix().startswith(place) for place in places)


def public_headers(folder):
    """The headers that a folder's CMakeLists.txt lists after HEADERS: those which others include."""
    text = (folder / "CMakeLists.txt").read_text(encoding="utf-8") if (folder / "CMakeLists.txt").exists() else ""
    listed = set()
    for block in re.findall(r"\bHEADERS\b(.*?)(?:\b[A-Z_]{4,}\b|\))", text, re.DOTALL):
        listed.update(f"{folder.name}/{name}" for name in block.split())
    return listed


def check_file(source, path, modules, public):
    """The complaints about one file; `path` is relative to src/, `public` holds each folder's headers for others."""
    folder = path.parts[0]
    if folder not in MAY_INCLUDE:
        yield 0, f"folder {folder}/ is not in the table of {pathlib.Path(__file__).name}"
        return
    for number, line in enumerate(source.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        module = name.split("/")[0]
        if quote == '"' and "/" in name and module in modules and module not in MAY_INCLUDE[folder]:
            yield number, f"{folder}/ may not include {module}/ ({name})"
        if name.startswith(".."):
            yield number, f"{name}: headers are named from src/"
        for pattern, places in ONLY_IN:
            if pattern.fullmatch(name) and not belongs(path, places):
                yield number, f"{name} belongs into {', '.join(places) or 'tests'} only"
        if quote == '"' and module in modules and public.get(module) and name not in public[module]:
            if module != folder:
                yield number, f"{name} is not among the HEADERS of {module}/"
            elif path.as_posix() in public[folder]:
                yield number, f"{name} must be among the HEADERS too, since this header is"
        if path.as_posix() in public.get(folder, ()) and HEAVY.fullmatch(name):
            yield number, f"{name} is too heavy for a header that others include"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    src = root / "src"
    modules = {each.name for each in src.iterdir() if each.is_dir()} | set(MAY_INCLUDE)
    files = sorted(each for each in src.rglob("*") if each.suffix in (".hpp", ".cpp"))
    public = {module: public_headers(src / module) for module in modules}
    complaints = 0
    for file in files:
        path = file.relative_to(src)
        if len(path.parts) < 2:
            continue
        for number, what in check_file(file.read_text(encoding="utf-8"), path, modules, public):
            print(f"src/{path}:{number}: {what}")
            complaints += 1
    print(f"{len(files)} files, {complaints} against the table")
    return 1 if complaints or not files else 0


if __name__ == "__main__":
    sys.exit(main())
