// The room Train.
import { ask, latest, listen, Mistake } from '../lab.js';
import { button, h, head, numberField, seen, select, slider, textField } from '../elements.js';
import { paced } from '../pace.js';
import { count, fixed, number, percent, t } from '../words.js';
import { imageFigures } from './train-figures.js';
import { handIn, ownTable, tableFigures, tableForm, tableSentence } from './train-tables.js';

const NETWORKS = {
  chapter: { layers: '', hidden: '50', activation: 'sigmoid', initialisation: 'normal:0.01', optimizer: 'sgd' },
  relu: { layers: '', hidden: '100, 50', activation: 'relu', initialisation: 'he', optimizer: 'adam' },
  linear: { layers: '', hidden: '', activation: 'sigmoid', initialisation: 'normal:0.01', optimizer: 'sgd' },
  convolution: {
    layers: 'conv 8 5, relu, maxpool 2, flatten, dense 50, relu, dense 10', hidden: '', activation: 'relu', initialisation: 'he', optimizer: 'adam',
  },
};

const isOver = (state) => ['ended', 'stopped', 'failed'].includes(state);

export function open(main) {
  const said = seen();
  const panel = h('div.card.controls');
  const boards = { images: h('div.stack'), table: h('div.stack', { hidden: true }) };
  main.append(head(t('nav.workbench'), t('nav.train'), t('train.task')), said.element, h('div.bench', panel, h('div.stack', boards.images, boards.table)));
  const pace = paced();
  const views = { images: imageFigures(boards.images, pace), table: tableFigures(boards.table, pace) };
  let end = () => {};
  let gone = false;
  let shown = { number: 0, state: 'none' };
  const speak = pace.figure(said.element, () => say(said, shown), { large: false });
  const turn = (kind) => {
    Object.entries(boards).forEach(([key, board]) => {
      board.hidden = key !== kind;
    });
  };
  const update = (state, whole) => {
    const urgent = whole || state.state !== shown.state;
    const another = state.number !== shown.number;
    shown = whole ? state : { ...shown, ...state };
    desk.show(shown);
    speak(urgent);
    if (shown.kind) {
      if (another) {
        turn(shown.kind); // and later only at a choice: a run that is over may be told again
      }
      views[shown.kind].take(state, whole);
      views[shown.kind].draw(urgent);
    }
  };
  const clear = () => Object.values(views).forEach((view) => view.clear());
  let events = 0;
  // An event can overtake an answer that is older; then the state is asked for once more.
  const answer = async (question) => {
    const before = events;
    const state = await ask('train', question);
    return events === before ? state : ask('train', { do: 'state' });
  };
  const look = latest(async () => {
    const state = await answer({ do: 'state' });
    if (!gone) {
      clear();
      update(state, true);
    }
  });
  const heard = (event) => {
    events += 1;
    if (event.number === shown.number) {
      const over = !isOver(shown.state) && isOver(event.state);
      update(event, false);
      if (over) {
        look(); // the curves with all their points
      }
    } else if (event.number > shown.number) {
      look(); // another page has started a run; events of runs before this one are kept by the engine for a while
    }
  };
  const desk = controls(panel, async (question) => {
    const state = await answer(question);
    if (question.do === 'start') {
      clear();
    }
    update(state, true);
  }, (kind, known) => {
    turn(kind);
    if (known) {
      views.table.understand(known);
    }
  });
  (async () => {
    const [offer, state] = [await ask('train', { do: 'offer' }), await ask('train', { do: 'state' })];
    if (!gone) {
      desk.offer(offer, state);
      update(state, true);
      end = listen('training', heard, look);
    }
  })();
  return () => {
    gone = true;
    end();
    pace.end();
  };
}

