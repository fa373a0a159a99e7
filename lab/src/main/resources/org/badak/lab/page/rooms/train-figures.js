// The figures of the room Train: what a run on images shows while it learns.
import { bars, facts, figure, h } from '../elements.js';
import { chart } from '../charts.js';
import { paintSheet } from '../pictures.js';
import { count, number, percent, t } from '../words.js';

const MOST_POINTS = 500; // of a curve; more cannot be told apart
const PICTURE = 56; // pixels of the page that one picture of weights takes
const WEIGHTS_EVERY = 3000; // milliseconds

/** Every second one of the items goes, as often as there are too many; the newest stays. */
export function thinned(items) {
  let kept = items;
  while (kept.length > MOST_POINTS) {
    kept = kept.filter((_, i) => (kept.length - 1 - i) % 2 === 0);
  }
  return kept;
}

/** Lays series of [x, value...] over one x: for each wanted pair of series and position a column. */
export function columns(all, wanted) {
  const at = all.map((series) => new Map(series.map((point) => [point[0], point])));
  const x = [...new Set(all.flatMap((series) => series.map((point) => point[0])))].sort((a, b) => a - b);
  return [x, ...wanted.map((places) => x.map((step) => {
    for (const [series, position] of places) {
      const value = at[series].get(step)?.[position];
      if (value !== undefined) {
        return value;
      }
    }
    return null;
  }))];
}

/** Adds to the points of a curve those of a state that are newer; of a whole state all. */
export function joined(points, told, whole) {
  const newest = whole ? -1 : points.at(-1)?.[0] ?? -1;
  return thinned([...(whole ? [] : points), ...told.filter((point) => point[0] > newest)]);
}

/**
 * The figures on a board, drawn at a pace: `take` keeps what a state of the run says, `draw` asks for it to be shown.
 */
export function imageFigures(board, pace) {
  const status = facts([t('train.step'), t('train.accuracy.test'), t('train.speed'), t('train.loss.now')]);
  const progress = h('progress', { max: 1, value: 0 });
  progress.setAttribute('aria-label', t('train.step'));
  const loss = chart({
    series: [
      { label: t('train.loss.batch'), colour: 's1', faint: false },
      { label: t('train.loss.train'), colour: 's3', dots: true, dash: 'dotted' },
      { label: t('train.loss.test'), colour: 's2', dots: true, dash: 'dashed' },
    ],
    x: t('train.step'), y: t('loss.axis'), height: 240,
  });
  const accuracy = chart({
    series: [
      { label: t('train.accuracy.train'), colour: 's1', dots: true },
      { label: t('train.accuracy.test'), colour: 's2', dots: true, dash: 'dashed' },
    ],
    x: t('train.step'), y: t('accuracy.accuracy'), height: 240, yRange: (u, least) => [Math.min(0.9, Math.floor(10 * (least ?? 0)) / 10), 1],
  });
  const sheet = h('canvas.sheet', { width: 1, height: 1, role: 'img' });
  sheet.setAttribute('aria-label', t('train.weights'));
  const weights = h('div', sheet);
  const norms = h('div');
  let bar = null;
  let losses = []; // [step, mean loss of the mini-batches since the point before]
  let live = []; // [step, accuracy of some training images, of some test images]
  let readings = []; // [step, accuracies, losses, epoch]
  let state = {};
  let speed;
  let pictures = null;
  let lengths = null;
  const numbers = h('section.card', progress, status.element);
  board.append(
    numbers,
    h('div.pair',
      figure(t('train.loss'), t('train.loss.note'), loss.element),
      figure(t('train.accuracy'), t('train.accuracy.note'), accuracy.element)),
    figure(t('train.weights'), t('train.weights.note'), weights),
    figure(t('train.norms'), t('train.norms.note'), norms),
  );
  const drawings = [
    pace.figure(numbers, () => {
      progress.value = state.step / state.iterations;
      status.set([
        count(state.step) + ' / ' + count(state.iterations), percent(live.at(-1)?.[2]),
        speed === undefined ? '–' : t('train.perSecond', { n: count(speed) }),
        number(losses.at(-1)?.[1] ?? readings.at(-1)?.[3], 3),
      ]);
    }, { large: false }),
    pace.figure(loss.host, () => loss.set(columns([losses, readings], [[[0, 1]], [[1, 3]], [[1, 4]]]))),
    pace.figure(accuracy.host, () => accuracy.set(columns([live, readings], [[[1, 1], [0, 1]], [[1, 2], [0, 2]]]))),
    pace.figure(weights, () => {
      if (pictures) {
        paintSheet(sheet, pictures.weights, pictures.weightWidth, pictures.weightHeight, Math.max(5, Math.floor(weights.clientWidth / PICTURE)));
      }
    }, { least: WEIGHTS_EVERY }),
    pace.figure(norms, () => {
      if (lengths) {
        const names = Object.keys(lengths);
        if (!bar) {
          bar = bars(names, { jump: true });
          norms.replaceChildren(bar.element);
        }
        const values = Object.values(lengths);
        const most = Math.max(...values, 1e-30);
        bar.set(values.map((v) => v / most), values.map((v) => number(v, 3)));
      }
    }, { large: false }),
  ];
  return {
    /** Forgets the run before. */
    clear() {
      losses = [];
      live = [];
      readings = [];
      speed = undefined;
      pictures = null;
      lengths = null;
      sheet.width = 1;
      sheet.height = 1;
      norms.replaceChildren();
      bar = null;
    },
    /** Keeps what a state of the run says; the whole state, or what is new in an event. */
    take(now, whole) {
      state = now;
      losses = joined(losses, now.losses, whole);
      readings = joined(readings, now.readings, whole);
      if (now.testAccuracy !== undefined && now.step > (live.at(-1)?.[0] ?? -1)) {
        live = thinned([...live, [now.step, now.trainAccuracy, now.testAccuracy]]);
      }
      speed = now.imagesPerSecond ?? speed;
      pictures = now.weights ? now : pictures;
      lengths = now.norms ?? lengths;
    },
    /** Has it drawn, at once if that is urgent. */
    draw(urgent) {
      if (state.step !== undefined) {
        drawings.forEach((ask) => ask(urgent));
      }
    },
  };
}
