// The room Runs.
import { ask, Mistake } from '../lab.js';
import { button, check, figure, h, head, seen } from '../elements.js';
import { chart } from '../charts.js';
import { matrix } from '../matrix.js';
import { ink } from '../pictures.js';
import { count, fixed, number, percent, t } from '../words.js';

const COLOURS = ['s1', 's2', 's3', 's4', 's5', 's6'];

export function open(main) {
  const said = seen();
  const list = h('div');
  const comparison = h('div.stack');
  const inspection = h('div.stack');
  const chosen = new Set();
  let ticket = 0;
  const compare = async () => {
    const mine = ++ticket;
    if (!chosen.size) {
      comparison.replaceChildren();
      return;
    }
    const answer = await ask('runs', { do: 'compare', names: [...chosen] });
    if (mine === ticket) {
      comparison.replaceChildren(curves(answer), differences(answer, [...chosen]));
    }
  };
  const inspect = async (name) => {
    inspection.replaceChildren(h('p.quiet', t('runs.reading')));
    try {
      const answer = await ask('runs', { do: 'inspect', name });
      inspection.replaceChildren(...inspected(answer));
      said.say(t('runs.inspected', {
        name, accuracy: percent(answer.accuracy, 2), count: count(answer.count), mistakes: count(answer.mistakeCount), worst: worst(answer),
      }));
      inspection.scrollIntoView({ block: 'nearest' });
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) {
        throw mistake;
      }
      inspection.replaceChildren(h('p.mistake', { role: 'alert' }, mistake.message));
    }
  };
  const load = async () => {
    const answer = await ask('runs', { do: 'list' });
    if (!answer.runs.length) {
      said.say(t('runs.none', { folder: answer.folder }));
      list.replaceChildren();
      return;
    }
    said.say(t('runs.seen', { n: count(answer.runs.length), folder: answer.folder, best: best(answer.runs) }));
    list.replaceChildren(table(answer.runs, chosen, () => compare(), inspect));
    if (!chosen.size) {
      answer.runs.slice(0, 2).forEach((run) => {
        chosen.add(run.name);
      });
      list.replaceChildren(table(answer.runs, chosen, () => compare(), inspect));
    }
    compare();
  };
  main.append(
    head(t('nav.workbench'), t('nav.runs'), t('runs.task')),
    said.element,
    h('div.stack',
      h('section.card', h('div.buttons', button(t('runs.reload'), load)), list),
      comparison,
      inspection),
  );
  load();
}

function best(runs) {
  const known = runs.filter((run) => run.accuracy !== null).sort((a, b) => b.accuracy - a.accuracy);
  return known.length ? known[0].name + ', ' + percent(known[0].accuracy, 2) : '–';
}

function table(runs, chosen, changed, inspect) {
  const columns = ['show', 'name', 'network', 'optimizer', 'steps', 'accuracy', 'more'];
  return h('div.scroll', h('table',
    h('thead', h('tr', columns.map((name) => h('th' + (['steps', 'accuracy'].includes(name) ? '.n' : ''), { scope: 'col' }, t('runs.' + name))))),
    h('tbody', runs.map((run) => {
      const box = check({
        label: '', checked: chosen.has(run.name), onchange: (is) => {
          chosen[is ? 'add' : 'delete'](run.name);
          if (chosen.size > COLOURS.length) {
            chosen.delete(run.name);
            box.input.checked = false;
          }
          changed();
        },
      });
      box.input.setAttribute('aria-label', t('runs.show.label', { name: run.name }));
      return h('tr',
        h('td', box.element),
        h('th', { scope: 'row' }, run.name),
        h('td', run.network + (run.data ? ' · ' + run.data : '')),
        h('td', (run.optimizer || '–') + (run.rate === null ? '' : ' ' + number(run.rate))),
        h('td.n', run.steps === null ? '–' : count(run.steps)),
        h('td.n', run.r2 === null ? percent(run.accuracy, 2) : 'R² ' + fixed(run.r2, 4)),
        h('td', h('div.buttons',
          run.model && h('button.chip', { type: 'button', onclick: () => inspect(run.name) }, t('runs.inspect')),
          run.report && h('a.chip', { href: '/runs/' + encodeURIComponent(run.name) + '/report.html', download: run.name + '.html' }, t('runs.export')))));
    }))));
}

function curves(answer) {
  const merged = (key) => {
    const steps = [...new Set(answer.curves.flatMap((curve) => curve.epoch))].filter((e) => e !== null).sort((a, b) => a - b);
    return [steps, ...answer.curves.map((curve) => {
      const at = new Map(curve.epoch.map((e, i) => [e, curve[key][i]]));
      return steps.map((e) => at.get(e) ?? null);
    })];
  };
  const make = (key) => {
    const made = chart({
      series: answer.curves.map((curve, i) => ({ label: curve.name, colour: COLOURS[i], dots: curve.epoch.length < 40 })),
      x: t('epoch'), y: t('runs.' + key), height: 260,
    });
    made.set(merged(key));
    return figure(t('runs.' + key), null, made.element);
  };
  return h('div.pair', make('test_accuracy'), make('train_loss'));
}

function differences(answer, names) {
  if (names.length < 2) {
    return figure(t('runs.differences'), t('runs.differences.one'));
  }
  if (!answer.differences.length) {
    return figure(t('runs.differences'), t('runs.differences.none'));
  }
  return figure(t('runs.differences'), t('runs.differences.note'), h('div.scroll', h('table',
    h('thead', h('tr', h('th', { scope: 'col' }, t('runs.option')), names.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', answer.differences.map((line) => h('tr', h('th', { scope: 'row' }, line.name), line.values.map((value) => h('td', value))))))));
}

function worst(answer) {
  let most = [0, 0, 0];
  answer.confusion.forEach((row, i) => row.forEach((n, j) => {
    if (i !== j && n > most[2]) {
      most = [i, j, n];
    }
  }));
  return most[2] ? t('runs.worst', { truth: answer.classes[most[0]], taken: answer.classes[most[1]], n: most[2] }) : '';
}

function inspected(answer) {
  const mistakes = h('div.pictures', answer.mistakes.map((mistake) => h('figure',
    ink(mistake.pixels, answer.width, answer.height, t('runs.mistake.label', { truth: answer.classes[mistake.truth], taken: answer.classes[mistake.predicted] })),
    h('figcaption', answer.classes[mistake.truth] + ' → ' + answer.classes[mistake.predicted], h('br'), h('span.quiet', percent(mistake.confidence, 1))))));
  return [
    figure(t('runs.confusion', { name: answer.name }), t('runs.confusion.note'), matrix(answer.classes, answer.confusion)),
    figure(t('runs.mistakes'), t('runs.mistakes.note'), mistakes),
  ];
}
