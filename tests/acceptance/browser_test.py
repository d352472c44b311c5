#!/usr/bin/python3
"""The page of the sample in headless Chromium, and the published folder on a web server: what a newsroom sees."""
import csv
import functools
import http.server
import json
import pathlib
import subprocess
import threading
import unittest

import chromium
import kharita

PACKAGES = kharita.TOP / "build" / "web"
READY = "document.documentElement?.dataset.ready"
# How many different things each layer shows.
DRAWN = """(() => {
    const names = {};
    for (const each of kharita.map.queryRenderedFeatures()) {
        (names[each.sourceLayer ?? each.source] ??= new Set()).add(each.id ?? JSON.stringify(each.properties));
    }
    return Object.fromEntries(Object.entries(names).map(([name, ids]) => [name, ids.size]));
})()"""
COLOURS = """(async () => {
    const frame = new Promise(done => kharita.map.once('render', () => {
        const source = kharita.map.getCanvas();
        const canvas = Object.assign(document.createElement('canvas'), {width: source.width, height: source.height});
        const context = canvas.getContext('2d');
        context.drawImage(source, 0, 0);
        const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Map();
        for (let i = 0; i < data.length; i += 28) {
            const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
            seen.set(colour, (seen.get(colour) ?? 0) + 1);
        }
        done([seen.size, 1 - Math.max(...seen.values()) / (data.length / 28)]);
    }));
    kharita.map.triggerRepaint();
    return frame;
})()"""
LABELS = """kharita.map.queryRenderedFeatures().filter(each => each.layer.type === 'symbol')
    .map(each => each.layer.layout['text-field']?.toString() ?? '')"""
IDLE = """new Promise(done => { kharita.map.once('idle', () => done(true)); kharita.map.triggerRepaint(); })"""
# What nobody can name: controls without words, for those who hear a page.
NAMELESS = """[...document.querySelectorAll('button, input, select, a')].filter(each => each.offsetParent !== null
    && !(each.textContent.trim() || each.getAttribute('aria-label') || each.labels?.[0]?.textContent.trim())).map(each => each.outerHTML)"""


def is_arabic(text):
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


