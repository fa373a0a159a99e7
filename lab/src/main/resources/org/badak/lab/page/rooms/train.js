// The room Train.
import { ask, listen, Mistake } from '../lab.js';
import { bars, button, facts, figure, h, head, numberField, seen, select, slider, textField } from '../elements.js';
import { chart } from '../charts.js';
import { signed } from '../pictures.js';
import { count, fixed, number, percent, t } from '../words.js';

const NETWORKS = {
  chapter: { layers: '', hidden: '50', activation: 'sigmoid', initialisation: 'normal:0.01', optimizer: 'sgd' },
  relu: { layers: '', hidden: '100, 50', activation: 'relu', initialisation: 'he', optimizer: 'adam' },
  linear: { layers: '', hidden: '', activation: 'sigmoid', initialisation: 'normal:0.01', optimizer: 'sgd' },
  convolution: {
    layers: 'conv 8 5, relu, maxpool 2, flatten, dense 50, relu, dense 10', hidden: '', activation: 'relu', initialisation: 'he', optimizer: 'adam',
  },
};

export function open(main) {
  const said = seen();
  const board = h('div.stack');
  const panel = h('div.card.controls');
  main.append(head(t('nav.workbench'), t('nav.train'), t('train.task')), said.element, h('div.bench', panel, board));
  const view = figures(board);
  let end = () => {};
  let gone = false;
  const update = (state, whole) => {
    view.show(state, whole);
    say(said, state);
    desk.show(state);
  };
  const desk = controls(panel, said, async (question) => {
    const state = await ask('train', question);
    if (question.do === 'start') {
      view.clear();
    }
    update(state, true);
  });
  (async () => {
    desk.offer(await ask('train', { do: 'offer' }));
    const state = await ask('train', { do: 'state' });
    if (gone) {
      return;
    }
    update(state, true);
    end = listen('training', (event) => update(event, false));
  })();
  return () => {
    gone = true;
    end();
  };
}

function controls(panel, said, act) {
  const network = select({
    label: t('train.network'), options: Object.keys(NETWORKS).map((key) => [key, t('train.network.' + key)]), value: 'chapter', onchange: (key) => choose(key),
  });
  const data = select({ label: t('train.data'), options: [] });
  const hidden = textField({ label: t('train.hidden'), value: '50', hint: t('train.hidden.hint') });
  const layers = textField({ label: t('train.layers'), value: '', code: true });
  const activation = select({ label: t('train.activation'), options: [] });
  const optimizer = select({ label: t('train.optimizer'), options: [], onchange: (name) => setRate(rates[name]) });
  const rate = slider({
    label: t('rate'), min: -5, max: 1, step: 0.05, value: -1, format: (value) => number(10 ** value, 3), oninput: () => change(),
  });
  const batch = numberField({ label: t('train.batch'), value: 100, min: 1, max: 10000, step: 1 });
  const iterations = numberField({ label: t('train.iterations'), value: 10000, min: 1, max: 10000000, step: 1 });
  const seed = numberField({ label: t('train.seed'), value: 1, min: 0, max: 2147483647, step: 1 });
  const wrong = h('p.mistake', { role: 'alert', hidden: true });
  const start = button(t('train.start'), () => order(), true);
  const pause = button(t('train.pause'), () => act({ do: paused ? 'resume' : 'pause' }));
  const stop = button(t('stop'), () => act({ do: 'stop' }));
  let rates = {};
  let paused = false;
  let running = false;
  let timer = 0;
  let known = '';
  const setRate = (value) => {
    rate.value = Math.log10(value);
  };
  const change = () => {
    if (running) {
      clearTimeout(timer);
      timer = setTimeout(() => act({ do: 'rate', rate: 10 ** rate.value }), 150);
    }
  };
  const choose = (key) => {
    const preset = NETWORKS[key];
    hidden.input.value = preset.hidden;
    layers.input.value = preset.layers;
    activation.input.value = preset.activation;
    optimizer.input.value = preset.optimizer;
    setRate(rates[preset.optimizer]);
    hidden.element.hidden = Boolean(preset.layers);
    activation.element.hidden = Boolean(preset.layers);
    layers.element.hidden = !preset.layers;
  };
  const order = async () => {
    const preset = NETWORKS[network.input.value];
    try {
      await act({
        do: 'start', data: data.input.value, layers: preset.layers ? layers.input.value : '', hidden: hidden.input.value,
        activation: activation.input.value, initialisation: preset.initialisation, optimizer: optimizer.input.value,
        // the slider's power of ten, rounded so that 0.1 is the chapter's 0.1 to the last bit
        rate: Number((10 ** rate.value).toPrecision(6)), batch: Number(batch.input.value),
        iterations: Number(iterations.input.value), seed: Number(seed.input.value),
      });
      wrong.hidden = true;
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      wrong.textContent = mistake.message;
      wrong.hidden = false;
    }
  };
  const form = h('div.controls', data.element, network.element, hidden.element, layers.element, activation.element, optimizer.element);
  const numbers = h('div.controls', batch.element, iterations.element, seed.element);
  panel.append(h('div.buttons', start, pause, stop), wrong, form, rate.element, numbers, h('p.quiet', t('train.note')));
  const options = (input, values) => input.replaceChildren(...values.map((value) => h('option', { value }, value)));
  return {
    offer(offer) {
      rates = offer.rates;
      options(data.input, offer.data);
      data.input.value = offer.preferred;
      options(activation.input, offer.activations);
      options(optimizer.input, offer.optimizers);
      choose('chapter');
    },
    show(state) {
      if (state.state === known) {
        return;
      }
      known = state.state;
      running = ['preparing', 'running', 'paused'].includes(known);
      paused = known === 'paused';
      start.hidden = running;
      pause.hidden = !running;
      stop.hidden = !running;
      pause.textContent = t(paused ? 'train.resume' : 'train.pause');
      [...form.querySelectorAll('input, select'), ...numbers.querySelectorAll('input')].forEach((input) => {
        input.disabled = running;
      });
      if (running && state.rate) {
        setRate(state.rate);
      }
    },
  };
}

