// Room 2: why not accuracy.
import { ask, latest } from '../lab.js';
import { figure, h, head, seen, segments, slider } from '../elements.js';
import { chart } from '../charts.js';
import { fixed, number, percent, t } from '../words.js';

export function open(main) {
  const said = seen();
  const loss = chart({ series: [{ label: t('accuracy.loss'), colour: 's2' }], x: t('accuracy.moved'), y: t('accuracy.loss') });
  const accuracy = chart({
    series: [{ label: t('accuracy.accuracy'), colour: 's1', stepped: true }], x: t('accuracy.moved'), y: t('accuracy.accuracy'),
  });
  const choice = h('div');
  let weight = 0;
  const t0 = slider({
    label: t('accuracy.moved'), min: -6, max: 6, step: 0.01, value: 0, format: (value) => fixed(value, 2), oninput: () => compute(),
  });
  const compute = latest(async () => {
    const answer = await ask('accuracy', { weight, t: t0.value });
    if (!choice.firstChild) {
      choice.append(segments({
        label: t('accuracy.weight'),
        options: answer.weights.map((name, i) => [String(i), name]),
        value: '0',
        onchange: (key) => {
          weight = Number(key);
          compute();
        },
      }).element);
    }
    loss.set([answer.positions, answer.losses], { x: t0.value, dots: [[answer.loss, 's2']] });
    accuracy.set([answer.positions, answer.accuracies], { x: t0.value, dots: [[answer.accuracy, 's1']] });
    said.say(t('accuracy.seen', {
      value: number(answer.value), loss: number(answer.loss, 4), accuracy: percent(answer.accuracy, 0),
      flat: percent(answer.flat, 0), moved: percent(1 - answer.flatLoss, 0),
    }));
  });
  said.say(t('accuracy.wait'));
  main.append(
    head(t('room', { n: 2 }), t('nav.accuracy'), t('accuracy.task')),
    said.element,
    h('div.bench',
      h('div.card.controls', choice, t0.element, h('p.quiet', t('accuracy.note'))),
      h('div.pair',
        figure(t('accuracy.loss'), t('accuracy.loss.note'), loss.element),
        figure(t('accuracy.accuracy'), t('accuracy.accuracy.note'), accuracy.element))),
  );
  compute();
}
