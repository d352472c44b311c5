// The page comes alive: the list first, which needs no map, then the map.
const select = document.getElementById('language');
select.value = labels;
select.onchange = () => {
  labels = select.value;
  set_hash('lang', labels);
  fill_page();
  write_labels();
  if (!card.hidden) {
    const event = by_id.get(hash.get('event'));
    if (event) show_event(event);
    else close_card();
  }
};
fill_page();
let maplibre = null;
try {
  maplibre = await make_map();
  map.once('idle', () => { document.documentElement.dataset.ready = 'yes'; });
} catch (error) {
  // Without WebGL the list still says everything.
  console.warn(`no map: ${error.message ?? error}`);
  map = null;
  document.getElementById('map').hidden = true;
  document.getElementById('no-map').hidden = false;
  document.body.classList.add('panel');
  document.documentElement.dataset.ready = 'no map';
}
const asked = by_id.get(hash.get('event'));
if (asked) show_event(asked, { move: true });
window.kharita = { map, maplibre, chosen, choose, show_event, events };
