// The card: what is known of the event, or of what else was clicked, with the words that it was read from, and why.
const card = document.getElementById('card');
let opener = null;

const open_card = (title, ...content) => {
  if (card.hidden) opener = document.activeElement;
  document.getElementById('card-title').replaceChildren(create('bdi', {}, title));
  document.getElementById('card-body').replaceChildren(...content.filter(Boolean));
  card.hidden = false;
  card.scrollTop = 0;
  card.focus({ preventScroll: true });
};
const close_card = () => {
  if (card.hidden) return;
  card.hidden = true;
  mark(null);
  set_hash('event', '');
  (opener?.isConnected ? opener : document.getElementById('list')).focus({ preventScroll: true });
};
document.getElementById('close').onclick = close_card;
document.addEventListener('keydown', event => { if (event.key === 'Escape') close_card(); });

const table = rows => create('dl', {}, ...rows.filter(([, value]) => value !== undefined && value !== null && value !== '')
  .flatMap(([name, value]) => [create('dt', {}, name), create('dd', { dir: 'auto' }, value)]));
// Only addresses of the web become links: a report may say anything.
const link = (address, words) => (/^https?:\/\//i.test(address ?? '')
  ? create('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, words || address) : words || address || '');
const toll = (own, low, high, shared) => {
  if (own === undefined) return shared > 0 ? word('together', { count: shared }) : shared === 0 ? word('none_said') : word('not_said');
  if (own === 0) return word('none_said');
  return low !== undefined && low < high ? `${own} (${word('range', { low, high })})` : `${own}`;
};
const percent = share => left_to_right(`${Math.round(share * 100)} %`);
const kilometres = metres => (metres < 10000 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000));

const show_event = (event, { move = false } = {}) => {
  const where = { 1: word('precise'), 2: word('near'), 3: word('region') }[event.geo_precision];
  const within = event.uncertainty_m ? word('within', { km: kilometres(event.uncertainty_m) }) : '';
  const units = [event.admin3, event.admin2, event.admin1].filter((name, i, all) => name && name !== event.place && all.indexOf(name) === i);
  const reports = event.reports?.map(({ source, url, published, title, quote }) => create('blockquote', {},
    create('p', { dir: 'auto' }, quote ?? ''),
    create('cite', {}, create('bdi', {}, [source, published && left_to_right(published)].filter(Boolean).join(' · ')), ' ', create('bdi', {}, link(url, title)))));
  open_card(headline(event),
    create('p', { className: `state${event.modality === 'occurred' ? '' : ' unreal'}` },
      sign_element(type_of(event), event.modality, event.rough), word(event.modality === 'occurred' ? 'occurred' : `note_${event.modality}`)),
    table([
      [word('date'), day_words(event)],
      [word('where'), [named(event, 'place'), units.join(', ')].filter(Boolean).join(' · ')],
      ['', event.geom ? [where, within].filter(Boolean).join(', ') : word('unlocated')],
      [word('initiator'), named(event, 'initiator')],
      [word('target'), named(event, 'target')],
      [word('weapon'), event.weapon && word(event.weapon)],
      [word('strikes'), event.strikes],
      [word('killed'), toll(event.killed, event.killed_low, event.killed_high, event.killed_shared)],
      [word('injured'), toll(event.injured, undefined, undefined, event.injured_shared)],
      [word('confidence'), percent(event.confidence)],
    ]),
    ...(reports ? [create('h2', {}, word('reports')), ...reports] : [create('p', {}, word('words_left_out'))]),
    event.why ? create('details', { open: true }, create('summary', {}, word('why')),
      create('p', {}, `${word('why_type')}: `, create('bdi', { dir: 'ltr', lang: 'en' }, event.why)),
      event.date_why ? create('p', {}, `${word('why_date')}: `, create('bdi', { dir: 'ltr', lang: 'en' }, event.date_why)) : null) : null,
    create('p', {}, `${word('id')} `, create('code', { dir: 'ltr' }, event.id)));
  mark(event);
  set_hash('event', event.id);
  if (move) go_to(event);
};

const event_button = (event, act) => create('button', { type: 'button', onclick: act },
  sign_element(type_of(event), event.modality, event.rough),
  create('span', {}, create('bdi', {}, headline(event)),
    create('small', {}, [day_words(event), event.modality === 'occurred' ? '' : word(event.modality),
      event.killed ? `${word('killed')}: ${event.killed}` : '', event.geom ? '' : word('unlocated')].filter(Boolean).join(' · '))));

const show_several = several => open_card(word('several', { count: several.length }),
  create('button', { type: 'button', onclick: () => go_to(several[0], map.getZoom() + 2) }, word('zoom')),
  create('ul', { className: 'several' }, ...several.map(event => create('li', {}, event_button(event, () => show_event(event))))));

const shown_things = {
  control: area => [word('area'), [[word('holder'), facts.actors[area.actor]?.[language()] ?? named(area, 'name')], [word('date'), left_to_right(area.date)],
    [word('made'), area.source && word(area.source)], [word('confidence'), percent(area.confidence)]]],
  frontlines: line => [word('front'), [[word('between'), word('both', { a: facts.actors[line.actor_a]?.[language()] ?? line.name_a,
    b: facts.actors[line.actor_b]?.[language()] ?? line.name_b })], [word('date'), left_to_right(line.date)],
    [word('last_evidence'), line.last_evidence && left_to_right(line.last_evidence)],
    [word('confidence'), percent(line.confidence)]]],
  zones: zone => [zone.name ?? word(zone.kind), [[word('kind'), word(zone.kind)], [word('status'), word(zone.status)], [word('along'), zone.along],
    [word('side'), zone.side], [word('declared_by'), zone.declared_by], [word('date'), zone.date && left_to_right(zone.date)],
    [word('depth'), zone.depth_km && word(zone.depth_assumed ? 'depth_assumed' : 'depth_stated', { km: Math.round(zone.depth_km) })],
    [word('source'), zone.url ? link(zone.url, zone.source) : zone.source],
    [word('confidence'), percent(zone.confidence)]]],
  places: place => [named(place, 'name'), [['', language() === 'ar' ? place.name : place.name_ar],
    [word('where'), [place.admin3, place.admin2, place.admin1].filter((name, i, all) => name && all.indexOf(name) === i).join(', ')],
    [word('events'), place.events], [word('mentions'), place.mentions], [word('population'), place.population]]],
};

const chosen_on_map = async ({ point }) => {
  const around = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]];
  const hits = map.queryRenderedFeatures(around, { layers: ['events', 'clusters'] });
  const found = new Set();
  for (const { properties } of hits) {
    if (!properties.cluster) found.add(by_id.get(properties.id));
    else for (const leaf of await map.getSource('events').getClusterLeaves(properties.cluster_id, Infinity, 0)) found.add(by_id.get(leaf.properties.id));
  }
  const several = events.filter(event => found.has(event));
  if (several.length === 1) return show_event(several[0]);
  if (several.length > 1) return show_several(several);
  const thing = map.queryRenderedFeatures(around).find(each => shown_things[each.sourceLayer?.replace('zone_labels', 'zones')]);
  if (!thing) return close_card();
  const [title, rows] = shown_things[thing.sourceLayer.replace('zone_labels', 'zones')](thing.properties);
  mark(null);
  open_card(title, table(rows));
};
