// Room 7: over-fitting and its cures.
import { ask, listen } from '../lab.js';
import { button, check, figure, h, head, seen, slider } from '../elements.js';
import { chart } from '../charts.js';
import { fixed, percent, t } from '../words.js';

const CURES = ['weight-decay', 'dropout', 'early-stopping'];

export function open(main) {
  const said = seen();
  const board = h('div.pair');
  let courses = new Map();
  let run = -1;
  const images = slider({ label: t('overfitting.images'), min: 50, max: 2000, step: 50, value: 300 });
  const epochs = slider({ label: t('overfitting.epochs'), min: 20, max: 600, step: 20, value: 400 });
  const decay = slider({ label: t('overfitting.decay'), min: -4, max: -1, step: 0.1, value: -1.3, format: (v) => fixed(10 ** v, 4) });
  const dropout = slider({ label: t('overfitting.dropout'), min: 0.05, max: 0.6, step: 0.05, value: 0.15, format: (v) => fixed(v, 2) });
  const cures = CURES.map((name) => ({ name, box: check({ label: t('cure.' + name), checked: true }) }));
  const compare = () => {
    const [plain, ...others] = [...courses.values()].filter((course) => course.epochs.length);
    if (!plain) {
      return;
    }
    const gap = (course) => course.train.at(-1) - course.test.at(-1);
    said.say(t('overfitting.seen', { train: percent(plain.train.at(-1)), test: percent(plain.test.at(-1)), gap: fixed(100 * gap(plain), 1) })
      + others.map((course) => ' ' + t('overfitting.cure', {
        name: t('cure.' + course.name), test: percent(course.test.at(-1)),
        gain: (course.test.at(-1) >= plain.test.at(-1) ? '+' : '−') + fixed(100 * Math.abs(course.test.at(-1) - plain.test.at(-1)), 1),
        gap: fixed(100 * gap(course), 1),
      })).join(''));
  };
  const lay = (names) => {
    courses = new Map(names.map((name) => {
      const plot = chart({
        series: [
          { label: t('training'), colour: 's1' },
          { label: t('test'), colour: 's2', dash: 'dashed' },
        ],
        x: t('epoch'), y: t('accuracy.accuracy'), height: 220, yRange: () => [0, 1], xRange: () => [0, epochs.value],
      });
      const tag = h('span.badge', t('overfitting.waiting'));
      return [name, { name, plot, tag, epochs: [], train: [], test: [] }];
    }));
    board.replaceChildren(...[...courses.values()].map((course) =>
      figure(t('cure.' + course.name), t('cure.' + course.name + '.note'), course.tag, course.plot.element)));
    courses.forEach((course) => course.plot.set([[], [], []]));
  };
  const start = button(t('overfitting.start'), async () => {
    const answer = await ask('overfitting', {
      do: 'start', images: images.value, epochs: epochs.value, decay: 10 ** decay.value, dropout: dropout.value,
      cures: cures.filter((cure) => cure.box.input.checked).map((cure) => cure.name),
    });
    run = answer.run;
    lay(answer.courses);
    stop.disabled = false;
    said.say(t('overfitting.wait'));
  }, true);
  const stop = button(t('stop'), async () => {
    await ask('overfitting', { do: 'stop' });
    stop.disabled = true;
  });
  stop.disabled = true;
  const end = listen('overfitting', (event) => {
    if (event.run !== run) {
      return; // of another page, or of an earlier start
    }
    if (event.error) {
      said.say(event.error, 'bad');
      return;
    }
    said.aloud(Boolean(event.finished));
    if (event.finished) {
      compare();
      stop.disabled = true;
      return;
    }
    const course = courses.get(event.course);
    course.epochs.push(event.epoch);
    course.train.push(event.train);
    course.test.push(event.test);
    course.tag.textContent = t('overfitting.tag', { train: percent(event.train), test: percent(event.test) });
    course.plot.set([course.epochs, course.train, course.test]);
    compare();
  });
  said.say(t('overfitting.before'));
  lay(['plain', 'weight-decay', 'dropout']);
  main.append(
    head(t('room', { n: 7 }), t('nav.overfitting'), t('overfitting.task')),
    said.element,
    h('div.bench',
      h('div.card.controls',
        images.element,
        epochs.element,
        h('fieldset', h('legend', t('overfitting.cures')), cures.map((cure) => cure.box.element)),
        decay.element,
        dropout.element,
        h('div.buttons', start, stop)),
      board),
  );
  return () => {
    end();
    ask('overfitting', { do: 'stop' });
  };
}
