// When the figures of something that runs are drawn: so seldom that drawing costs what runs next to nothing. A browser
// without a graphics card draws with the processors that the training wants.

const LEAST = 700; // milliseconds between two frames; the engine's events come once a second
const SHARE = 0.02; // of the time that drawing the large figures may take

const drawings = { frames: 0, figures: 0 };

/** How many frames were drawn for figures that run, and how many figures in them, since the page was opened. */
export function drawn() {
  return { ...drawings };
}

/**
 * Figures that are drawn together, in one frame: a frame is never sooner than LEAST after the one before, large figures
 * are left out of it while their last drawing was more than its SHARE of the time, and nothing is drawn that nobody
 * sees, because it is scrolled away or the page is hidden.
 */
export function paced() {
  const figures = [];
  let lastFrame = -Infinity;
  let affordable = 0; // from when large figures may be drawn again
  let waiting = 0;
  let asked = false;
  let ended = false;

  const isDue = (each, now) => each.wanted && (each.urgent || (each.inSight && now >= each.last + each.least && (!each.large || now >= affordable)));

  const schedule = () => {
    clearTimeout(waiting);
    const wanted = figures.filter((each) => each.wanted && (each.urgent || each.inSight));
    if (asked || ended || document.hidden || !wanted.length) {
      return;
    }
    const now = performance.now();
    const next = (each) => (each.urgent ? now : Math.max(lastFrame + LEAST, each.last + each.least, each.large ? affordable : 0));
    const wait = Math.min(...wanted.map(next)) - now;
    if (wait > 0) {
      waiting = setTimeout(schedule, wait);
      return;
    }
    asked = true;
    requestAnimationFrame(frame);
  };

  const frame = () => {
    asked = false;
    if (ended || document.hidden) {
      return;
    }
    const now = performance.now();
    const due = figures.filter((each) => isDue(each, now));
    due.forEach((each) => {
      each.wanted = false;
      each.urgent = false;
      each.last = now;
      each.draw();
    });
    if (due.length) {
      lastFrame = now;
      drawings.frames += 1;
      drawings.figures += due.length;
    }
    if (due.some((each) => each.large)) {
      afterwards(() => {
        affordable = now + (performance.now() - now) / SHARE;
        schedule();
      });
    }
    schedule();
  };

  const sight = new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      figures.find((each) => each.element === entry.target).inSight = entry.isIntersecting;
    });
    schedule();
  });
  document.addEventListener('visibilitychange', schedule);
  return {
    /**
     * A figure; gives the function that asks for it to be drawn, at once if that is urgent.
     *
     * @param large whether drawing it is work
     * @param least milliseconds between two drawings
     */
    figure(element, draw, { large = true, least = 0 } = {}) {
      const made = { element, draw, large, least, last: -Infinity, wanted: false, urgent: false, inSight: false };
      figures.push(made);
      sight.observe(element);
      return (urgent = false) => {
        made.wanted = true;
        made.urgent ||= urgent;
        schedule();
      };
    },
    end() {
      ended = true;
      clearTimeout(waiting);
      sight.disconnect();
      document.removeEventListener('visibilitychange', schedule);
    },
  };
}

/** Calls back when the page has laid out and painted what this frame changed. */
function afterwards(work) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
}
