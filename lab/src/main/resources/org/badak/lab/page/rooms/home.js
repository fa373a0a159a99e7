// The entrance: what the rooms are.
import { h, head } from '../elements.js';
import { t } from '../words.js';

function tour(names, numbered) {
  return h('ul.tour', names.map((name, i) =>
    h('li', h('a.card', { href: '#/' + name }, h('strong', (numbered ? i + 1 + '  ' : '') + t('nav.' + name)), h('span', t('home.' + name))))));
}

export function open(main) {
  main.append(
    head(t('home.kicker'), t('home.title'), t('home.task')),
    h('h2', t('nav.chapter')),
    tour(['loss', 'accuracy', 'derivative', 'descent', 'step', 'gradient', 'overfitting'], true),
    h('h2', t('nav.workbench')),
    tour(['train', 'draw', 'runs'], false),
  );
}
