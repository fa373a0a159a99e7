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

const SIGNED = Uint32Array.from({ length: 256 }, (_, byte) => {
  const [red, green, blue] = diverging(((byte << 24) >> 24) / 127);
  return new Uint32Array(Uint8ClampedArray.of(red, green, blue, 255).buffer)[0];
});
const GAP = 3;

/**
 * Paints many small pictures of both signs side by side on one canvas, which gets the size that they need: one canvas
 * costs the browser a fraction of what fifty do.
 *
 * @param base64 signed bytes, picture after picture
 * @param columns pictures in a row
 */
export function paintSheet(element, base64, width, height, columns) {
  const values = bytes(base64);
  const count = values.length / (width * height);
  const wide = columns * (width + GAP) - GAP;
  const image = new ImageData(wide, Math.ceil(count / columns) * (height + GAP) - GAP);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < values.length; i++) {
    const picture = Math.floor(i / (width * height));
    const y = Math.floor(picture / columns) * (height + GAP) + (Math.floor(i / width) % height);
    pixels[y * wide + (picture % columns) * (width + GAP) + (i % width)] = SIGNED[values[i]];
  }
  if (element.width !== image.width || element.height !== image.height) {
    element.width = image.width;
    element.height = image.height;
  }
  element.getContext('2d').putImageData(image, 0, 0);
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
