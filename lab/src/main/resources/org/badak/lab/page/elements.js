// Parts that all rooms are made of. Text is set as text, never as HTML.

/** An element: h('p.quiet', {lang: 'ko'}, 'text', child). Properties named on… are listeners. */
export function h(name, ...rest) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const part of rest.flat()) {
    if (part === null || part === undefined || part === false) {
      continue;
    }
    if (part instanceof Node || typeof part !== 'object') {
      element.append(part);
      continue;
    }
    for (const [key, value] of Object.entries(part)) {
      if (key.startsWith('on')) {
        element.addEventListener(key.slice(2), value);
      } else if (key in element && key !== 'list') {
        element[key] = value;
      } else {
        element.setAttribute(key, value);
      }
    }
  }
  return element;
}

/** Sets the text of an element, where it is another one: what does not change is not laid out again. */
export function tell(element, text) {
  if (element.firstChild instanceof Text && !element.firstChild.nextSibling) {
    change(element.firstChild, text);
  } else {
    element.textContent = text;
  }
}

function change(node, text) {
  if (node.data !== text) {
    node.data = text;
  }
}

let made = 0;

/** A name that no other element has. */
export function unique() {
  made += 1;
  return 'e' + made;
}

/** The head of a room: where it belongs, what it is called, what to do. */
export function head(kicker, title, task) {
  return h('header.room-head', h('p.kicker', kicker), h('h1', title), h('p.task', task));
}

/** The sentence that says what is seen. */
export function seen() {
  const element = h('p.seen', { role: 'status' });
  element.setAttribute('aria-live', 'polite');
  let live = 'polite';
  let shown = '';
  return {
    element,
    /** Whether changes are read out: not while numbers run. */
    aloud(is) {
      const wanted = is ? 'polite' : 'off';
      if (wanted !== live) {
        live = wanted;
        element.setAttribute('aria-live', live);
      }
    },
    /** Shows a text; parts in `back quotes` stand out as numbers. */
    say(text, tone = '') {
      if (tone + '`' + text === shown) {
        return;
      }
      shown = tone + '`' + text;
      const name = 'seen ' + tone;
      if (element.className !== name) {
        element.className = name;
      }
      const parts = text.split('`');
      if (parts.length === element.childNodes.length) { // the same sentence with other numbers
        parts.forEach((part, i) => change(i % 2 ? element.childNodes[i].firstChild : element.childNodes[i], part));
      } else {
        element.replaceChildren(...parts.map((part, i) => (i % 2 ? h('span.num', part) : document.createTextNode(part))));
      }
    },
  };
}

/** A slider with its label and value. */
export function slider({ label, min, max, step, value, format = String, oninput }) {
  const id = unique();
  const output = h('output', { htmlFor: id }, format(value));
  const input = h('input', { type: 'range', id, min, max, step });
  input.value = value;
  const tell = () => {
    output.textContent = format(Number(input.value));
    input.setAttribute('aria-valuetext', output.textContent);
  };
  tell();
  input.addEventListener('input', () => {
    tell();
    oninput?.(Number(input.value));
  });
  return {
    element: h('div.field', h('div.row', h('label', { htmlFor: id }, label), output), input),
    input,
    get value() {
      return Number(input.value);
    },
    set value(wanted) {
      input.value = wanted;
      tell();
    },
  };
}

/** A line of text to type in. */
export function textField({ label, value, code = false, oninput, hint }) {
  const id = unique();
  const input = h('input', { type: 'text', id, value, spellcheck: false, autocomplete: 'off' });
  input.classList.toggle('code', code);
  input.addEventListener('input', () => oninput?.(input.value));
  return { element: h('div.field', h('label', { htmlFor: id }, label), input, hint && h('p.quiet', hint)), input };
}

/** A number to type in. */
export function numberField({ label, value, min, max, step = 'any' }) {
  const id = unique();
  const input = h('input', { type: 'number', id, min, max, step });
  input.value = value;
  return { element: h('div.field', h('label', { htmlFor: id }, label), input), input };
}

/** A list to choose from: options are [value, text]. */
export function select({ label, options, value, onchange }) {
  const id = unique();
  const input = h('select', { id }, options.map(([key, text]) => h('option', { value: key }, text)));
  if (value !== undefined) { // else the first one stays chosen
    input.value = value;
  }
  input.addEventListener('change', () => onchange?.(input.value));
  return { element: h('div.field', h('label', { htmlFor: id }, label), input), input };
}

/** A few choices side by side: options are [value, text]. */
export function segments({ label, options, value, onchange }) {
  const name = unique();
  const inputs = options.map(([key, text]) => {
    const input = h('input', { type: 'radio', name, value: key, checked: key === value });
    input.addEventListener('change', () => onchange?.(key));
    return h('label', input, text);
  });
  return {
    element: h('fieldset', h('legend', label), h('div.segments', inputs)),
    get value() {
      return inputs.map((each) => each.firstChild).find((input) => input.checked).value;
    },
  };
}

/** A box to tick. */
export function check({ label, checked, onchange }) {
  const input = h('input', { type: 'checkbox', checked });
  input.addEventListener('change', () => onchange?.(input.checked));
  return { element: h('label.check', input, label), input };
}

/** A button. */
export function button(text, onclick, main = false) {
  return h(main ? 'button.button.main-action' : 'button.button', { type: 'button', onclick }, text);
}

/** Texts that fill a field when pressed. */
export function chips(label, texts, choose) {
  const list = h('div.chips', { role: 'group' }, texts.map((text) => h('button.chip', { type: 'button', onclick: () => choose(text) }, text)));
  list.setAttribute('aria-label', label);
  return list;
}

/** A figure with a title and what it shows. */
export function figure(title, note, ...content) {
  return h('section.card.figure', h('h2', title), note && h('p.quiet', note), ...content);
}

/** Bars for shares, one for each name; they glide to a new length unless they are to jump. */
export function bars(names, { jump = false } = {}) {
  const rows = names.map((name) => {
    const bar = h('div.bar');
    return { bar, value: h('span.value'), name: h('span.name', name) };
  });
  return {
    element: h(jump ? 'div.bars.jump' : 'div.bars', rows.flatMap((row) => [row.name, h('div.track', row.bar), row.value])),
    /** Shows shares of a whole; one of them may be chosen. */
    set(shares, texts, chosen = -1) {
      rows.forEach((row, i) => {
        row.bar.style.width = 100 * Math.max(0, Math.min(1, shares[i])) + '%';
        row.bar.classList.toggle('chosen', i === chosen);
        tell(row.value, texts[i]);
      });
    },
  };
}

/** A list of facts: pairs of name and value. */
export function facts(names) {
  const values = names.map(() => h('dd', '–'));
  return {
    element: h('dl.facts', names.map((name, i) => h('div', h('dt', name), values[i]))),
    set(texts) {
      texts.forEach((text, i) => {
        tell(values[i], text);
      });
    },
  };
}
