// geojson_vt.js IN.geojsonl MAXZOOM OUT LAYER: a whole pyramid with geojson-vt and vt-pbf, gzip'd, into one file.
const fs = require('fs');
const zlib = require('zlib');
const geojsonvt = require('geojson-vt').default || require('geojson-vt');
const vtpbf = require('vt-pbf');

const [, , input, maxzoom, output, layer] = process.argv;
const features = fs.readFileSync(input, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
const box = [180, 90, -180, -90];
const widen = c => {
    if (typeof c[0] !== 'number') return c.forEach(widen);
    box[0] = Math.min(box[0], c[0]); box[1] = Math.min(box[1], c[1]);
    box[2] = Math.max(box[2], c[0]); box[3] = Math.max(box[3], c[1]);
};
features.forEach(feature => widen(feature.geometry.coordinates));
const index = geojsonvt({type: 'FeatureCollection', features},
    {maxZoom: +maxzoom, indexMaxZoom: 0, indexMaxPoints: 0, tolerance: 3, extent: 4096, buffer: 64});
const column = (lon, z) => (lon + 180) / 360 * 2 ** z;
const row = (lat, z) => {
    const s = Math.sin(lat * Math.PI / 180);
    return (0.5 - 0.25 * Math.log((1 + s) / (1 - s)) / Math.PI) * 2 ** z;
};
const file = fs.openSync(output, 'w');
for (let z = 0; z <= +maxzoom; z++) {
    for (let x = Math.floor(column(box[0], z) - 0.02); x <= column(box[2], z) + 0.02; x++) {
        for (let y = Math.floor(row(box[3], z) - 0.02); y <= row(box[1], z) + 0.02; y++) {
            const tile = index.getTile(z, x, y);
            if (tile && tile.features.length) {
                fs.writeSync(file, zlib.gzipSync(vtpbf.fromGeojsonVt({[layer]: tile}, {version: 2}), {level: 6}));
            }
        }
    }
}
