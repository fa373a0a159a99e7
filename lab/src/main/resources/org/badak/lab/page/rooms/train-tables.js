// Tables in the room Train: what a CSV file is taken for, and what a run on it shows.
import { ask, Mistake } from '../lab.js';
import { bars, button, facts, figure, h, numberField, select, slider, textField } from '../elements.js';
import { chart } from '../charts.js';
import { count, fixed, language, number, percent, t } from '../words.js';
import { matrix } from '../matrix.js';
import { columns, joined } from './train-figures.js';

const MOST_BYTES = 8 << 20;
const OWN = '+';

/** What the engine says in both languages, in the reader's. */
const told = (from, name) => from[name + (language() === 'ko' ? 'Ko' : 'En')];

function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

/** The choice "a table of your own" in a list of data. */
export const ownTable = OWN;

/**
 * The part of the form that hands in a table: a file, or text that is pasted.
 *
 * @param taken is told the name that the engine gave it
 */
export function handIn(wrong, taken) {
  const encoding = select({ label: t('table.encoding'), options: [['', t('table.encoding.auto')], ['EUC-KR', 'EUC-KR'], ['windows-1252', 'windows-1252']], value: '' });
  const file = h('input', { type: 'file', accept: '.csv,.tsv,.txt,text/csv' });
  file.setAttribute('aria-label', t('table.file'));
  const text = h('textarea', { rows: 5, spellcheck: false, placeholder: 'size,colour,kind\n3.1,red,apple\n…' });
  text.setAttribute('aria-label', t('table.paste'));
  const send = async (name, bytes, from) => {
    if (bytes.length > MOST_BYTES) {
      wrong(t('table.large', { most: count(MOST_BYTES >> 20) }));
      return;
    }
    try {
      taken((await ask('train', { do: 'take', name, content: base64(bytes), encoding: from })).name);
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      wrong(mistake.message);
    }
  };
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen && chosen.size > MOST_BYTES) {
      wrong(t('table.large', { most: count(MOST_BYTES >> 20) }));
    } else if (chosen) {
      await send(chosen.name, new Uint8Array(await chosen.arrayBuffer()), encoding.input.value);
    }
    file.value = '';
  });
  return h('div.controls',
    h('div.field', h('span.label', t('table.file')), file),
    encoding.element,
    h('div.field', h('span.label', t('table.paste')), text, button(t('table.take'), () => send(t('table.pasted'), new TextEncoder().encode(text.value), 'UTF-8'))),
    h('p.quiet', t('table.own.note', { most: count(MOST_BYTES >> 20) })));
}

/** The part of the form that says what is learned from a table. */
export function tableForm(wrong, looked) {
  const target = select({ label: t('table.target'), options: [], onchange: (name) => look(known.data, name) });
  const decided = h('p.quiet');
  const hidden = textField({ label: t('train.hidden'), value: '', hint: t('train.hidden.hint') });
  const optimizer = select({ label: t('train.optimizer'), options: [], onchange: (name) => setRate(name === known.optimizer ? known.rate : rates[name]) });
  const rate = slider({ label: t('rate'), min: -5, max: 1, step: 0.05, value: -2, format: (value) => number(10 ** value, 3) });
  const epochs = numberField({ label: t('table.epochs'), value: 20, min: 1, max: 1000000, step: 1 });
  const seed = numberField({ label: t('train.seed'), value: 1, min: 0, max: 2147483647, step: 1 });
  let known = {};
  let rates = {};
  const setRate = (value) => {
    rate.value = Math.log10(value);
  };
  const look = async (data, wanted = '') => {
    try {
      known = await ask('train', { do: 'table', data, target: wanted });
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      wrong(mistake.message);
      return;
    }
    wrong('');
    target.input.replaceChildren(...known.columns.map((column) => h('option', { value: column.name }, column.name)));
    target.input.value = known.target;
    decided.textContent = t('table.decided.' + known.task, { n: known.classes, reason: told(known, 'reason') });
    hidden.input.value = known.hidden;
    optimizer.input.value = known.optimizer;
    setRate(known.rate);
    epochs.input.value = known.epochs;
    looked(known);
  };
  return {
    element: h('div.controls', target.element, decided, hidden.element, optimizer.element, rate.element, epochs.element, seed.element, h('p.quiet', t('table.note'))),
    look,
    offer(offer) {
      rates = offer.rates;
      optimizer.input.replaceChildren(...offer.optimizers.map((value) => h('option', { value }, value)));
    },
    order: () => ({
      do: 'start', data: known.data, target: target.input.value, hidden: hidden.input.value, optimizer: optimizer.input.value,
      rate: Number((10 ** rate.value).toPrecision(6)), epochs: Number(epochs.input.value), seed: Number(seed.input.value),
    }),
  };
}

function columnTable(known) {
  return h('div.scroll', h('table',
    h('thead', h('tr', ['name', 'type', 'missing', 'distinct', 'content'].map((key) => h(['missing', 'distinct'].includes(key) ? 'th.n' : 'th', { scope: 'col' }, t('table.column.' + key))))),
    h('tbody', known.columns.map((column) => h('tr',
      h('th', { scope: 'row' }, column.name),
      h('td', column.name === known.target ? h('span.badge.good', t('table.target')) : t('table.type.' + column.type)),
      h('td.n', column.missing ? count(column.missing) : '–'),
      h('td.n', count(column.distinct)),
      h('td', told(column, 'content')))))));
}