class FolderOnServer(http.server.SimpleHTTPRequestHandler):
    """A folder as simple web servers serve it, with range requests."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        asked = self.headers.get("Range")
        file = pathlib.Path(self.translate_path(self.path))
        if not asked or not file.is_file():
            return super().do_GET()
        first, last = (int(part) for part in asked.removeprefix("bytes=").split("-"))
        data = file.read_bytes()[first:last + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{first + len(data) - 1}/{file.stat().st_size}")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@unittest.skipUnless((PACKAGES / "node_modules").exists(), "the browser packages are not installed (tools/web/install)")
class Page(kharita.Case):
    def page_of(self, folder, *options):
        page = self.work / "page.html"
        subprocess.run([kharita.TOP / "tools/web/make_page.py", folder, "-o", page, *options], check=True)
        return page

    def opened(self, browser, page, after=""):
        browser.open(page.as_uri() + after)
        browser.wait_for(f"{READY} === 'yes'")

    def assert_quiet(self, browser):
        self.assertEqual([], browser.complaints)
        self.assertEqual([], [each for each in browser.requests if not each.startswith(("file:", "blob:", "data:"))])

    def test_map_is_drawn(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser() as browser:
            self.opened(browser, page)
            browser.screenshot(kharita.BUILT.parent / "sample-browser.png")
            drawn = browser.evaluate(DRAWN)
            for layer in ("events", "places", "zones", "control", "frontlines", "areas"):
                self.assertGreater(drawn.get(layer, 0), 0, f"layer {layer} is not on the map: {drawn}")
            number, share = browser.evaluate(COLOURS)
            self.assertGreater(number, 30)
            self.assertGreater(share, 0.02)
            self.assertEqual([], browser.evaluate(NAMELESS))
            self.assert_quiet(browser)

    def test_languages(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser() as browser:
            self.opened(browser, page, "#lang=ar")
            self.assertEqual("rtl", browser.evaluate("document.documentElement.dir"))
            labels = browser.evaluate(LABELS)
            self.assertTrue(any(map(is_arabic, labels)), labels[:20])
            self.assertFalse([label for label in labels if is_arabic(label) and "\n" in label and any("a" <= c <= "z" for c in label)])
            words = browser.evaluate("document.getElementById('panel').innerText")
            self.assertFalse([word for word in ("Battles", "happened", "Killed") if word in words], words[:400])
            for choice, direction, arabic in (("en", "ltr", False), ("both", "ltr", True)):
                browser.evaluate(f"(() => {{ const s = document.getElementById('language'); s.value = '{choice}'; s.onchange(); }})()")
                browser.evaluate(IDLE)
                self.assertEqual(direction, browser.evaluate("document.documentElement.dir"))
                self.assertEqual(arabic, any(map(is_arabic, browser.evaluate(LABELS))), choice)
            self.assert_quiet(browser)

    def test_choosing(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser() as browser:
            self.opened(browser, page)
            listed = "document.querySelectorAll('#events li').length"
            every = browser.evaluate("kharita.events")
            self.assertEqual(len(every), browser.evaluate(listed))
            click = "[...document.querySelectorAll('#panel label')].find(each => each.textContent.startsWith('%s')).querySelector('input').click()"
            browser.evaluate(click % "happened")
            self.assertEqual(sum(each["modality"] != "occurred" for each in every), browser.evaluate(listed))
            browser.evaluate(IDLE)
            signs = browser.evaluate("""kharita.map.queryRenderedFeatures({layers: ['events']}).map(each => each.properties.sign)""")
            self.assertTrue(signs)
            self.assertFalse([sign for sign in signs if "|occurred|" in sign])
            browser.evaluate("document.getElementById('reset').click()")
            browser.evaluate("kharita.choose(() => Object.assign(kharita.chosen, {from: '2019-08-02', to: '2019-08-02'}))")
            on_the_day = [each for each in every if each.get("date", "9999") <= "2019-08-02" <= each.get("date_end", "")]
            self.assertEqual(len(on_the_day), browser.evaluate(listed))
            undated = sum("date" not in each for each in every)
            self.assertGreater(undated, 0)
            self.assertIn(f"while days are chosen: {undated}", browser.evaluate("document.getElementById('count').textContent"))
            browser.evaluate("document.getElementById('reset').click()")
            browser.evaluate("document.querySelector('#bars button').click()")
            self.assertIn("2019-07-31", browser.evaluate("document.getElementById('from').value"))
            self.assert_quiet(browser)

    def test_card(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser() as browser:
            self.opened(browser, page)
            # By keyboard: the button of the list, the card, and back.
            browser.evaluate("""(() => { const button = [...document.querySelectorAll('#events button')]
                .find(each => each.textContent.includes('denied')); button.focus(); button.click(); })()""")
            browser.evaluate(IDLE)
            card = browser.evaluate("document.getElementById('card').innerText")
            event = browser.evaluate("kharita.events.find(each => location.hash.includes(each.id))")
            self.assertEqual("denied", event["modality"])
            for words in ("denied", event["reports"][0]["quote"], event["reports"][0]["source"], event["id"], event["why"], event["date_why"]):
                self.assertIn(words, card)
            self.assertEqual("card", browser.evaluate("document.activeElement.id"))
            self.assertEqual(event["reports"][0]["url"], browser.evaluate("document.querySelector('#card a').href"))
            self.assertGreater(browser.evaluate(DRAWN).get("chosen", 0), 0)
            browser.ask("Input.dispatchKeyEvent", type="keyDown", key="Escape", code="Escape")
            self.assertTrue(browser.evaluate("document.getElementById('card').hidden"))
            self.assertTrue(browser.evaluate("document.activeElement.textContent.includes('denied')"))
            # By mouse: a point of several events lists each of them.
            browser.evaluate("void kharita.map.jumpTo({center: [36.6, 35.5], zoom: 6})")
            browser.evaluate(IDLE)
            place = browser.evaluate("""(() => { const [each] = kharita.map.queryRenderedFeatures({layers: ['clusters']});
                const at = kharita.map.project(each.geometry.coordinates), box = kharita.map.getCanvas().getBoundingClientRect();
                return [each.properties.point_count, box.left + at.x, box.top + at.y]; })()""")
            for kind in ("mousePressed", "mouseReleased"):
                browser.ask("Input.dispatchMouseEvent", type=kind, x=place[1], y=place[2], button="left", clickCount=1)
            browser.wait_for("!document.getElementById('card').hidden")
            self.assertEqual(place[0], browser.evaluate("document.querySelectorAll('#card .several li').length"))
            self.assert_quiet(browser)
            # An address that names an event opens it.
            self.opened(browser, page, f"?#event={event['id']}")
            self.assertIn(event["id"], browser.evaluate("document.getElementById('card').innerText"))

    def test_phone(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser() as browser:
            browser.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
            self.opened(browser, page)
            visible = "getComputedStyle(document.getElementById('%s')).display !== 'none'"
            self.assertFalse(browser.evaluate(visible % "panel"))
            self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), 390)
            self.assertEqual(390, browser.evaluate("document.getElementById('map').clientWidth"))
            browser.evaluate("document.getElementById('toggle').click()")
            self.assertTrue(browser.evaluate(visible % "panel"))
            self.assertEqual([], browser.evaluate(NAMELESS))
            browser.evaluate("document.querySelector('#events button').click()")
            browser.evaluate(IDLE)
            self.assertFalse(browser.evaluate(visible % "panel"))
            self.assertTrue(browser.evaluate(visible % "card"))
            self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), 390)
            browser.screenshot(kharita.BUILT.parent / "sample-phone.png")
            self.assert_quiet(browser)

    def test_without_webgl_the_list_says_all(self):
        page = self.page_of(kharita.BUILT)
        with chromium.Browser(flags=("--disable-3d-apis",)) as browser:
            browser.open(page.as_uri())
            browser.wait_for(f"{READY} === 'no map'")
            self.assertIn("WebGL", browser.evaluate("document.getElementById('no-map').innerText"))
            self.assertEqual(browser.evaluate("kharita.events.length"), browser.evaluate("document.querySelectorAll('#events li').length"))
            browser.evaluate("document.querySelector('#events button').click()")
            self.assertFalse(browser.evaluate("document.getElementById('card').hidden"))

    def test_words_of_reports_stay_words(self):
        report = {"id": "<b>1</b>", "source": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)", "published": "2019-08-02",
                  "title": "</script><script>alert(1)</script>", "lang": "en",
                  "text": "Government artillery shelled Kafr Zita on Thursday <img src=x onerror=alert(2)> </script><!-- & killed two."}
        (self.work / "reports.jsonl").write_text(json.dumps(report) + "\n", encoding="utf-8")
        self.run_program("build", "reports.jsonl", "-o", "map")
        with chromium.Browser() as browser:
            self.opened(browser, self.page_of(self.work / "map"))
            browser.evaluate("document.querySelector('#events button').click()")
            card = browser.evaluate("document.getElementById('card').innerText")
            for words in (report["source"], report["title"], "onerror=alert(2)> </script><!-- & killed two."):
                self.assertIn(words, card)
            self.assertEqual(0, browser.evaluate("document.querySelectorAll('#card a, #card img, #card script').length"))
            self.assert_quiet(browser)
        without = self.page_of(self.work / "map", "--no-quotes").read_text(encoding="utf-8")
        self.assertNotIn("killed two", without)

    def test_few_far_events_do_not_take_the_view(self):
        places = ("Kafr Zita", "Saraqib", "Ariha", "Taftanaz", "Binnish", "Kafr Nabl", "Darkush", "Nubl", "Khan Shaykhun", "Harem")
        lines = [json.dumps({"id": f"{place} {day}", "published": f"2020-02-{day}", "text": f"Artillery shelled {place} on Thursday."})
                 for place in places for day in (13, 20, 27)]
        lines += [json.dumps({"id": place, "published": f"{year}-02-13", "text": f"A car bomb exploded in {place} on 1 February {year}."})
                  for place, year in (("Washington", 1990), ("Kabul", 2020))]
        (self.work / "reports.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.run_program("build", "reports.jsonl", "-o", "map")
        with chromium.Browser() as browser:
            self.opened(browser, self.page_of(self.work / "map"))
            self.assertEqual(len(lines), browser.evaluate("kharita.events.length"))
            self.assertGreater(browser.evaluate("kharita.map.getZoom()"), 5)
            self.assertGreater(browser.evaluate("kharita.map.getBounds().contains([36.6, 35.7]) ? 1 : 0"), 0)
            self.assertIn("2020-02-01", browser.evaluate("document.querySelector('#bars button').title"))

    def test_every_word_has_both_languages(self):
        words = json.loads((kharita.TOP / "tools/web/page/words.json").read_text(encoding="utf-8"))
        self.assertEqual([], [name for name in words["en"] if name not in words["ar"]])

        def column(file, name):
            lines = [line for line in (kharita.TOP / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            return {row[name] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}

        coded = (column("schemas/ontology/acled.tsv", "event_type") | column("schemas/ontology/acled.tsv", "sub_event_type")
                 | column("gazetteer/vocabulary/event/weapons.tsv", "id") - {"none"})
        self.assertEqual([], sorted(coded - set(words["ar"])))
        wanted = {"occurred", "failed", "planned", "threatened", "denied", "historical"}
        self.assertEqual(set(), wanted - set(words["en"]))

    def test_published_style_on_a_web_server(self):
        served = self.work / "served"
        served.mkdir()
        for file in kharita.BUILT.iterdir():
            (served / file.name).symlink_to(file)
        for file in ("maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl/dist/maplibre-gl-worker.mjs", "pmtiles/dist/pmtiles.js"):
            (served / pathlib.Path(file).name).symlink_to(PACKAGES / "node_modules" / file)
        for file in (PACKAGES / "node_modules/maplibre-gl/dist").glob("*.mjs"):
            if not (served / file.name).exists():
                (served / file.name).symlink_to(file)
        (served / "index.html").write_text("""<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
            <div id="map" style="height: 600px"></div><script src="pmtiles.js"></script><script type="module">
            import * as maplibre from './maplibre-gl.mjs';
            maplibre.setWorkerUrl('maplibre-gl-worker.mjs');
            maplibre.addProtocol('pmtiles', new pmtiles.Protocol().tile);
            const map = new maplibre.Map({container: 'map', style: 'style.json'});
            map.on('error', event => console.error(event.error?.message ?? event));
            window.kharita = {map};
            map.once('idle', () => { document.documentElement.dataset.ready = 'yes'; });
            </script>""", encoding="utf-8")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(FolderOnServer, directory=served))
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with chromium.Browser() as browser:
            browser.open(f"http://127.0.0.1:{server.server_port}/index.html")
            browser.wait_for(f"{READY} === 'yes'")
            drawn = browser.evaluate(DRAWN)
            for layer in ("events", "places", "zones", "control", "frontlines"):
                self.assertGreater(drawn.get(layer, 0), 0, f"layer {layer} is not on the map: {drawn}")
            self.assertTrue(any(map(is_arabic, browser.evaluate(LABELS))))
            self.assertEqual([], browser.complaints)


if __name__ == "__main__":
    kharita.main()
