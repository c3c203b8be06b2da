import type { VillageStatus } from '@sightline/contracts';
import type { AlarmLevel } from './hive-cell.ts';

/** The colours of `tokens.css`, as the canvas needs them. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly focus: string;
  readonly onStatus: string;
  readonly font: string;
  readonly status: Readonly<Record<VillageStatus, string>>;
  readonly alarm: Readonly<Record<AlarmLevel, string>>;
}

/** Reads the tokens as they hold for an element: its theme, and any token a page overrides. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  return {
    ground: token('--hive-ground', token('--ground', '#0e1420')),
    text: token('--text', '#e8edf5'),
    quiet: token('--quiet', '#93a1b8'),
    focus: token('--focus', '#8ab4ff'),
    onStatus: token('--on-status', '#0b111b'),
    font: style.fontFamily || 'sans-serif',
    status: {
      'not-equipped': token('--not-equipped', '#31405a'),
      online: token('--online', '#3fb68b'),
      stale: token('--stale', '#d9a441'),
      offline: token('--offline', '#8593ab'),
      unknown: token('--unknown', '#8593ab'),
    },
    alarm: {
      1: token('--alarm-1', '#e5484d'),
      2: token('--alarm-2', '#f0803c'),
      3: token('--alarm-3', '#e6c445'),
      4: token('--alarm-4', '#4c8dff'),
    },
  };
}
