#!/usr/bin/env python3
"""make_page.py FOLDER -o FILE.html: a published folder as one page for a browser.

The page holds MapLibre GL JS, the style, the tile archive and the events with the sentences that tell them, so that it opens
by double-click, without a server.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import sqlite3
import sys

import page_data

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE / "page"
# In the order in which they stand in the page's one script.
CODE = ("words.js", "signs.js", "events.js", "map.js", "card.js", "panel.js", "main.js")
LARGE = 64 << 20


def script_safe(text):
    """Text that may stand inside a script element: nothing in it ends the element."""
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE).replace("<!--", r"<\!--")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    parser.add_argument("--packages", type=pathlib.Path, default=HERE.parent.parent / "build" / "web",
                        help="the folder that tools/web/install fills")
    parser.add_argument("--no-quotes", action="store_true", help="leave out the words of the reports")
    options = parser.parse_args()

    modules = options.packages / "node_modules"
    try:
        archive = (options.folder / "layers.pmtiles").read_bytes()
        parts = {
            "LIBRARYCSS": (modules / "maplibre-gl/dist/maplibre-gl.css").read_text(encoding="utf-8"),
            "PMTILES": (modules / "pmtiles/dist/pmtiles.js").read_text(encoding="utf-8"),
            "MAPLIBRE": (modules / "maplibre-gl/dist/maplibre-gl.mjs").read_text(encoding="utf-8"),
            "WORKER": (modules / "maplibre-gl/dist/maplibre-gl-worker.mjs").read_text(encoding="utf-8"),
            "STYLE": (options.folder / "style.json").read_text(encoding="utf-8"),
            "FACTS": json.dumps(page_data.facts(options.folder, not options.no_quotes), ensure_ascii=False, separators=(",", ":")),
            "WORDS": (PAGE / "words.json").read_text(encoding="utf-8"),
            "CSS": (PAGE / "page.css").read_text(encoding="utf-8"),
            "CODE": "".join((PAGE / name).read_text(encoding="utf-8") for name in CODE),
        }
    except OSError as error:
        missing = isinstance(error, FileNotFoundError) and options.packages in pathlib.Path(error.filename).parents
        hint = "; tools/web/install puts it there (it needs npm)" if missing else ""
        sys.exit(f"make_page.py: {error.filename}: {error.strerror}{hint}")
    except (sqlite3.Error, ValueError) as error:
        sys.exit(f"make_page.py: {options.folder}: {error}; is it a folder that kharita build made?")
    if len(archive) > LARGE:
        sys.exit(f"make_page.py: {options.folder}/layers.pmtiles is larger than {LARGE >> 20} MiB, too much for one page; "
                 "serve the folder by HTTP instead")
    for name in ("STYLE", "FACTS", "WORDS"):
        parts[name] = parts[name].replace("<", r"\u003c")
    parts = {name: text if name.endswith("CSS") else script_safe(text) for name, text in parts.items()}
    # Source maps stay behind.
    parts = {name: re.sub(r"\n//# sourceMappingURL=\S*", "", text) for name, text in parts.items()}
    parts["TILES"] = base64.b64encode(archive).decode("ascii")

    page = re.sub(r"@([A-Z]+)@", lambda match: parts[match[1]], (PAGE / "page.html").read_text(encoding="utf-8"))
    if options.output.exists() and options.output.read_text(encoding="utf-8") == page:
        return
    options.output.parent.mkdir(parents=True, exist_ok=True)
    beside = options.output.with_name(f".{options.output.name}.tmp.{os.getpid()}")
    beside.write_text(page, encoding="utf-8")
    beside.replace(options.output)


if __name__ == "__main__":
    main()
