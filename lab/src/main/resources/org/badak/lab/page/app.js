// The frame: rooms by address, language, theme.
import { h } from './elements.js';
import { forgetCharts, recolour } from './charts.js';
import { language, recall, remember, speak, t } from './words.js';

const CHAPTER = ['loss', 'accuracy', 'derivative', 'descent', 'step', 'gradient', 'overfitting'];
const WORKBENCH = ['train', 'draw', 'runs'];
const MARKS = { train: '▶', draw: '✎', runs: '≡' };
const ROOMS = ['home', ...CHAPTER, ...WORKBENCH];

const main = document.getElementById('room');
const nav = document.getElementById('nav');
const menu = document.getElementById('menu');
let close = () => {};
let opening = 0;

function wanted() {
  const name = location.hash.replace(/^#\//, '');
  return ROOMS.includes(name) ? name : 'home';
}

function link(name, mark) {
  const element = h('a', { href: '#/' + name }, h('span.mark', { ariaHidden: 'true' }, mark), t('nav.' + name));
  if (name === wanted()) {
    element.setAttribute('aria-current', 'page');
  }
  return h('li', element);
}

function frame() {
  document.documentElement.lang = language();
  document.getElementById('skip').textContent = t('skip');
  menu.textContent = t('menu');
  nav.setAttribute('aria-label', t('menu'));
  nav.replaceChildren(
    h('h2', t('nav.chapter')),
    h('ul', CHAPTER.map((name, i) => link(name, String(i + 1)))),
    h('h2', t('nav.workbench')),
    h('ul', WORKBENCH.map((name) => link(name, MARKS[name]))),
  );
  switches();
}

function switches() {
  const focused = document.activeElement?.dataset.key;
  const languages = document.getElementById('language');
  languages.setAttribute('aria-label', t('language'));
  languages.replaceChildren(
    ...[['en', 'English'], ['ko', '한국어']].map(([key, text]) => {
      const element = pressed(key, text, key === language(), () => {
        speak(key);
        show();
      });
      element.lang = key;
      return element;
    }),
  );
  const themes = document.getElementById('theme');
  themes.setAttribute('aria-label', t('theme'));
  themes.replaceChildren(
    ...['light', 'dark'].map((key) =>
      pressed(key, t('theme.' + key), key === document.documentElement.dataset.theme, () => {
        remember('theme', key);
        dress();
        switches();
        recolour();
        dispatchEvent(new Event('themed'));
      })),
  );
  if (focused) {
    document.querySelector(`.switch [data-key="${focused}"]`)?.focus();
  }
}

function pressed(key, text, is, onclick) {
  const element = h('button', { type: 'button', onclick }, text);
  element.dataset.key = key;
  element.setAttribute('aria-pressed', String(is));
  return element;
}

function dress() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = recall('theme') ?? (dark ? 'dark' : 'light');
}

async function show() {
  const name = wanted();
  const ticket = ++opening;
  close();
  close = () => {};
  forgetCharts();
  frame();
  document.title = (name === 'home' ? '' : t('nav.' + name) + ' · ') + t('title');
  const room = await import('./rooms/' + name + '.js');
  if (ticket !== opening) {
    return; // another room was asked for meanwhile
  }
  main.replaceChildren();
  main.dataset.room = name;
  close = room.open(main) ?? (() => {});
}

menu.addEventListener('click', () => {
  const open = nav.classList.toggle('open');
  menu.setAttribute('aria-expanded', String(open));
});
const closed = document.getElementById('closed');
addEventListener('lab-closed', () => {
  closed.textContent = t('closed');
  closed.hidden = false;
});
addEventListener('lab-open', () => {
  closed.hidden = true;
});
addEventListener('hashchange', async () => {
  nav.classList.remove('open');
  menu.setAttribute('aria-expanded', 'false');
  await show();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  dress();
  switches();
  recolour();
});
dress();
show();
