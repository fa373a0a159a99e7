// Room 6: numerical gradient against back-propagation.
import { ask, listen } from '../lab.js';
import { button, figure, h, head, seen, slider } from '../elements.js';
import { chart } from '../charts.js';
import { count, duration, number, percent, power, t } from '../words.js';

export function open(main) {
  const said = seen();
  const lanes = ['backprop', 'structured', 'naive'].map((name) => {
    const bar = h('progress', { max: 1, value: 0 });
    bar.setAttribute('aria-label', t('gradient.' + name));
    const text = h('span.num', '–');
    return { name, bar, text, element: h('div.lane', h('div.row', h('strong', t('gradient.' + name)), text), bar, h('p.quiet', t('gradient.' + name + '.note'))) };
  });
  const [backprop, structured, naive] = lanes;
  const scatter = chart({
    series: [
      { label: t('gradient.equal'), colour: 'soft', dash: 'dashed' },
      { label: t('gradient.parameters'), colour: 's2', points: true },
    ],
    x: t('gradient.x'), y: t('gradient.y'), height: 320,
  });
  const units = slider({ label: t('gradient.units'), min: 1, max: 50, step: 1, value: 10 });
  const images = slider({ label: t('gradient.images'), min: 1, max: 50, step: 1, value: 10 });
  const start = button(t('gradient.start'), async () => {
    lanes.forEach((lane) => {
      lane.bar.removeAttribute('value');
      lane.text.textContent = '…';
    });
    said.say(t('gradient.wait'));
    await ask('gradient', { do: 'start', units: units.value, images: images.value });
    stop.disabled = false;
  }, true);
  const stop = button(t('stop'), async () => {
    await ask('gradient', { do: 'stop' });
    stop.disabled = true;
  });
  stop.disabled = true;
  const end = listen('race', (race) => {
    if (race.error) {
      said.say(race.error, 'bad');
      return;
    }
    backprop.bar.value = 1;
    backprop.text.textContent = duration(race.backpropSeconds);
    structured.bar.value = 1;
    structured.text.textContent = duration(race.structuredSeconds);
    naive.bar.value = race.done / race.parameters;
    naive.text.textContent = t('gradient.progress', { done: count(race.done), all: count(race.parameters), seconds: duration(race.seconds) });
    const points = race.points.toSorted((a, b) => a[0] - b[0]);
    scatter.set([points.map((p) => p[0]), points.map((p) => p[0]), points.map((p) => p[1])]);
    const whole = race.seconds * race.parameters / race.done;
    said.aloud(race.finished);
    said.say(t(race.finished ? 'gradient.finished' : 'gradient.seen', {
      done: percent(race.done / race.parameters, 1), whole: duration(whole), backprop: duration(race.backpropSeconds),
      times: count(whole / race.backpropSeconds), structured: duration(race.structuredSeconds),
      faster: count(whole / race.structuredSeconds), difference: power(race.difference, 2), steepest: number(race.steepest, 2),
      parameters: count(race.parameters),
    }), race.finished ? 'good' : '');
    if (race.finished) {
      stop.disabled = true;
    }
  });
  said.say(t('gradient.before'));
  main.append(
    head(t('room', { n: 6 }), t('nav.gradient'), t('gradient.task')),
    said.element,
    h('div.bench',
      h('div.card.controls', units.element, images.element, h('div.buttons', start, stop), h('p.quiet', t('gradient.note'))),
      h('div.pair',
        figure(t('gradient.race'), t('gradient.race.note'), h('div.stack', lanes.map((lane) => lane.element))),
        figure(t('gradient.agreement'), t('gradient.agreement.note'), scatter.element))),
  );
  return () => {
    end();
    ask('gradient', { do: 'stop' });
  };
}
