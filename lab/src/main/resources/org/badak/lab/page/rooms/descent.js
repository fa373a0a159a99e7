// Room 4: gradients as arrows, and the way downhill.
import { ask, latest, Mistake } from '../lab.js';
import { chips, figure, h, head, seen, select, slider, textField } from '../elements.js';
import { chart, colour } from '../charts.js';
import { count, number, t } from '../words.js';

const EXAMPLES = [
  ['x0^2 + x1^2', 6, [-3, 4]],
  ['x0^2/20 + x1^2', 10, [-7, 2]],
  ['sin(x0) + cos(x1) + 0.05*(x0^2 + x1^2)', 6, [4.5, 4]],
  ['(1 - x0)^2 + 5*(x1 - x0^2)^2', 2, [-1.5, 1.5]],
];
const SIZE = 640;
const BANDS = 16;
const TONES = { converged: 'good', diverged: 'bad', 'hardly-moved': 'warn', oscillating: 'warn', 'still-moving': '' };

export function open(main) {
  const said = seen();
  const wrong = h('p.mistake', { role: 'alert', hidden: true });
  let start = [-3, 4];
  let answer = null;
  const map = h('canvas.map', { width: SIZE, height: SIZE, tabIndex: 0, role: 'application' });
  map.setAttribute('aria-label', t('descent.map.label'));
  const values = chart({ series: [{ label: 'f', colour: 's2', dots: true }], x: t('descent.step'), y: 'f', height: 300 });
  const text = textField({ label: t('descent.function'), value: EXAMPLES[0][0], code: true, oninput: () => compute() });
  const reach = select({
    label: t('descent.reach'), options: [2, 4, 6, 10, 20].map((r) => [String(r), '−' + r + ' … ' + r]), value: '6', onchange: () => compute(),
  });
  const rate = slider({
    label: t('rate'), min: -4, max: 1, step: 0.05, value: -1, format: (value) => number(10 ** value), oninput: () => compute(),
  });
  const steps = slider({ label: t('descent.steps'), min: 1, max: 200, step: 1, value: 100, format: String, oninput: () => compute() });
  const compute = latest(async () => {
    const side = Number(reach.input.value);
    try {
      answer = await ask('descent', { function: text.input.value, reach: side, start, rate: 10 ** rate.value, steps: steps.value });
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      wrong.textContent = mistake.message;
      wrong.hidden = false;
      return;
    }
    wrong.hidden = true;
    paint(map, answer, side);
    const positive = answer.values.filter((value) => value > 0);
    values.scale(positive.length === answer.values.length && Math.max(...positive) > 1e5 * Math.min(...positive));
    values.set([answer.values.map((_, i) => i), answer.values]);
    said.say(t('descent.' + answer.verdict) + ' ' + t('descent.seen', {
      rate: number(10 ** rate.value), steps: count(answer.values.length - 1), first: number(answer.values[0]),
      last: number(answer.value), x0: number(answer.end[0]), x1: number(answer.end[1]),
    }), TONES[answer.verdict]);
  });
  const begin = (point) => {
    start = point.map((value) => Number(value.toPrecision(4)));
    compute();
  };
  map.addEventListener('click', (event) => {
    const box = map.getBoundingClientRect();
    const side = Number(reach.input.value);
    begin([(2 * (event.clientX - box.left) / box.width - 1) * side, (1 - 2 * (event.clientY - box.top) / box.height) * side]);
  });
  map.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (move) {
      event.preventDefault();
      const side = Number(reach.input.value);
      begin(start.map((value, i) => Math.max(-side, Math.min(side, value + move[i] * side / 20))));
    }
  });
  const themed = () => answer && paint(map, answer, Number(reach.input.value));
  addEventListener('themed', themed);
  main.append(
    head(t('room', { n: 4 }), t('nav.descent'), t('descent.task')),
    said.element,
    h('div.bench',
      h('div.card.controls',
        text.element,
        wrong,
        chips(t('examples'), EXAMPLES.map(([example]) => example), (example) => {
          const [chosen, side, from] = EXAMPLES.find(([each]) => each === example);
          text.input.value = chosen;
          reach.input.value = String(side);
          start = from;
          compute();
        }),
        reach.element,
        rate.element,
        steps.element),
      h('div.pair',
        figure(t('descent.map'), t('descent.map.note'), map),
        figure(t('descent.values'), t('descent.values.note'), values.element))),
  );
  compute();
  return () => removeEventListener('themed', themed);
}

function paint(map, answer, side) {
  const ctx = map.getContext('2d');
  const { heights, side: n } = answer;
  const known = heights.filter((value) => value !== null);
  const least = Math.min(...known);
  const most = Math.max(...known);
  const dark = document.documentElement.dataset.theme === 'dark';
  const low = dark ? [20, 42, 48] : [236, 245, 243];
  const high = dark ? [96, 116, 122] : [150, 176, 178];
  const field = new OffscreenCanvas(n, n);
  const image = new ImageData(n, n);
  heights.forEach((value, i) => {
    // the square root makes the bands near the bottom narrower, where the walk slows down
    const share = value === null ? 1 : Math.sqrt((value - least) / (most - least || 1));
    const band = Math.floor(share * BANDS) / BANDS;
    image.data.set([...low.map((from, c) => Math.round(from + (high[c] - from) * band)), 255], 4 * i);
  });
  field.getContext('2d').putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(field, 0, 0, SIZE, SIZE);
  const at = ([x0, x1]) => [(x0 / side + 1) * SIZE / 2, (1 - x1 / side) * SIZE / 2];
  arrows(ctx, answer.arrows, at);
  path(ctx, answer.path, at);
}

function arrows(ctx, all, at) {
  const longest = Math.max(...all.map(([, , a, b]) => Math.hypot(a, b))) || 1;
  ctx.strokeStyle = colour('soft');
  ctx.lineWidth = 1.6;
  all.forEach(([x0, x1, a, b]) => {
    const length = Math.hypot(a, b);
    if (!(length > 0)) {
      return;
    }
    const size = 5 + 21 * Math.sqrt(length / longest);
    const [x, y] = at([x0, x1]);
    const [dx, dy] = [-a / length, b / length]; // downhill; the canvas' y points down
    const [ex, ey] = [x + dx * size, y + dy * size];
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(ex, ey);
    [2.6, -2.6].forEach((turn) => {
      ctx.moveTo(ex, ey);
      ctx.lineTo(ex + 6 * Math.cos(Math.atan2(dy, dx) + turn), ey + 6 * Math.sin(Math.atan2(dy, dx) + turn));
    });
    ctx.stroke();
  });
}

function path(ctx, points, at) {
  ctx.strokeStyle = colour('s2');
  ctx.fillStyle = colour('s2');
  ctx.lineWidth = 2.5;
  ctx.beginPath();
  const shown = points.filter((point) => point.every((value) => Number.isFinite(value) && Math.abs(value) < 1e4));
  shown.forEach((point, i) => ctx[i ? 'lineTo' : 'moveTo'](...at(point)));
  ctx.stroke();
  shown.forEach((point, i) => {
    ctx.beginPath();
    ctx.arc(...at(point), i ? 3.5 : 8, 0, 7);
    ctx.fill();
  });
  if (shown.length) {
    ctx.strokeStyle = colour('card');
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.arc(...at(shown[0]), 8, 0, 7);
    ctx.stroke();
  }
}
