// One sign for each kind of event: its colour says what, its form whether it happened and how well the place is known.
const colours = {
  'Battles': '#c41818', 'Explosions/Remote violence': '#ef7814', 'Violence against civilians': '#7a2086', 'Protests': '#268040',
  'Riots': '#968c14', 'Strategic developments': '#2860b0', '': '#6e6e6e',
};
const modalities = ['occurred', 'failed', 'planned', 'threatened', 'denied', 'historical'];
const strokes = {
  failed: 'M8 8l8 8M16 8l-8 8', planned: 'M8 12h.1M12 12h.1M16 12h.1', threatened: 'M12 7v6M12 16.6v.1', denied: 'M5.5 18.5l13-13',
  historical: 'M12 7v5h4',
};

const sign_name = (type, modality, rough) => `${type}|${modality}|${rough ? 'rough' : 'precise'}`;

// The sign as SVG, 24 by 24 with the middle at 12, 12.
const sign = (type, modality, rough) => {
  const colour = colours[type] ?? colours[''];
  const filled = modality === 'occurred';
  const opacity = filled && rough ? 0.3 : filled ? 0.9 : 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">`
    + `<circle cx="12" cy="12" r="9" fill="${filled ? colour : '#ffffff'}" fill-opacity="${opacity}" stroke="${colour}" `
    + `stroke-width="2" ${!filled && rough ? 'stroke-dasharray="3 2"' : ''}/>`
    + (filled ? '' : `<path d="${strokes[modality]}" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linecap="round"/>`)
    + '</svg>';
};

const sign_element = (type, modality, rough, size = 18) => {
  const holder = document.createElement('template');
  holder.innerHTML = sign(type, modality, rough);
  const svg = holder.content.firstChild;
  svg.setAttribute('width', size);
  svg.setAttribute('height', size);
  return svg;
};

const sign_image = name => new Promise((done, failed) => {
  const [type, modality, how] = name.split('|');
  const image = new Image(48, 48);
  image.onload = () => done(image);
  image.onerror = () => failed(new Error(`the sign ${name} cannot be drawn`));
  image.src = `data:image/svg+xml,${encodeURIComponent(sign(type, modality, how === 'rough').replace('width="24" height="24"',
    'width="48" height="48"'))}`;
});
