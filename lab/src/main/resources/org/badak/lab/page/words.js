// Texts in the reader's language, and numbers.
import { english } from './words-en.js';
import { korean } from './words-ko.js';

const LANGUAGES = { en: english, ko: korean };

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser may forbid it
  }
}

/** Remembers a setting for the next visit, where the browser allows it. */
export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // then it lasts as long as the page
  }
}

/** A setting of an earlier visit. */
export function recall(name) {
  return stored(name);
}

let current = stored('language') ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
if (!LANGUAGES[current]) {
  current = 'en';
}

/** The language of the page: en or ko. */
export function language() {
  return current;
}

/** Chooses the language. */
export function speak(wanted) {
  current = wanted;
  remember('language', wanted);
}

/** A text with {values} in it. */
export function t(key, values = {}) {
  const text = LANGUAGES[current][key] ?? english[key];
  if (text === undefined) {
    throw new Error('no text ' + key);
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** A number with so many significant digits; small and large ones by powers of ten. */
export function number(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6)) {
    return power(value, digits);
  }
  return Number(value.toPrecision(digits)).toLocaleString('en', { maximumFractionDigits: 10 });
}

/** A number by powers of ten: 1.25·10⁻⁶. */
export function power(value, digits = 3) {
  if (value === 0 || !Number.isFinite(value)) {
    return String(value);
  }
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 1)).split('e');
  const plain = String(Number(mantissa));
  const raised = String(Number(exponent)).replace(/[-0-9]/g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c]));
  return plain === '1' ? '10' + raised : plain + '·10' + raised;
}

/** A number with so many decimals. */
export function fixed(value, decimals) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** A whole number with separators. */
export function count(value) {
  return Math.round(value).toLocaleString('en');
}

/** A share as a percentage. */
export function percent(share, decimals = 1) {
  return share === null || share === undefined ? '–' : (100 * share).toFixed(decimals) + ' %';
}

/** Seconds in a unit that suits them. */
export function duration(seconds) {
  if (seconds < 1e-3) {
    return fixed(seconds * 1e6, 0) + ' µs';
  }
  if (seconds < 1) {
    return fixed(seconds * 1e3, 1) + ' ms';
  }
  if (seconds < 120) {
    return fixed(seconds, 1) + ' s';
  }
  return fixed(seconds / 60, 1) + ' min';
}
