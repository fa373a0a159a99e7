// The room Train.
import { ask, latest, listen, Mistake } from '../lab.js';
import { button, h, head, numberField, seen, select, slider, textField } from '../elements.js';
import { paced } from '../pace.js';
import { count, fixed, number, percent, t } from '../words.js';
import { figures } from './train-figures.js';

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
  const pace = paced();
  const view = figures(board, pace);
  let end = () => {};
  let gone = false;
  let shown = { number: 0 };
  const speak = pace.figure(said.element, () => say(said, shown), { large: false });
  const update = (state, whole) => {
    const urgent = whole || state.state !== shown.state;
    shown = whole ? state : { ...shown, ...state };
    desk.show(state);
    view.take(state, whole);
    speak(urgent);
    view.draw(urgent);
  };
  const look = latest(async () => {
    const state = await ask('train', { do: 'state' });
    if (!gone) {
      view.clear();
      update(state, true);
    }
  });
  const heard = (event) => {
    if (event.number === shown.number) {
      update(event, false);
    } else if (event.number > shown.number) {
      look(); // another page has started a run; events of runs before this one are kept by the engine for a while
    }
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
    await look();
    if (!gone) {
      end = listen('training', heard, look);
    }
  })();
  return () => {
    gone = true;
    end();
    pace.end();
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