/** The figures of a run on a table, drawn at a pace like those of images. */
export function tableFigures(board, pace) {
  const status = facts([t('table.epoch'), t('train.step'), t('table.metric'), t('train.speed'), t('train.loss.now')]);
  const progress = h('progress', { max: 1, value: 0 });
  progress.setAttribute('aria-label', t('train.step'));
  const loss = chart({
    series: [
      { label: t('train.loss.batch'), colour: 's1', faint: true },
      { label: t('table.rows.train'), colour: 's3', dash: 'dotted' },
      { label: t('table.rows.test'), colour: 's2', dash: 'dashed' },
    ],
    x: t('train.step'), y: t('loss.axis'), height: 240,
  });
  const quality = ['classification', 'regression'].map((task) => chart({
    series: [
      { label: t('table.rows.train'), colour: 's1' },
      { label: t('table.rows.test'), colour: 's2', dash: 'dashed' },
    ],
    x: t('train.step'), y: t('table.metric.' + task), height: 240,
    yRange: task === 'classification' ? (u, least) => [Math.min(0.9, Math.floor(10 * (least ?? 0)) / 10), 1] : (u, least, most) => [0, most || 1],
  }));
  const title = h('h2', '');
  const understood = h('div');
  const outcome = h('div.stack');
  const numbers = h('section.card', progress, status.element);
  const curves = h('div.pair',
    figure(t('train.loss'), t('table.loss.note'), loss.element),
    h('section.card.figure', title, h('p.quiet', t('table.metric.note')), ...quality.map((each) => each.element)));
  const running = h('div.stack', { hidden: true }, numbers, curves, outcome);
  board.append(running, understood);
  let state = {};
  let losses = [];
  let readings = [];
  let speed;
  const regression = () => state.task === 'regression';
  const measured = (value) => (regression() ? 'RMSE ' + number(value, 3) : percent(value));
  const drawings = [
    pace.figure(numbers, () => {
      progress.value = state.step / state.iterations;
      const last = readings.at(-1);
      status.set([
        fixed(last?.[1], 0), count(state.step) + ' / ' + count(state.iterations), last ? measured(last[5]) : '–',
        speed ? t('table.perSecond', { n: count(speed) }) : '–', number(losses.at(-1)?.[1] ?? last?.[2], 3),
      ]);
    }, { large: false }),
    pace.figure(loss.host, () => loss.set(columns([losses, readings], [[[0, 1]], [[1, 2]], [[1, 3]]]))),
    pace.figure(curves, () => {
      title.textContent = t('table.metric.' + state.task);
      quality.forEach((each, i) => {
        each.element.hidden = regression() !== (i === 1);
      });
      quality[regression() ? 1 : 0].set(columns([readings], [[[0, 4]], [[0, 5]]]));
    }),
  ];
  return {
    /** Shows what a table is taken for, before anything runs. */
    understand(known) {
      understood.replaceChildren(figure(
        t('table.understood', { data: known.data }),
        t('table.understood.note', { rows: count(known.rows), columns: count(known.columnCount), dialect: told(known, 'dialect') }),
        columnTable(known)));
    },
    clear() {
      losses = [];
      readings = [];
      speed = undefined;
      outcome.replaceChildren();
    },
    take(now, whole) {
      state = now;
      losses = joined(losses, now.losses, whole);
      readings = joined(readings, now.readings, whole);
      speed = now.imagesPerSecond || speed;
      running.hidden = false;
      if (now.result && !outcome.firstChild) {
        outcome.replaceChildren(...shown(now));
      }
    },
    draw(urgent) {
      if (state.step !== undefined) {
        drawings.forEach((ask) => ask(urgent));
      }
    },
  };
}

/** What a run came to: which was taken for which, or the truth against the prediction, and which columns matter. */
function shown(state) {
  const { result } = state;
  const all = [];
  if (result.confusion) {
    all.push(figure(t('table.confusion'), t('table.confusion.note', { correct: count(result.correct), count: count(result.count), f1: percent(result.macroF1, 2) }), matrix(result.labels, result.confusion)));
  }
  if (result.points) {
    const plot = chart({
      series: [
        { label: t('table.perfect'), colour: 'soft', dash: 'dashed' },
        { label: t('table.rows.test'), colour: 's2', points: true },
      ],
      x: t('table.truth'), y: t('table.predicted'), height: 340,
    });
    const sorted = result.points.toSorted((a, b) => a[0] - b[0]);
    plot.set([sorted.map((p) => p[0]), sorted.map((p) => p[0]), sorted.map((p) => p[1])]);
    all.push(figure(t('table.points'), t('table.points.note', { rmse: number(result.rmse, 4), mae: number(result.mae, 4), count: count(result.count) }), plot.element));
  }
  const most = Math.max(...result.importance.map((each) => each.drop), 1e-30);
  const important = bars(result.importance.map((each) => each.column), { jump: true });
  important.set(
    result.importance.map((each) => each.drop / most),
    result.importance.map((each) => (state.task === 'regression' ? fixed(each.drop, 3) : t('points', { n: fixed(100 * each.drop, 1) }))));
  all.push(figure(t('table.importance'), t('table.importance.note.' + state.task), important.element));
  return all;
}

/** The sentence about a run on a table. */
export function tableSentence(state) {
  const last = state.readings.at(-1);
  const quality = (value) => (state.task === 'regression' ? 'RMSE ' + number(value, 3) : percent(value, 2));
  const values = {
    step: count(state.step), iterations: count(state.iterations), epoch: fixed(last?.[1], 0), test: last ? quality(last[5]) : '–',
    train: last ? quality(last[4]) : '–', target: state.target, run: state.run, failure: state.failure,
    score: state.result ? (state.task === 'regression' ? 'R² ' + fixed(state.result.test, 4) : percent(state.result.test, 2)) : '–',
    verdict: state.result ? told(state.result, 'sentence') : '',
  };
  values.reading = last?.[1] > 0 ? t('table.reading', values) : '';
  return t(['preparing', 'failed'].includes(state.state) ? 'train.' + state.state : 'table.' + state.state, values);
}
