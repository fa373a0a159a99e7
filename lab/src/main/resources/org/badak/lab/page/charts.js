// Line charts by uPlot in the page's colours.
import uPlot from './uplot/uPlot.esm.js';
import { h } from './elements.js';
import { power } from './words.js';

const open = new Set();

/** A colour of the palette: colour('s1'). */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** Draws all charts anew, in the colours of another theme. */
export function recolour() {
  open.forEach((chart) => chart.draw());
}

/** Forgets the charts of a room that is left. */
export function forgetCharts() {
  open.forEach((chart) => chart.end());
  open.clear();
}

const MOST_DOTS = 60; // on a line

function isSparse(values) {
  return values.reduce((n, value) => n + (value !== null), 0) <= MOST_DOTS;
}

const DASH = { dashed: [7, 5], dotted: [2, 4] };

/**
 * A chart with a legend.
 *
 * @param series {label, colour: 's1', dash, points, stepped, faint}: what is drawn over x
 * @param x, y names of the axes
 */
export function chart({ series, x, y, logX = false, logY: logarithmic = false, height = 230, yRange, xRange }) {
  const host = h('div.chart', { role: 'img' });
  host.setAttribute('aria-label', series.map((each) => each.label).join(', '));
  const element = h('div', legend(series), host);
  // uPlot's own logarithmic axes fail below 1e-15: the chart holds powers of ten on plain axes
  const onX = logX ? (value) => (value > 0 ? Math.log10(value) : null) : (value) => value;
  let logY = logarithmic;
  const onY = (value) => (logY ? (value > 0 ? Math.log10(value) : null) : value);
  let data = [[], ...series.map(() => [])];
  let mark = null;
  let plot = null;
  const marker = (u) => {
    if (!mark || !Number.isFinite(mark.x)) {
      return;
    }
    const at = u.valToPos(onX(mark.x), 'x', true);
    const { left, top, width, height: tall } = u.bbox;
    if (at < left - 1 || at > left + width + 1) {
      return;
    }
    const ctx = u.ctx;
    ctx.save();
    ctx.strokeStyle = colour('soft');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(at, top);
    ctx.lineTo(at, top + tall);
    ctx.stroke();
    ctx.setLineDash([]);
    (mark.dots ?? []).forEach(([value, name]) => {
      if (!Number.isFinite(value) || (logY && value <= 0)) {
        return;
      }
      ctx.fillStyle = colour(name);
      ctx.strokeStyle = colour('card');
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.beginPath();
      ctx.arc(at, Math.max(top, Math.min(top + tall, u.valToPos(onY(value), 'y', true))), 5.5 * devicePixelRatio, 0, 7);
      ctx.fill();
      ctx.stroke();
    });
    ctx.restore();
  };
  const options = () => ({
    width: Math.max(200, host.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 20, 0, 0],
    scales: {
      x: { time: false, ...(xRange ? { range: xRange } : {}) },
      y: yRange ? { range: yRange } : {},
    },
    axes: [axis(x, 30, logX), axis(y, 42, logY)],
    series: [
      {},
      ...series.map((each) => ({
        label: each.label,
        stroke: colour(each.colour),
        width: each.faint ? 1 : 2,
        alpha: each.faint ? 0.5 : 1,
        dash: DASH[each.dash],
        spanGaps: true,
        paths: each.points ? () => null : each.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: each.points
          ? { show: true, size: 5, fill: colour(each.colour), stroke: colour(each.colour) }
          : { show: each.dots ? (u, i) => isSparse(u.data[i]) : false, size: 6, fill: colour(each.colour) },
      })),
    ],
    hooks: { draw: [marker] },
  });
  const axis = (name, size, log) => ({
    label: name,
    labelSize: 20,
    labelFont: '12px ' + getComputedStyle(document.body).fontFamily,
    font: '11px ' + getComputedStyle(document.body).fontFamily,
    size,
    values: (u, marks) => marks.map((value) => label(value, log)),
    stroke: colour('soft'),
    grid: { stroke: colour('grid'), width: 1 },
    ticks: { stroke: colour('grid'), width: 1, size: 4 },
  });
  const chartOf = {
    element,
    host,
    draw() {
      if (host.clientWidth === 0) {
        return;
      }
      plot?.destroy();
      plot = new uPlot(options(), data, host);
    },
    end() {
      observer.disconnect();
      plot?.destroy();
    },
    /** Shows columns: x, then one for each series. */
    set(columns, marked = mark) {
      data = columns.map((column, i) => column.map(i ? onY : onX));
      mark = marked;
      if (plot) {
        plot.setData(data);
      } else {
        chartOf.draw();
      }
    },
    /** Chooses a plain or a logarithmic y axis for what is shown next. */
    scale(log) {
      if (log !== logY) {
        logY = log;
        plot?.destroy();
        plot = null;
      }
    },
    /** Puts a vertical line at x, with dots [y, colour] on it. */
    mark(marked) {
      mark = marked;
      plot?.redraw(false);
    },
  };
  const observer = new ResizeObserver(() => {
    if (!plot) {
      chartOf.draw();
    } else if (Math.abs(plot.width - host.clientWidth) > 1 && host.clientWidth > 0) {
      plot.setSize({ width: host.clientWidth, height });
    }
  });
  observer.observe(host);
  open.add(chartOf);
  return chartOf;
}

function label(value, log) {
  if (log) {
    return Number.isInteger(value) ? power(10 ** value, 1) : '';
  }
  return Math.abs(value) >= 1e5 ? power(value, 2) : Number(value.toPrecision(6)).toLocaleString('en');
}

function legend(series) {
  return h(
    'ul.legend',
    series
      .filter((each) => each.label)
      .map((each) => {
        const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        svg.setAttribute('viewBox', '0 0 26 10');
        svg.setAttribute('aria-hidden', 'true');
        const mark = document.createElementNS('http://www.w3.org/2000/svg', each.points ? 'circle' : 'line');
        const where = each.points ? { cx: 13, cy: 5, r: 3.5 } : { x1: 1, y1: 5, x2: 25, y2: 5 };
        Object.entries(where).forEach(([key, value]) => mark.setAttribute(key, value));
        mark.setAttribute(each.points ? 'fill' : 'stroke', `var(--${each.colour})`);
        mark.setAttribute('stroke-width', each.points ? 0 : 2.5);
        if (DASH[each.dash]) {
          mark.setAttribute('stroke-dasharray', DASH[each.dash].map((length) => length / 1.4).join(' '));
        }
        svg.append(mark);
        return h('li', svg, each.label);
      }),
  );
}
