// The room Draw a digit.
import { ask, latest, Mistake } from '../lab.js';
import { bars, button, check, figure, h, head, seen, select, slider } from '../elements.js';
import { paintInk, paintSigned } from '../pictures.js';
import { colour } from '../charts.js';
import { percent, t } from '../words.js';

const SIDE = 28;
const CELL = 16;

export function open(main) {
  const said = seen();
  const board = h('canvas.board', { width: SIDE * CELL, height: SIDE * CELL, tabIndex: 0, role: 'application' });
  board.setAttribute('aria-label', t('draw.board.label'));
  const sight = h('canvas.sight', { width: SIDE, height: SIDE, role: 'img' });
  sight.setAttribute('aria-label', t('draw.sight'));
  const weights = h('canvas.sight', { width: SIDE, height: SIDE, role: 'img' });
  weights.setAttribute('aria-label', t('draw.weights'));
  const chances = h('div');
  let pixels = new Array(SIDE * SIDE).fill(0);
  let shares = null;
  let names = '';
  let pen = { x: SIDE / 2, y: SIDE / 2, down: false, shown: false };
  const model = select({ label: t('draw.model'), options: [['quick', t('draw.quick')]], onchange: () => look() });
  const thickness = slider({ label: t('draw.thickness'), min: 0.8, max: 2.4, step: 0.1, value: 1.4 });
  const centre = check({ label: t('draw.centre'), checked: true, onchange: () => look() });
  const clear = button(t('draw.clear'), () => {
    pixels = pixels.map(() => 0);
    paint();
    look();
  });
  const paint = () => {
    const ctx = board.getContext('2d');
    pixels.forEach((value, i) => {
      const grey = Math.round(255 * (1 - value));
      ctx.fillStyle = `rgb(${grey} ${grey} ${grey})`;
      ctx.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL, CELL);
    });
    if (pen.shown) {
      ctx.strokeStyle = colour('focus');
      ctx.lineWidth = 3;
      ctx.strokeRect(Math.floor(pen.x) * CELL + 2, Math.floor(pen.y) * CELL + 2, CELL - 4, CELL - 4);
    }
  };
  /** Inks around a point in pixels; soft at the rim, as a pen is. */
  const dab = (x, y) => {
    const reach = thickness.value;
    for (let row = Math.max(0, Math.floor(y - reach - 1)); row <= Math.min(SIDE - 1, y + reach + 1); row++) {
      for (let column = Math.max(0, Math.floor(x - reach - 1)); column <= Math.min(SIDE - 1, x + reach + 1); column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const value = Math.max(0, Math.min(1, reach + 0.5 - distance));
        pixels[row * SIDE + column] = Math.max(pixels[row * SIDE + column], value);
      }
    }
  };
  const stroke = (from, to) => {
    const steps = Math.max(1, Math.ceil(3 * Math.hypot(to.x - from.x, to.y - from.y)));
    for (let i = 0; i <= steps; i++) {
      dab(from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps);
    }
  };
  const look = latest(async () => {
    if (pixels.every((value) => value === 0)) {
      said.say(t('draw.empty'));
      chances.replaceChildren(h('p.quiet', t('draw.nothing')));
      shares = null;
      paintInk(sight, pixels);
      paintSigned(weights, pixels);
      return;
    }
    try {
      const answer = await ask('draw', {
        do: 'look', model: model.input.value, centre: centre.input.checked, pixels: pixels.map((value) => Number(value.toFixed(3))),
      });
      if (!shares || names !== answer.classes.join()) {
        names = answer.classes.join();
        shares = bars(answer.classes);
        chances.replaceChildren(shares.element);
      }
      shares.set(answer.probabilities, answer.probabilities.map((p) => percent(p)), answer.chosen);
      paintInk(sight, answer.seen);
      const most = Math.max(...answer.weights.map(Math.abs), 1e-9);
      paintSigned(weights, answer.weights.map((value) => value / most));
      const order = answer.probabilities.map((p, i) => [p, i]).sort((a, b) => b[0] - a[0]);
      said.say(t(order[0][0] > 0.8 ? 'draw.sure' : 'draw.unsure', {
        first: answer.classes[order[0][1]], p: percent(order[0][0]), second: answer.classes[order[1][1]], q: percent(order[1][0]),
      }), order[0][0] > 0.8 ? 'good' : 'warn');
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      said.say(mistake.message, 'bad');
    }
  });
  const place = (event) => {
    const box = board.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width * SIDE, y: (event.clientY - box.top) / box.height * SIDE };
  };
  let previous = null;
  board.addEventListener('pointerdown', (event) => {
    board.setPointerCapture(event.pointerId);
    pen.shown = false;
    previous = place(event);
    stroke(previous, previous);
    paint();
    look();
  });
  board.addEventListener('pointermove', (event) => {
    if (!previous) {
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    (events.length ? events : [event]).forEach((each) => {
      const point = place(each);
      stroke(previous, point);
      previous = point;
    });
    paint();
    look();
  });
  ['pointerup', 'pointercancel'].forEach((name) => board.addEventListener(name, () => {
    previous = null;
  }));
  board.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === ' ') {
      pen.down = !pen.down;
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      clear.click();
    } else if (move) {
      pen.x = Math.max(0.5, Math.min(SIDE - 0.5, pen.x + move[0]));
      pen.y = Math.max(0.5, Math.min(SIDE - 0.5, pen.y + move[1]));
    } else {
      return;
    }
    event.preventDefault();
    pen.shown = true;
    if (pen.down && event.key !== 'Delete' && event.key !== 'Backspace') {
      dab(pen.x, pen.y);
      look();
    }
    paint();
  });
  board.addEventListener('blur', () => {
    pen.shown = false;
    paint();
  });
  main.append(
    head(t('nav.workbench'), t('nav.draw'), t('draw.task')),
    said.element,
    h('div.pair',
      h('div.card.controls', board, h('div.buttons', clear), thickness.element, centre.element, model.element, h('p.quiet', t('draw.keys'))),
      h('div.stack',
        figure(t('draw.chances'), null, chances),
        figure(t('draw.looks'), t('draw.looks.note'), h('div.sights',
          h('figure', sight, h('figcaption.quiet', t('draw.sight'))),
          h('figure', weights, h('figcaption.quiet', t('draw.weights'))))))),
  );
  paint();
  look();
  ask('draw', { do: 'models' }).then(({ models }) => {
    model.input.replaceChildren(...models.map((name) => h('option', { value: name }, ['quick', 'training'].includes(name) ? t('draw.' + name) : name)));
    model.input.value = models.includes('training') ? 'training' : 'quick';
    // a first look at nothing, so that the network is ready when the first stroke comes
    return ask('draw', { do: 'look', model: model.input.value, centre: false, pixels: pixels.map(() => 0) });
  });
}
