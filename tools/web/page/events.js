// The events, and which of them are chosen.
const events = facts.events;
const by_id = new Map(events.map(event => [event.id, event]));
for (const event of events) {
  event.event_type ??= '';
  event.rough = event.geo_precision > 1;
}
const first_day = events.reduce((day, event) => (event.date && event.date < day ? event.date : day), '9999');
const last_day = events.reduce((day, event) => ((event.date_end ?? '') > day ? event.date_end : day), '');
// Where most of the values lie: few that are far from all others leave a map or a row of bars nothing to show.
const middle_of = (values, share = 0.05) => {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const cut = Math.floor(sorted.length * share);
  return sorted.length ? [sorted[cut], sorted[sorted.length - 1 - cut]] : null;
};
const chosen = { from: '', to: '', types: new Set(Object.keys(colours)), modalities: new Set(modalities) };

const type_of = event => (event.event_type in colours ? event.event_type : '');
const in_days = event => (!chosen.from && !chosen.to)
  || (event.date && (event.date_end ?? event.date) >= chosen.from && (!chosen.to || event.date <= chosen.to));
const is_shown = event => chosen.types.has(type_of(event)) && chosen.modalities.has(event.modality) && in_days(event);

const headline = event => `${word(event.sub_event_type || type_of(event))}${named(event, 'place') ? ` · ${named(event, 'place')}` : ''}`;
const day_words = event => {
  if (!event.date) return word('undated');
  const [low, high] = [event.date, event.date_end ?? event.date].map(left_to_right);
  const days = low === high ? low : word('range', { low, high });
  const about = { 2: word('week'), 3: word('month') }[event.time_precision];
  return about ? `${days} (${about})` : days;
};

// Where an event may have been: the area that its report describes, or the circle of its uncertainty.
const circle = ([lon, lat], metres) => {
  const ring = [];
  for (let i = 0; i <= 64; ++i) {
    const angle = i * Math.PI / 32;
    ring.push([lon + metres / 111320 / Math.cos(lat * Math.PI / 180) * Math.cos(angle), lat + metres / 111320 * Math.sin(angle)]);
  }
  return [[ring]];
};
const area_of = event => (event.geom && (event.area || event.uncertainty_m)
  ? { type: 'MultiPolygon', coordinates: event.area ?? circle(event.geom, event.uncertainty_m) } : null);
