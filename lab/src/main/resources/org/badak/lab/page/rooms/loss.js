// Room 1: loss functions.
import { ask, latest } from '../lab.js';
import { bars, figure, h, head, seen, select, slider } from '../elements.js';
import { chart } from '../charts.js';
import { fixed, number, t } from '../words.js';

const DIGITS = [...'0123456789'];

export function open(main) {
  const said = seen();
  const all = bars(DIGITS);
  const curve = chart({
    series: [
      { label: t('loss.entropy'), colour: 's2' },
      { label: t('loss.squared'), colour: 's1', dash: 'dashed' },
    ],
    x: t('loss.p'),
    y: t('loss.axis'),
    height: 300,
    yRange: () => [0, 5],
    xRange: () => [0, 1],
  });
  const right = select({
    label: t('loss.right'),
    options: DIGITS.map((digit) => [digit, digit]),
    value: '2',
    onchange: () => compute(),
  });
  const p = slider({
    label: t('loss.p'), min: 0, max: 1, step: 0.01, value: 0.6, format: (value) => fixed(value, 2), oninput: () => compute(),
  });
  const compute = latest(async () => {
    const chosen = Number(right.input.value);
    const answer = await ask('loss', { right: chosen, p: p.value });
    all.set(answer.y, answer.y.map((y) => fixed(y, 3)), chosen);
    curve.set([answer.positions, answer.entropyOverP, answer.squaredOverP], {
      x: p.value,
      dots: [[Math.min(5, answer.entropy), 's2'], [answer.squared, 's1']],
    });
    said.say(t(p.value < 0.3 ? 'loss.seen.wrong' : p.value > 0.9 ? 'loss.seen.sure' : 'loss.seen', {
      p: fixed(p.value, 2), entropy: number(answer.entropy), squared: number(answer.squared),
    }));
  });
  main.append(
    head(t('room', { n: 1 }), t('nav.loss'), t('loss.task')),
    said.element,
    h('div.bench',
      h('div.card.controls', right.element, p.element, h('p.quiet', t('loss.note'))),
      h('div.pair',
        figure(t('loss.bars'), t('loss.bars.note'), all.element),
        figure(t('loss.curve'), t('loss.curve.note'), curve.element))),
  );
  compute();
}
