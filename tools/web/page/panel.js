// The panel: what is chosen, what signs mean, and every chosen event as a list, for those who read no map.
const page_of_list = 100;
const day_of = text => Date.parse(`${text}T00:00:00Z`) / 86400000;
const text_of = day => new Date(day * 86400000).toISOString().slice(0, 10);
const set_hash = (key, value) => {
  if (value) hash.set(key, value);
  else hash.delete(key);
  try {
    history.replaceState(null, '', `#${hash}`);
  } catch { /* a browser that forbids it to files */ }
};

const box = (on, sign_of_it, words, number, change) => {
  const input = create('input', { type: 'checkbox', checked: on, onchange: () => change(input.checked) });
  return create('label', {}, input, sign_of_it, create('span', {}, words), number === null ? null : create('span', { className: 'number' }, `${number}`));
};
const swatch = colour => {
  const element = create('i', { className: 'swatch' });
  element.style.background = colour;
  return element;
};

const fill_filters = () => {
  const types = Object.keys(colours).filter(type => events.some(event => type_of(event) === type));
  document.getElementById('types').replaceChildren(...types.map(type => box(chosen.types.has(type), sign_element(type, 'occurred', false, 16),
    word(type), events.filter(event => type_of(event) === type).length, on => choose(() => chosen.types[on ? 'add' : 'delete'](type)))));
  const found = modalities.filter(modality => events.some(event => event.modality === modality));
  document.getElementById('modalities').replaceChildren(...found.map(modality => box(chosen.modalities.has(modality),
    sign_element('', modality, false, 16), word(modality), events.filter(event => event.modality === modality).length,
    on => choose(() => chosen.modalities[on ? 'add' : 'delete'](modality)))));
  document.getElementById('signs').replaceChildren(create('li', {}, sign_element('', 'occurred', true, 16), word('hollow')),
    create('li', {}, sign_element('', 'occurred', false, 20), word('size')));
};

// A bar for each day, or for as many days as keep them few.
const fill_bars = () => {
  const bars = document.getElementById('bars');
  const [from, to] = [document.getElementById('from'), document.getElementById('to')];
  for (const input of [from, to]) Object.assign(input, { min: first_day, max: last_day, value: chosen[input.id],
    onchange: () => choose(() => { chosen[input.id] = input.value; }) });
  const dated = events.filter(event => event.date && event.modality !== 'historical');
  const days = middle_of(dated.map(event => event.date));
  bars.hidden = !days;
  if (!days) return;
  bars.setAttribute('role', 'group');
  bars.setAttribute('aria-label', word('days', { from: left_to_right(days[0]), to: left_to_right(days[1]) }));
  const [first, last] = days.map(day_of);
  const width = Math.ceil((last - first + 1) / 40);
  const counts = new Array(Math.ceil((last - first + 1) / width)).fill(0);
  for (const { date } of dated) if (date >= days[0] && date <= days[1]) counts[Math.floor((day_of(date) - first) / width)]++;
  const highest = Math.max(1, ...counts);
  bars.replaceChildren(...counts.map((count, i) => {
    const [start, end] = [text_of(first + i * width), text_of(Math.min(first + (i + 1) * width - 1, last))];
    const bar = create('button', { type: 'button', title: word('bar', { from: [start, end].map(left_to_right).slice(start === end ? 1 : 0).join(' – '), count }),
      onclick: () => choose(() => {
        const again = chosen.from === start && chosen.to === end;
        Object.assign(chosen, again ? { from: '', to: '' } : { from: start, to: end });
      }) });
    bar.style.height = `${count ? 12 + 88 * count / highest : 3}%`;
    bar.setAttribute('aria-label', bar.title);
    bar.setAttribute('aria-pressed', chosen.from === start && chosen.to === end);
    return bar;
  }));
};

const fill_list = (length = page_of_list) => {
  const shown = events.filter(is_shown);
  // The newest first; those without a day come last.
  const sorted = [...shown].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  const list = document.getElementById('events');
  list.replaceChildren(...sorted.slice(0, length).map(event => create('li', {}, event_button(event, () => {
    document.body.classList.remove('panel');
    show_event(event, { move: true });
  }))));
  if (sorted.length > length) {
    list.append(create('li', {}, create('button', { type: 'button', onclick: () => fill_list(length + page_of_list) },
      word('more', { count: sorted.length - length }))));
  }
  const undated = chosen.from || chosen.to ? events.filter(event => !event.date).length : 0;
  document.getElementById('count').textContent = word('shown', { shown: shown.length, all: events.length })
    + (undated ? `; ${word('undated_hidden', { count: undated })}` : '');
};

// The layers of the tiles, a box each: which layers of the style it switches, and its colours.
const drawn_layers = () => {
  const paint = (id, key) => style.layers.find(layer => layer.id === id)?.paint[key];
  const control = paint('control-fill', 'fill-color') ?? [];
  const holder = actor => { const at = control.indexOf(actor, 2); return at < 0 ? control.at(-1) : control[at + 1]; };
  const zone_colour = paint('zones-outline', 'line-color') ?? [];
  return [
    ['uncertainty', ['uncertainty'], null, [[null, word('circle')]]],
    ['zones', ['zones-fill', 'zones-outline', 'zone-labels'], zone_colour.at(-1), []],
    ['frontlines', ['frontlines'], paint('frontlines', 'line-color'), []],
    ['control', ['control-fill'], null, Object.entries(facts.actors).map(([actor, names]) => [holder(actor), names[language()]])],
    ['places', ['places', 'place-labels', 'governorate-labels', 'country-labels'], '#fff', []],
    ['boundaries', ['governorates', 'countries'], '#8a8170', []],
  ].map(([name, ids, colour, keys]) => ({ name, colour, keys, ids: ids.filter(id => style.layers.some(layer => layer.id === id)) }))
    .filter(each => each.ids.length > 0);
};
const hidden_layers = new Set();
const fill_layers = () => {
  document.getElementById('layers').replaceChildren(...drawn_layers().flatMap(({ name, ids, colour, keys }) => [
    box(!hidden_layers.has(name), colour ? swatch(colour) : null, word(name, { date: left_to_right(facts.date) }), null, on => {
      hidden_layers[on ? 'delete' : 'add'](name);
      for (const id of ids) map?.setLayoutProperty(id, 'visibility', on ? 'visible' : 'none');
    }),
    keys.length ? create('div', { className: 'keys' }, ...keys.map(([key, words]) =>
      create('div', {}, key ? swatch(key) : null, create('bdi', {}, words)))) : null,
  ].filter(Boolean)));
};

const choose = change => {
  change();
  fill_bars();
  fill_list();
  draw_events();
};
document.getElementById('reset').onclick = () => {
  choose(() => Object.assign(chosen, { from: '', to: '', types: new Set(Object.keys(colours)), modalities: new Set(modalities) }));
  fill_filters();
};

const toggle = document.getElementById('toggle');
toggle.onclick = () => toggle.setAttribute('aria-expanded', document.body.classList.toggle('panel'));

const fill_page = () => {
  write_words();
  fill_filters();
  fill_bars();
  fill_list();
  fill_layers();
};
