import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const dark = tokensIn(/:root \{([^}]*)\}/u);
const themes = { dark, light: { ...dark, ...tokensIn(/\[data-theme='light'\] \{([^}]*)\}/u) } };

const text = ['text', 'quiet'];
const grounds = ['ground', 'raised', 'raised-more'];
const statuses = ['online', 'stale', 'offline', 'unknown', 'drill', 'focus'];
const alarms = ['alarm-1', 'alarm-2', 'alarm-3', 'alarm-4'];

test.each(['dark', 'light'] as const)(
  'words are readable on every ground of the %s theme',
  (name) => {
    const weak = text.flatMap((front) =>
      grounds
        .filter((back) => contrast(themes[name], front, back) < 4.5)
        .map((back) => `${front} on ${back}`),
    );
    expect(weak).toEqual([]);
  },
);

// WCAG 1.4.11: signs need 3:1. Not equipped is faint on purpose: it says that there is nothing to see.
test.each(['dark', 'light'] as const)(
  'every status is seen on the ground of the %s theme',
  (name) => {
    const weak = [...statuses, ...alarms].filter(
      (front) => contrast(themes[name], front, 'ground') < 3,
    );
    expect(weak).toEqual([]);
  },
);

test.each(['dark', 'light'] as const)('a sign is seen on every alarm of the %s theme', (name) => {
  expect(alarms.filter((back) => contrast(themes[name], 'on-status', back) < 3)).toEqual([]);
});

function tokensIn(block: RegExp): Readonly<Record<string, string>> {
  const body = block.exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

function contrast(tokens: Readonly<Record<string, string>>, front: string, back: string): number {
  const [bright = 0, dim = 0] = [front, back]
    .map((name) => luminance(tokens[name] ?? ''))
    .toSorted((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

/** Relative luminance of #rrggbb, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
