// The map: control, fronts, zones and places from the tiles; events from the page, so that what is chosen is counted rightly.
const from_tiles = new Set(['events', 'historical', 'denied', 'threatened', 'planned', 'failed']);
const style = JSON.parse(text('style'));
style.layers = style.layers.filter(layer => !from_tiles.has(layer['source-layer']));
let map = null;

const collection = features => ({ type: 'FeatureCollection', features });
const points_of = shown => collection(shown.filter(event => event.geom).map(event => ({
  type: 'Feature', geometry: { type: 'Point', coordinates: event.geom },
  properties: { id: event.id, sign: sign_name(type_of(event), event.modality, event.rough), killed: event.killed ?? 0,
    real: event.modality === 'occurred' ? 1 : 0 },
})));
const areas_of = shown => {
  const areas = new Map(); // one for events of one place
  for (const event of shown) {
    const geometry = area_of(event);
    if (geometry) areas.set(event.area ? event.id : `${event.geom} ${event.uncertainty_m}`, geometry);
  }
  return collection([...areas.values()].map(geometry => ({ type: 'Feature', geometry, properties: {} })));
};

const event_layers = [
  { id: 'uncertainty', type: 'line', source: 'areas', paint: { 'line-color': '#4d483d', 'line-width': 1, 'line-dasharray': [3, 3], 'line-opacity': 0.65 } },
  { id: 'chosen-area', type: 'fill', source: 'chosen', filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': '#2b6fd6', 'fill-opacity': 0.15, 'fill-outline-color': '#2b6fd6' } },
  { id: 'events', type: 'symbol', source: 'events', filter: ['!', ['has', 'point_count']],
    layout: { 'icon-image': ['get', 'sign'], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'icon-size': ['interpolate', ['linear'], ['ln', ['+', 1, ['get', 'killed']]], 0, 0.7, 4, 1.7], 'symbol-sort-key': ['get', 'killed'] } },
  { id: 'clusters', type: 'circle', source: 'events', filter: ['has', 'point_count'],
    paint: { 'circle-color': ['case', ['>', ['get', 'real'], 0], '#3a3630', '#ffffff'],
      'circle-stroke-color': ['case', ['>', ['get', 'real'], 0], '#ffffff', '#3a3630'],
      'circle-stroke-width': 1.6, 'circle-radius': ['interpolate', ['linear'], ['ln', ['get', 'point_count']], 0.6, 10, 6, 24] } },
  { id: 'chosen-point', type: 'circle', source: 'chosen', filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-color': 'rgba(0,0,0,0)', 'circle-radius': 14, 'circle-stroke-color': '#2b6fd6', 'circle-stroke-width': 3 } },
  { id: 'cluster-counts', type: 'symbol', source: 'events', filter: ['has', 'point_count'],
    layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': ['Noto Sans Arabic'], 'text-size': 12, 'text-allow-overlap': true,
      'text-ignore-placement': true },
    paint: { 'text-color': ['case', ['>', ['get', 'real'], 0], '#ffffff', '#3a3630'] } },
];

// The labels of the style, which has them in both languages, in one.
const both_languages = new Map(style.layers.filter(layer => layer.type === 'symbol').map(layer => [layer.id, layer.layout['text-field']]));
const label_of = (id, field) => {
  if (labels === 'both') return field;
  if (id === 'zone-labels') {
    const kinds = ['safe_zone', 'corridor', 'deescalation', 'buffer', 'no_fly'].flatMap(kind => [kind, word(kind)]);
    const states = ['proposed', 'agreed', 'in_force', 'violated', 'ended'].flatMap(state => [state, word(state)]);
    return ['concat', ['coalesce', ['get', 'name'], ['match', ['get', 'kind'], ...kinds, '']], '\n', ['match', ['get', 'status'], ...states, '']];
  }
  const [first, second] = labels === 'ar' ? ['name_ar', 'name'] : ['name', 'name_ar'];
  return ['case', ['!=', ['coalesce', ['get', first], ''], ''], ['get', first], ['coalesce', ['get', second], '']];
};
const write_labels = () => {
  for (const [id, field] of both_languages) map?.setLayoutProperty(id, 'text-field', label_of(id, field));
};

const draw_events = () => {
  const shown = events.filter(is_shown);
  map?.getSource('events')?.setData(points_of(shown));
  map?.getSource('areas')?.setData(areas_of(shown));
};
const mark = event => {
  const geometries = event?.geom ? [{ type: 'Point', coordinates: event.geom }, area_of(event)].filter(Boolean) : [];
  map?.getSource('chosen')?.setData(collection(geometries.map(geometry => ({ type: 'Feature', geometry, properties: {} }))));
};
const go_to = (event, zoom) => {
  if (!map || !event.geom) return;
  // Beside the card, or on a phone above it.
  const side = document.documentElement.dir === 'rtl' ? -1 : 1;
  const offset = matchMedia('(max-width: 760px)').matches ? [0, -map.getContainer().clientHeight / 4] : [-190 * side, 0];
  map.easeTo({ center: event.geom, zoom: Math.max(map.getZoom(), zoom ?? 9), offset,
    ...(matchMedia('(prefers-reduced-motion: reduce)').matches ? { duration: 0 } : {}) });
};

const make_map = async () => {
  // Everything stands in this file, so that it opens from a folder without any server: the library as a module made of the
  // text above, the archive as a file in memory.
  const script = id => URL.createObjectURL(new Blob([text(id)], { type: 'text/javascript' }));
  const maplibre = await import(script('library'));
  maplibre.setWorkerUrl(script('worker'));
  const bytes = Uint8Array.from(atob(text('tiles')), c => c.charCodeAt(0));
  const archive = new pmtiles.PMTiles(new pmtiles.FileSource(new File([bytes], 'layers.pmtiles')));
  const protocol = new pmtiles.Protocol();
  protocol.add(archive);
  maplibre.addProtocol('pmtiles', protocol.tile);
  for (const source of Object.values(style.sources)) {
    if (source.type === 'vector') {
      delete source.tiles;
      source.url = 'pmtiles://layers.pmtiles';
    }
  }
  style.sources.events = { type: 'geojson', data: collection([]), cluster: true, clusterRadius: 22, maxzoom: 18, clusterMaxZoom: 17,
    clusterProperties: { real: ['+', ['get', 'real']] } };
  style.sources.areas = { type: 'geojson', data: collection([]) };
  style.sources.chosen = { type: 'geojson', data: collection([]) };
  // Areas lie under all labels, events above them; names of places leave room for the signs of events.
  const first_label = style.layers.findIndex(layer => layer.type === 'symbol');
  style.layers.splice(first_label < 0 ? style.layers.length : first_label, 0, ...event_layers.slice(0, 2));
  style.layers.push(...event_layers.slice(2));
  for (const layer of style.layers) if (layer.id === 'place-labels') layer.layout['text-offset'] = [0, 0.9];
  for (const layer of style.layers) {
    if (both_languages.has(layer.id)) layer.layout['text-field'] = label_of(layer.id, both_languages.get(layer.id));
  }
  const container = document.getElementById('map');
  // The style's view is for a window of 720 pixels.
  if (style.center) style.zoom += Math.log2(Math.min(container.clientWidth, container.clientHeight * 1.2) / 790);
  map = new maplibre.Map({ container, style, attributionControl: { compact: container.clientWidth < 600 }, maxZoom: 17,
    locale: { 'Map.Title': word('map') } });
  const loaded = new Promise(done => map.once('style.load', done));
  map.on('error', event => console.error(event.error?.message ?? event));
  if (!style.center) {
    const header = await archive.getHeader();
    map.fitBounds([[header.minLon, header.minLat], [header.maxLon, header.maxLat]], { padding: 40, animate: false });
  }
  // Where most of it happened, if that is a small part of the style's view.
  const real = events.filter(event => event.geom && event.modality === 'occurred');
  const [lons, lats] = [0, 1].map(i => middle_of(real.map(event => event.geom[i])));
  const most = lons && map.cameraForBounds([[lons[0], lats[0]], [lons[1], lats[1]]], { padding: 60, maxZoom: 9 });
  if (most && most.zoom > (style.zoom ?? map.getZoom()) + 2) map.jumpTo(most);
  map.addControl(new maplibre.NavigationControl(), 'top-left');
  map.addControl(new maplibre.ScaleControl());
  const names = Object.keys(colours).flatMap(type => modalities.flatMap(modality =>
    [true, false].map(rough => sign_name(type, modality, rough))));
  const images = await Promise.all(names.map(sign_image));
  await loaded;
  names.forEach((name, i) => map.addImage(name, images[i], { pixelRatio: 2 }));
  draw_events();
  map.on('click', chosen_on_map);
  map.on('mousemove', ({ point }) => {
    const over = map.queryRenderedFeatures(point, { layers: ['events', 'clusters'] }).length > 0;
    map.getCanvas().style.cursor = over ? 'pointer' : '';
  });
  return maplibre;
};
