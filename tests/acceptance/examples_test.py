#!/usr/bin/python3
"""Every command line of the README, docs/ and docs/man, run as it stands there.

What a command needs is prepared under the name that it has in the text. A command that is not run stands in NOT_RUN with
the reason; one that is neither run nor there fails.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

import gazetteer_test
import kharita
import postgis_server

TEXTS = [kharita.TOP / "README.md", kharita.TOP / "CONTRIBUTING.md", *sorted((kharita.TOP / "docs").glob("*.md")),
         *sorted((kharita.TOP / "docs" / "man").glob("*.md"))]
# Beginnings of what is not run here, and why.
NOT_RUN = {
    "tools/run": "installs packages and builds; what it leaves is what tools/test looks at",
    "tools/test": "this test is a part of it",
    "tools/lint": "a part of tools/test",
    "tools/golden.py": "the test golden",
    "tools/bench": "takes minutes",
    "tools/fit_": "takes minutes",
    "cmake --preset": "builds; a part of tools/test",
    "mkdir -p /tmp/found && build/fuzz": "needs a build with libFuzzer",
}
# What a text leaves to its reader. All at once, so that what was put in is not read again.
PLACEHOLDERS = {"REPORTS…": "reports", "FOLDER": "map", "PAGE.html": "page.html", "DATABASE": "map/events.sqlite", "PAIRS DB": "pairs.tsv map/events.sqlite",
                "build/release/bin/kharita": "kharita"}
INLINE = re.compile(r"`((?:kharita|sqlite3|build/release/bin/kharita|tools/[\w./]+) [^`]*[/.=…A-Z][^`]*)`")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(text):
    """The command lines of a text in their order: of blocks without a language each line, and those within sentences that name
    a file or an address."""
    found = []
    for match in re.finditer(rf"{FENCE.pattern}|{INLINE.pattern}", text, re.MULTILINE | re.DOTALL):
        if match[3]:
            found.append(" ".join(match[3].split()))
        elif match[1] == "" and not set("──►│") & set(match[2]):
            found += [line for line in match[2].splitlines() if line.strip()]
    return list(dict.fromkeys(found))


def surroundings(work):
    return {**os.environ, "PATH": f"{work}/.bin:/usr/local/bin:/usr/bin:/bin", "XDG_DATA_HOME": f"{work}/.data"}


def prepare(work):
    """A folder with all that the texts speak of, under the names that they use."""
    (work / ".bin").mkdir(parents=True)
    (work / ".bin/kharita").symlink_to(kharita.PROGRAM)
    for name in ("tools", "tests", "gazetteer"):
        (work / name).symlink_to(kharita.TOP / name)

    def run(*arguments):
        return subprocess.run(list(map(str, arguments)), cwd=work, env=surroundings(work), check=True, capture_output=True, text=True).stdout

    shutil.copytree(kharita.SAMPLE, work / "reports")
    shutil.copy(kharita.SAMPLE / "reports.jsonl", work)
    (work / "a.jsonl").write_text(json.dumps({"id": "r1", "source": "Desk", "published": "2019-08-01",
                                              "text": "قصف الطيران الحربي مدينة معرة النعمان أمس."}) + "\n")
    (work / "b.txt").write_text("Government artillery shelled Kafr Zita on 31 July 2019.\n")
    (work / "labelled.jsonl").write_text(json.dumps(
        {"id": "l1", "text": "قصف على مدينة إدلب", "events": [], "mentions": [
            {"start": 13, "end": 18, "text": "إدلب", "role": "event", "sure": True, "precision": "settlement", "lon": 36.63, "lat": 35.93,
             "ref": ""}]}) + "\n")
    (work / "documents.jsonl").write_text(run("kharita", "extract", "reports"))
    run("kharita", "build", "reports", "-o", "map")
    run("kharita", "build", "a.jsonl", "-o", "last")
    places = json.loads((work / "map/places.geojson").read_text())
    (work / "changed.geojson").write_text(json.dumps({**places, "features": places["features"][:2]}))
    (work / "SY.txt").write_text(gazetteer_test.DUMP)
    event, other = (each["properties"] for each in json.loads((work / "map/events.geojson").read_text())["features"][:2])
    (work / "pairs.tsv").write_text(f"{event['id']}\t{other['id']}\n")
    (work / "corrections.csv").write_text("kind,target,place,author,reason,made\n"
                                          f"force_place,{event['id']},sy-hama,amal,Hama is meant,2019-08-05\n")
    if shutil.which("ogr2ogr"):
        unit = {"ADM1_PCODE": "SY07", "ADM1_EN": "Idleb", "ADM2_PCODE": "SY0703", "ADM2_EN": "Jisr-Ash-Shugur", "ADM3_EN": "Darkosh",
                "ADM3_AR": "دركوش", "ADM3_PCODE": "SY070303", "ADM0_PCODE": "SY"}
        ring = [[36.3, 35.98], [36.5, 35.98], [36.5, 36.1], [36.3, 36.1], [36.3, 35.98]]
        (work / "units.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": unit, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}))
        (work / "villages.csv").write_text("KOD,ADI,lon,lat\nv1,تل زرزور,36.02,35.95\n")
        run("ogr2ogr", "-lco", "ENCODING=UTF-8", "syr_admbnda_adm3.shp", "units.geojson")
        run("ogr2ogr", "villages.xlsx", "villages.csv")


class Examples(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = None if postgis_server.missing() else postgis_server.Server()
        if cls.server:
            cls.addClassCleanup(cls.server.stop)
        folder = tempfile.TemporaryDirectory(prefix="kharita-examples-")
        cls.addClassCleanup(folder.cleanup)
        cls.prepared_folder = pathlib.Path(folder.name) / "desk"
        prepare(cls.prepared_folder)

    def setUp(self):
        super().setUp()
        self.work = self.work / "desk"
        shutil.copytree(self.prepared_folder, self.work, symlinks=True)
        self.environment = surroundings(self.work)
        event = json.loads((self.work / "map/events.geojson").read_text())["features"][0]["properties"]
        self.placeholders = {**PLACEHOLDERS, "'ID'": f"'{event['id']}'", ",ID,": f",{event['id']},", "PLACE_ID": "sy-hama", "'NAME'": "Hama",
                             "import --remove NAME": "import --remove SY"}
        if self.server:
            address = self.server.make("events")
            for name in ("postgresql://desk@db.example.org/events", "postgresql://USER@HOST:5432/NAME", "postgresql://…"):
                self.placeholders[name] = f"'{address}'"

    def prepared(self, command):
        names = sorted(self.placeholders, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, names)), lambda match: self.placeholders[match[0]], command)

    def run_command(self, command):
        if "postgresql:" in command and not self.server:
            return f"not run, {postgis_server.missing()}: {command}"
        if "syr_admbnda" in command and not shutil.which("ogr2ogr"):
            return f"not run, ogr2ogr is not installed: {command}"
        if "make_page.py" in command and not (kharita.TOP / "build/web/node_modules").exists():
            return f"not run, the browser packages are not installed (tools/web/install): {command}"
        words = self.prepared(command)
        if "fetch geonames" in words:
            server = gazetteer_test.Server()
            server.answers["/dump/SY.zip"] = (200, {"Content-Type": "application/zip"}, gazetteer_test.archive(gazetteer_test.DUMP))
            words = words.replace("fetch geonames", f"fetch geonames --url {server.url()}")
            self.addCleanup(server.server_close)
            self.addCleanup(server.shutdown)
        if "…" in words.partition("  #")[0]:
            self.fail(f"nothing stands for … in {command}")
        done = subprocess.run(["bash", "-o", "pipefail", "-c", words], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300)
        self.assertIn(done.returncode, (0, 141), f"{command}\n{words}\n{done.stdout[-500:]}\n{done.stderr[-1500:]}")
        return f"ran: {command}"

    def run_text(self, text):
        for command in commands(text.read_text(encoding="utf-8")):
            reason = next((reason for begin, reason in NOT_RUN.items() if command.startswith(begin)), None)
            with self.subTest(text=text.name, command=command):
                print(f"  {text.name}: " + (f"not run ({reason}): {command}" if reason else self.run_command(command)))

    def test_a_correction_made_as_written_applies(self):
        self.run_text(kharita.TOP / "docs" / "database.md")
        self.assertIn("applied", (self.work / "done.csv").read_text(encoding="utf-8").splitlines()[1])
        event = self.placeholders["'ID'"].strip("'")
        places = {each["properties"]["id"]: each["properties"]["place"]
                  for each in json.loads((self.work / "map/events.geojson").read_text())["features"]}
        self.assertEqual("Hama", places[event])

    def test_statements_in_sql(self):
        for text in TEXTS:
            for language, statements in FENCE.findall(text.read_text(encoding="utf-8")):
                if language != "sql":
                    continue
                with self.subTest(text=text.name, statements=statements):
                    if "ROLE" not in statements:
                        with contextlib.closing(sqlite3.connect(self.work / "map/events.sqlite")) as connection:
                            connection.execute(self.prepared(statements)).fetchall()
                    elif self.server:
                        self.run_program("build", "reports", "-o", self.server.make("roles"), cwd=self.work)
                        self.server.ask("roles", statements)
                        self.server.ask("roles", "CREATE ROLE amal LOGIN PASSWORD 'x' IN ROLE analysts")
                    else:
                        print(f"  not run, {postgis_server.missing()}: {text.name}: roles")

    def test_question_that_tools_run_proposes(self):
        question = re.search("'(SELECT [^']*)'", (kharita.TOP / "tools/run").read_text(encoding="utf-8"))[1]
        with contextlib.closing(sqlite3.connect(self.work / "map/events.sqlite")) as connection:
            self.assertGreater(len(connection.execute(question).fetchall()), 10)

    def test_every_command_is_told_of(self):
        commands = set(re.findall(r"^  (\w+) {2,}", self.run_program("--help").stdout.partition("Subcommands:")[2], re.MULTILINE))
        pages = {page.name.removeprefix("kharita-").removesuffix(".1.md") for page in (kharita.TOP / "docs" / "man").glob("*.md")}
        listed = re.findall(r"^\| \[`kharita (\w+)`\]\((.*?)\)", (kharita.TOP / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual(commands, pages)
        self.assertEqual(commands, {name for name, _ in listed})
        for name, page in listed:
            self.assertEqual(f"docs/man/kharita-{name}.1.md", page)

    def test_options_are_those_of_the_program(self):
        parts = {"archive": ["cat", "ls", "diff", "join", "convert"],
                 "gazetteer": ["build", "check", "lookup", "stats", "import", "imports", "fetch geonames", "export"]}
        for text in sorted((kharita.TOP / "docs" / "man").glob("*.md")):
            command = text.name.removeprefix("kharita-").removesuffix(".1.md")
            said = "".join(self.run_program(*f"{command} {part}".split(), "--help").stdout for part in ["", *parts.get(command, [])])
            known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", said)) - {"--help", "--output"}
            written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text.read_text(encoding="utf-8").partition("## EXAMPLES")[0]))
            with self.subTest(command=command):
                self.assertEqual(known, written - {"--output"})


for each in TEXTS:
    name = re.sub(r"\W+", "_", each.relative_to(kharita.TOP).as_posix().removesuffix(".md").removesuffix(".1")).lower()
    setattr(Examples, f"test_{name}", lambda self, text=each: self.run_text(text))


if __name__ == "__main__":
    kharita.main()
