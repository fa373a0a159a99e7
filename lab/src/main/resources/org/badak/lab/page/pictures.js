// Pictures on canvases: images of ink, and numbers of both signs in two colours.
import { h } from './elements.js';

function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function canvas(width, height, label) {
  const element = h('canvas', { width, height, role: 'img' });
  element.setAttribute('aria-label', label);
  return element;
}

/** Shows an image of bytes, 0 white to 255 black. */
export function ink(base64, width, height, label) {
  const element = canvas(width, height, label);
  const image = new ImageData(width, height);
  bytes(base64).forEach((value, i) => image.data.set([255 - value, 255 - value, 255 - value, 255], 4 * i));
  element.getContext('2d').putImageData(image, 0, 0);
  return element;
}

/** Colours of a number from −1 to 1: blue below zero, white, red above. */
export function diverging(value) {
  const strength = Math.min(1, Math.abs(value));
  const far = value > 0 ? [178, 40, 34] : [30, 92, 170];
  return far.map((end) => Math.round(255 + (end - 255) * strength));
}

/** Shows numbers of both signs: signed bytes in Base64. */
export function signed(base64, width, height, label) {
  const element = canvas(width, height, label);
  paintSigned(element, Array.from(new Int8Array(bytes(base64).buffer), (value) => value / 127));
  return element;
}

/** Paints numbers from −1 to 1 on a canvas of as many pixels. */
export function paintSigned(element, values) {
  const image = new ImageData(element.width, element.height);
  values.forEach((value, i) => image.data.set([...diverging(value), 255], 4 * i));
  element.getContext('2d').putImageData(image, 0, 0);
}

/** Paints shares of ink, 0 to 1, on a canvas of as many pixels. */
export function paintInk(element, values) {
  const image = new ImageData(element.width, element.height);
  values.forEach((value, i) => {
    const grey = Math.round(255 * (1 - value));
    image.data.set([grey, grey, grey, 255], 4 * i);
  });
  element.getContext('2d').putImageData(image, 0, 0);
}
