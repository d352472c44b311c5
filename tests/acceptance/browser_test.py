#!/usr/bin/python3
"""The page of the sample in headless Chromium: tiles drawn, Arabic labels, no complaint, nothing asked of the network."""
import subprocess

import chromium
import kharita

PACKAGES = kharita.TOP / "build" / "web"


class Page(kharita.Case):
    def test_page(self):
        if not (PACKAGES / "node_modules").exists():
            self.skipTest("the browser packages are not installed (tools/web/install)")
        page = self.work / "sample.html"
        subprocess.run([kharita.TOP / "tools/web/make_page.py", kharita.BUILT, "-o", page], check=True)
        with chromium.Browser() as browser:
            browser.open(page.as_uri())
            browser.wait_for("document.documentElement?.dataset.ready === 'yes'")
            browser.screenshot(kharita.BUILT.parent / "sample-browser.png")
            drawn = browser.evaluate("""(() => {
                const names = {};
                for (const each of kharita.map.queryRenderedFeatures()) {
                    (names[each.sourceLayer ?? each.source] ??= new Set()).add(each.id);
                }
                return Object.fromEntries(Object.entries(names).map(([name, ids]) => [name, ids.size]));
            })()""")
            labels = browser.evaluate("""kharita.map.queryRenderedFeatures()
                .filter(each => each.layer.type === 'symbol').map(each => each.layer.layout['text-field'])
                .map(each => each?.toString() ?? '')""")
            colours = browser.evaluate("""(async () => {
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
            })()""")
        self.assertEqual([], browser.complaints)
        self.assertEqual([], [each for each in browser.requests if not each.startswith(("file:", "blob:", "data:"))])
        for layer in ("events", "places", "zones", "control", "frontlines"):
            self.assertGreater(drawn.get(layer, 0), 0, f"layer {layer} is not on the map: {drawn}")
        self.assertTrue(any(any("\u0600" <= letter <= "\u06ff" for letter in label) for label in labels),
                        f"no Arabic label among {labels[:20]}")
        number, share = colours
        self.assertGreater(number, 30)
        self.assertGreater(share, 0.02)


if __name__ == "__main__":
    kharita.main()
