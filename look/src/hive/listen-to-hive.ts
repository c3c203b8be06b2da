import type { Direction } from './scene.ts';

/** What the page and its people do to a hive, in the hive's words; coordinates in CSS pixels. */
export interface HiveEvents {
  readonly resized: () => void;
  /** Colours or fonts may have changed. */
  readonly restyled: () => void;
  readonly pointed: (x: number, y: number) => void;
  readonly pressed: (x: number, y: number) => void;
  readonly stepped: (direction: Direction) => void;
  readonly entered: () => void;
  readonly left: () => void;
  /** The keyboard came to the canvas. */
  readonly reached: () => void;
  readonly blurred: () => void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Listens until the signal aborts. Makes the canvas reachable by keyboard. */
export function listenToHive(
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
  events: HiveEvents,
): void {
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.addEventListener('pointermove', (e) => events.pointed(e.offsetX, e.offsetY), { signal });
  canvas.addEventListener('pointerleave', () => events.pointed(-1e6, -1e6), { signal });
  canvas.addEventListener('click', (e) => events.pressed(e.offsetX, e.offsetY), { signal });
  // A press brings the focus too, but whoever presses sees where.
  const reach = (): void => void (canvas.matches(':focus-visible') && events.reached());
  canvas.addEventListener('focus', reach, { signal });
  canvas.addEventListener('blur', () => events.blurred(), { signal });
  canvas.addEventListener('keydown', (e) => pressKey(e, events), { signal });
  watchPage(canvas, signal, events);
}

function pressKey(event: KeyboardEvent, events: HiveEvents): void {
  const direction = directions[event.key];
  if (direction !== undefined) events.stepped(direction);
  else if (event.key === 'Enter' || event.key === ' ') events.entered();
  else if (event.key === 'Escape') events.left();
  else return;
  event.preventDefault();
}

function watchPage(canvas: HTMLCanvasElement, signal: AbortSignal, events: HiveEvents): void {
  const box = new ResizeObserver(() => events.resized());
  const theme = new MutationObserver(() => events.restyled());
  box.observe(canvas);
  theme.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'lang'],
  });
  // A font's subset arrives only after the canvas has asked for it: then the names are drawn anew.
  document.fonts.addEventListener('loadingdone', () => events.restyled(), { signal });
  signal.addEventListener('abort', () => {
    box.disconnect();
    theme.disconnect();
  });
}