function figures(board) {
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
  const tiles = h('div.tiles');
  const norms = h('div');
  let bar = null;
  const points = { loss: [], live: [] };
  const readings = [];
  board.append(
    h('section.card', progress, status.element),
    h('div.pair',
      figure(t('train.loss'), t('train.loss.note'), loss.element),
      figure(t('train.accuracy'), t('train.accuracy.note'), accuracy.element)),
    figure(t('train.weights'), t('train.weights.note'), tiles),
    figure(t('train.norms'), t('train.norms.note'), norms),
  );
  const draw = () => {
    const exact = new Map(readings.map((r) => [r[0], r]));
    const live = new Map(points.live.map((p) => [p[0], p]));
    const lossAt = new Map(points.loss);
    const steps = [...new Set([...lossAt.keys(), ...exact.keys()])].sort((a, b) => a - b);
    loss.set([steps, steps.map((s) => lossAt.get(s) ?? null), steps.map((s) => exact.get(s)?.[3] ?? null), steps.map((s) => exact.get(s)?.[4] ?? null)]);
    const both = [...new Set([...live.keys(), ...exact.keys()])].sort((a, b) => a - b);
    accuracy.set([both, both.map((s) => exact.get(s)?.[1] ?? live.get(s)?.[1] ?? null), both.map((s) => exact.get(s)?.[2] ?? live.get(s)?.[2] ?? null)]);
  };
  return {
    clear() {
      points.loss = [];
      points.live = [];
      readings.length = 0;
      tiles.replaceChildren();
      norms.replaceChildren();
      bar = null;
    },
    show(state, whole) {
      if (state.state === 'none') {
        return;
      }
      const last = points.loss.at(-1)?.[0] ?? -1;
      points.loss = whole ? state.losses : points.loss.concat(state.losses.filter((p) => p[0] > last));
      const known = whole ? -1 : readings.at(-1)?.[0] ?? -1;
      readings.splice(0, whole ? readings.length : 0);
      readings.push(...state.readings.filter((r) => r[0] > known));
      if (state.testAccuracy !== undefined && state.step > (points.live.at(-1)?.[0] ?? -1)) {
        points.live.push([state.step, state.trainAccuracy, state.testAccuracy]);
      }
      progress.value = state.step / state.iterations;
      status.set([
        count(state.step) + ' / ' + count(state.iterations), percent(state.testAccuracy),
        state.imagesPerSecond === undefined ? '–' : t('train.perSecond', { n: count(state.imagesPerSecond) }),
        number(points.loss.at(-1)?.[1] ?? readings.at(-1)?.[3], 3),
      ]);
      draw();
      if (state.weights) {
        tiles.replaceChildren(...state.weights.map((picture, i) => signed(picture, state.weightWidth, state.weightHeight, t('train.unit', { n: i }))));
      }
      if (state.norms) {
        const names = Object.keys(state.norms);
        if (!bar) {
          bar = bars(names);
          norms.replaceChildren(bar.element);
        }
        const values = Object.values(state.norms);
        const most = Math.max(...values, 1e-30);
        bar.set(values.map((v) => v / most), values.map((v) => number(v, 3)));
      }
    },
  };
}

function say(said, state) {
  said.aloud(state.state !== 'running');
  if (state.state === 'none') {
    said.say(t('train.none'));
    return;
  }
  const last = state.readings.at(-1);
  const values = {
    step: count(state.step), iterations: count(state.iterations), test: percent(last?.[2], 2), train: percent(last?.[1], 2),
    epoch: fixed(last?.[5], 0), gap: fixed(100 * ((last?.[1] ?? 0) - (last?.[2] ?? 0)), 2), run: state.run, rate: number(state.rate, 3),
    live: percent(state.testAccuracy), failure: state.failure,
  };
  const tone = { ended: 'good', stopped: 'warn', failed: 'bad', paused: 'warn' }[state.state] ?? '';
  said.say(t('train.' + state.state, values), tone);
}
