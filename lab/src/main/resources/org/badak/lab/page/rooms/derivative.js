// Room 3: the derivative as a difference.
import { ask, latest, Mistake } from '../lab.js';
import { chips, figure, h, head, seen, segments, slider, textField } from '../elements.js';
import { chart } from '../charts.js';
import { number, power, t } from '../words.js';

const EXAMPLES = ['0.01*x^2 + 0.1*x', 'x^3 - 2*x', 'sin(x)', 'exp(x)', 'sigmoid(x)'];

export function open(main) {
  const said = seen();
  const wrong = h('p.mistake', { role: 'alert', hidden: true });
  const plot = chart({
    series: [
      { label: 'f(x)', colour: 's1' },
      { label: t('derivative.tangent'), colour: 's3', dash: 'dashed' },
      { label: t('derivative.secant'), colour: 's2' },
    ],
    x: 'x', y: 'f(x)', height: 280, yRange: (u, least, most) => window_ ?? [least, most],
  });
  const errors = chart({
    series: [
      { label: t('derivative.forward'), colour: 's1' },
      { label: t('derivative.central'), colour: 's2' },
    ],
    x: 'h', y: t('derivative.error'), logX: true, logY: true, height: 280,
  });
  let window_ = null;
  const text = textField({ label: t('derivative.function'), value: EXAMPLES[0], code: true, oninput: () => compute() });
  const x = slider({ label: 'x', min: -10, max: 10, step: 0.1, value: 5, format: String, oninput: () => compute() });
  const h0 = slider({
    label: 'h', min: -16, max: 0, step: 0.25, value: -4, format: (value) => power(10 ** value, 2), oninput: () => compute(),
  });
  const formula = segments({
    label: t('derivative.formula'),
    options: [['CENTRAL', t('derivative.central')], ['FORWARD', t('derivative.forward')]],
    value: 'CENTRAL',
    onchange: () => compute(),
  });
  const compute = latest(async () => {
    try {
      const answer = await ask('derivative', {
        function: text.input.value, x: x.value, logH: h0.value, formula: formula.value,
      });
      wrong.hidden = true;
      text.input.removeAttribute('aria-invalid');
      window_ = around(answer.values);
      plot.set([answer.positions, answer.values, answer.tangent, answer.secant], { x: x.value, dots: [[answer.value, 's1']] });
      errors.set([answer.steps, answer.forward, answer.central], { x: answer.h, dots: [[answer.error, formula.value === 'CENTRAL' ? 's2' : 's1']] });
      const kind = answer.h > 1e-3 ? 'big' : answer.h < 1e-8 ? 'small' : 'good';
      said.say(t('derivative.seen', { x: number(x.value), slope: number(answer.slope, 8), exact: number(answer.exact, 8), error: power(answer.error, 2), h: power(answer.h, 2) })
        + ' ' + t('derivative.seen.' + kind) + (answer.hInFloat32 === 0 ? ' ' + t('derivative.float32') : ''));
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      wrong.textContent = mistake.message;
      wrong.hidden = false;
      text.input.setAttribute('aria-invalid', 'true');
    }
  });
  main.append(
    head(t('room', { n: 3 }), t('nav.derivative'), t('derivative.task')),
    said.element,
    h('div.bench',
      h('div.card.controls',
        text.element,
        wrong,
        chips(t('examples'), EXAMPLES, (example) => {
          text.input.value = example;
          compute();
        }),
        x.element,
        h0.element,
        formula.element),
      h('div.pair',
        figure(t('derivative.plot'), t('derivative.plot.note'), plot.element),
        figure(t('derivative.v'), t('derivative.v.note'), errors.element))),
  );
  compute();
}

/** The range of the curve itself, so that steep lines do not flatten it. */
function around(values) {
  const known = values.filter((value) => value !== null);
  if (!known.length) {
    return null;
  }
  const least = Math.min(...known);
  const most = Math.max(...known);
  const room = 0.08 * (most - least || 1);
  return [least - room, most + room];
}
