// Words for people: in English and Arabic (words.json), both ways round.
const text = id => document.getElementById(id).textContent;
const facts = JSON.parse(text('facts'));
const all_words = JSON.parse(text('words'));
const hash = new URLSearchParams(location.hash.slice(1));
let labels = hash.get('lang') ?? (navigator.language.startsWith('ar') ? 'ar' : 'both');
if (!['both', 'en', 'ar'].includes(labels)) labels = 'both';
const language = () => (labels === 'ar' ? 'ar' : 'en');

// A word of the chosen language; what has none stands as it is, as names of types do in English.
const word = (name, values = {}) => Object.entries(values).reduce(
  (words, [key, value]) => words.replaceAll(`{${key}}`, value), all_words[language()][name] ?? name.replaceAll('_', ' '));

// The name of a thing that has one in either language.
const named = (thing, key) => (language() === 'ar' ? thing[`${key}_ar`] || thing[key] : thing[key] || thing[`${key}_ar`]) ?? '';

// Days and other things of digits and signs, whose order must not turn in a text that runs from right to left.
const left_to_right = words => `\u2066${words}\u2069`;

// Elements hold text, never markup, since reports are strangers' words: create('dd', {dir: 'auto'}, 'words', element …).
const create = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
};

const write_words = () => {
  document.documentElement.lang = language();
  document.documentElement.dir = language() === 'ar' ? 'rtl' : 'ltr';
  for (const each of document.querySelectorAll('[data-word]')) each.textContent = word(each.dataset.word);
  for (const each of document.querySelectorAll('[data-label]')) each.setAttribute('aria-label', word(each.dataset.label));
  document.getElementById('about').textContent = word('about', { documents: facts.documents });
  document.title = word('title') + (facts.date ? ` · ${facts.date}` : '');
};