function controls(panel, act, chosen) {
  const wrong = h('p.mistake', { role: 'alert', hidden: true });
  const complain = (text) => {
    wrong.textContent = text;
    wrong.hidden = !text;
  };
  const attempt = async (question) => {
    try {
      await act(question);
      complain('');
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      complain(mistake.message);
    }
  };
  const images = imageForm((rate) => {
    if (running) {
      attempt({ do: 'rate', rate });
    }
  });
  const tables = tableForm(complain, (known) => {
    start.disabled = false;
    chosen('table', known);
  });
  const own = handIn(complain, (name) => {
    if (![...data.input.options].some((option) => option.value === name && option.dataset.table)) {
      named.append(tableOption(name));
    }
    data.input.value = name;
    choose();
  });
  const data = select({ label: t('train.data'), options: [], onchange: () => choose() });
  const named = h('optgroup', { label: t('table.tables') });
  const tableOption = (name) => {
    const option = h('option', { value: name }, name);
    option.dataset.table = 'yes';
    return option;
  };
  const isTable = () => Boolean(data.input.selectedOptions[0]?.dataset.table);
  const choose = (target = '') => {
    const name = data.input.value;
    const kind = name === ownTable ? 'own' : isTable() ? 'table' : 'images';
    images.element.hidden = kind !== 'images';
    tables.element.hidden = kind !== 'table';
    own.hidden = kind !== 'own';
    start.disabled = kind !== 'images'; // a table is looked at first
    complain('');
    if (kind === 'table') {
      tables.look(name, target);
    } else {
      chosen(kind === 'own' ? 'table' : kind);
    }
  };
  const start = button(t('train.start'), () => attempt(isTable() ? tables.order() : images.order(data.input.value)), true);
  const pause = button(t('train.pause'), () => attempt({ do: paused ? 'resume' : 'pause' }));
  const stop = button(t('stop'), () => attempt({ do: 'stop' }));
  let paused = false;
  let running = false;
  let known = '';
  const form = h('div.controls', data.element, images.element, tables.element, own);
  panel.append(h('div.buttons', start, pause, stop), wrong, form);
  return {
    /** Fills the form: with what there is to choose, and the table of the run that is shown, if it has one. */
    offer(offer, state) {
      data.input.replaceChildren(
        h('optgroup', { label: t('table.images') }, offer.data.map((value) => h('option', { value }, value))), named, h('option', { value: ownTable }, t('table.own')));
      named.replaceChildren(...offer.tables.map(tableOption));
      const table = state.kind === 'table' && offer.tables.includes(state.data);
      data.input.value = table ? state.data : offer.preferred;
      images.offer(offer);
      tables.offer(offer);
      choose(table ? state.target : '');
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
      form.querySelectorAll('input, select, button, textarea').forEach((input) => {
        input.disabled = running && !(state.kind === 'images' && input === images.rate);
      });
      if (running && state.kind === 'images') {
        images.setRate(state.rate);
      }
    },
  };
}

function imageForm(steer) {
  const network = select({
    label: t('train.network'), options: Object.keys(NETWORKS).map((key) => [key, t('train.network.' + key)]), value: 'chapter', onchange: (key) => choose(key),
  });
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
  let rates = {};
  let timer = 0;
  const setRate = (value) => {
    rate.value = Math.log10(value);
  };
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(() => steer(10 ** rate.value), 150);
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
  const options = (input, values) => input.replaceChildren(...values.map((value) => h('option', { value }, value)));
  return {
    element: h('div.controls', network.element, hidden.element, layers.element, activation.element, optimizer.element, rate.element, batch.element, iterations.element, seed.element, h('p.quiet', t('train.note'))),
    rate: rate.input,
    setRate,
    offer(offer) {
      rates = offer.rates;
      options(activation.input, offer.activations);
      options(optimizer.input, offer.optimizers);
      choose('chapter');
    },
    order: (data) => {
      const preset = NETWORKS[network.input.value];
      return {
        do: 'start', data, layers: preset.layers ? layers.input.value : '', hidden: hidden.input.value,
        activation: activation.input.value, initialisation: preset.initialisation, optimizer: optimizer.input.value,
        // the slider's power of ten, rounded so that 0.1 is the chapter's 0.1 to the last bit
        rate: Number((10 ** rate.value).toPrecision(6)), batch: Number(batch.input.value),
        iterations: Number(iterations.input.value), seed: Number(seed.input.value),
      };
    },
  };
}

function say(said, state) {
  said.aloud(state.state !== 'running');
  if (state.state === 'none') {
    said.say(t('train.none'));
    return;
  }
  const tone = { ended: 'good', stopped: 'warn', failed: 'bad', paused: 'warn' }[state.state] ?? '';
  if (state.kind === 'table') {
    said.say(tableSentence(state), tone);
    return;
  }
  const last = state.readings.at(-1);
  const values = {
    step: count(state.step), iterations: count(state.iterations), test: percent(last?.[2], 2), train: percent(last?.[1], 2),
    epoch: fixed(last?.[5], 0), gap: fixed(100 * ((last?.[1] ?? 0) - (last?.[2] ?? 0)), 2), run: state.run, rate: number(state.rate, 3),
    live: percent(state.testAccuracy), failure: state.failure,
  };
  // what was measured names when; the reading before the first step says nothing about the present one
  values.now = state.testAccuracy === undefined ? '' : t('train.now', values);
  values.reading = last?.[5] > 0 ? t('train.reading', values) : '';
  said.say(t('train.' + state.state, values), tone);
}
