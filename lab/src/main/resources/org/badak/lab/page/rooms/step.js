// Room 5: one training step taken apart.
import { ask } from '../lab.js';
import { bars, button, figure, h, head, seen, slider } from '../elements.js';
import { ink, signed } from '../pictures.js';
import { fixed, number, percent, t } from '../words.js';

const STAGES = ['batch', 'forward', 'loss', 'gradient', 'update'];
const SIDE = 28;

export function open(main) {
  const said = seen();
  const stage = h('div.stack');
  let now = null;
  let at = 0;
  let shown = 0;
  const images = slider({ label: t('step.images'), min: 1, max: 8, step: 1, value: 4, oninput: () => begin() });
  const rate = slider({ label: t('rate'), min: -3, max: 1, step: 0.1, value: -0.3, format: (value) => number(10 ** value, 2), oninput: () => begin() });
  const back = button(t('step.back'), () => turn(-1));
  const next = button(t('step.next'), () => turn(1), true);
  const tabs = h('ol.chips', { role: 'list' });
  const show = () => {
    tabs.replaceChildren(...STAGES.map((name, i) => {
      const tab = h('button.chip', { type: 'button', onclick: () => { at = i; show(); } }, i + 1 + ' ' + t('step.stage.' + name));
      tab.setAttribute('aria-pressed', String(i === at));
      return h('li', tab);
    }));
    back.disabled = at === 0;
    next.textContent = at === STAGES.length - 1 ? t('step.again') : t('step.next');
    if (now) {
      stage.replaceChildren(...PARTS[STAGES[at]](now));
      said.say(say(STAGES[at], now));
    }
  };
  const turn = async (by) => {
    if (at + by >= STAGES.length) {
      now = await ask('step', { do: 'next', images: images.value, rate: 10 ** rate.value });
      at = 0;
    } else {
      at = Math.max(0, at + by);
    }
    show();
  };
  const begin = async () => {
    const ticket = ++shown;
    const answer = await ask('step', { do: 'begin', images: images.value, rate: 10 ** rate.value });
    if (ticket === shown) {
      now = answer;
      show();
    }
  };
  said.say(t('step.wait'));
  main.append(
    head(t('room', { n: 5 }), t('nav.step'), t('step.task')),
    said.element,
    h('div.bench',
      h('div.card.controls', h('div.buttons', back, next), tabs, images.element, rate.element, h('p.quiet', t('step.note'))),
      stage),
  );
  show();
  begin();
}

function say(name, s) {
  const right = s.probabilities.filter((p, i) => p.indexOf(Math.max(...p)) === s.labels[i]).length;
  return t('step.say.' + name, {
    step: s.step, n: s.labels.length, labels: s.labels.join(', '), right, loss: number(s.loss, 4),
    after: number(s.lossAfter, 4), unit: s.unit, output: s.output, gradient: number(s.weightGradient, 3),
    before: fixed(s.weightBefore, 6), weight: fixed(s.weightAfter, 6), rate: number(s.rate, 2),
    norm: number(s.norms.W1, 3),
  });
}

function pictures(s, caption) {
  return h('div.pictures', s.pictures.map((picture, i) =>
    h('figure', ink(picture, SIDE, SIDE, t('digit', { digit: s.labels[i] })), h('figcaption', caption(i)))));
}

/** Numbers as a table; hit(row, column) makes one stand out. */
function table(rows, columns, format, hit, names) {
  return h('div.scroll', h('table.numbers',
    h('thead', h('tr', h('th', { scope: 'col' }, ''), columns.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', rows.map((row, i) => h('tr', h('th', { scope: 'row' }, names[i]), row.map((value, j) => {
      const cell = h('td', format(value));
      cell.classList.toggle('hit', hit(i, j));
      return cell;
    }))))));
}

const DIGITS = [...'0123456789'];
const names = (s) => s.labels.map((label, i) => t('step.image', { n: i + 1, label }));
const whole = (s) => (i, j) => s.labels[i] === j;

const PARTS = {
  batch: (s) => [figure(t('step.batch'), t('step.batch.note'), pictures(s, (i) => t('step.label', { label: s.labels[i] })))],
  forward: (s) => [
    figure(t('step.scores'), t('step.scores.note'), table(s.scores, DIGITS, (v) => fixed(v, 2), whole(s), names(s))),
    figure(t('step.probabilities'), t('step.probabilities.note'), table(s.probabilities, DIGITS, (v) => percent(v, 0), whole(s), names(s))),
    figure(t('step.hidden'), t('step.hidden.note'), table(s.hidden.map((row) => row.slice(0, 10)), DIGITS, (v) => fixed(v, 2), () => false, names(s))),
  ],
  loss: (s) => {
    const most = Math.max(...s.rowLosses);
    const all = bars(names(s));
    all.set(s.rowLosses.map((l) => l / most), s.rowLosses.map((l) => fixed(l, 3)));
    return [figure(t('step.loss'), t('step.loss.note'), all.element, h('div.formula', formula(s)))];
  },
  gradient: (s) => [
    figure(t('step.delta'), t('step.delta.note'), table(s.scoreGradients, DIGITS, (v) => fixed(v, 3), whole(s), names(s))),
    figure(t('step.follow', { unit: s.unit, output: s.output }), t('step.follow.note'), h('div.formula', followed(s))),
    figure(t('step.picture', { unit: s.unit }), t('step.picture.note'), h('div.pictures', h('figure', signed(s.picture, SIDE, SIDE, t('step.picture', { unit: s.unit })))), norms(s)),
  ],
  update: (s) => [
    figure(t('step.update'), t('step.update.note'), h('div.formula',
      `W2[${s.unit}][${s.output}]  ←  ${fixed(s.weightBefore, 6)} − ${number(s.rate, 3)} · (${number(s.weightGradient, 5)})\n`
      + `               =  ${fixed(s.weightAfter, 6)}`)),
    figure(t('step.after'), t('step.after.note'), h('dl.facts',
      h('div', h('dt', t('step.before')), h('dd', fixed(s.loss, 4))),
      h('div', h('dt', t('step.afterwards')), h('dd', fixed(s.lossAfter, 4))),
      h('div', h('dt', t('step.difference')), h('dd', fixed(s.lossAfter - s.loss, 4))))),
  ],
};

function formula(s) {
  const rows = s.rowLosses.map((l, i) =>
    `E${i + 1} = −ln ${fixed(s.probabilities[i][s.labels[i]], 4)} = ${fixed(l, 4)}`);
  return rows.join('\n') + `\nE  = ${t('step.mean')} = ${fixed(s.loss, 4)}`;
}

function followed(s) {
  const terms = s.unitOutputs.map((value, i) => `${fixed(value, 4)} · (${fixed(s.outputGradients[i], 4)})`);
  return `∂E/∂W2[${s.unit}][${s.output}]  =  Σ h · d\n  = ` + terms.join('\n  + ') + `\n  = ${number(s.weightGradient, 5)}`;
}

function norms(s) {
  return h('dl.facts', Object.entries(s.norms).map(([name, value]) => h('div', h('dt', '|∂E/∂' + name + '|'), h('dd', number(value, 3)))));
}
