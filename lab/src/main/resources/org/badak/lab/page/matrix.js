// A confusion matrix.
import { h } from './elements.js';
import { count } from './words.js';

/** Rows: the truth; columns: what it was taken for. The commoner a mistake, the darker. */
export function matrix(classes, table) {
  const most = Math.max(...table.flatMap((row, i) => row.filter((_, j) => j !== i)), 1);
  return h('div.scroll', h('table.matrix',
    h('thead', h('tr', h('th', ''), classes.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', table.map((row, i) => h('tr', h('th', { scope: 'row' }, classes[i]), row.map((n, j) => {
      const cell = h('td', n === 0 ? '·' : count(n));
      cell.style.background = i === j
        ? 'var(--accent-soft)'
        : n === 0 ? '' : `color-mix(in srgb, var(--bad) ${Math.round(12 + 48 * n / most)}%, var(--card))`;
      return cell;
    }))))));
}
