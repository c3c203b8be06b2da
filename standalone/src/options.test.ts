import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';

it('starts the demo of five counties below ./data when nothing is said', () => {
  expect(parseOptions([], '/srv/house')).toEqual({
    portBase: 7400,
    dataDir: '/srv/house/data',
    json: false,
    empty: false,
    villages: 'five-counties',
    camera: '',
  });
});

it.each([
  [['--port-base', '80'], /--port-base 80: a whole number from 1024 to 65000/],
  [['--villages', '0'], /--villages 0: a whole number from 1 to 1693, or "all"/],
  [['--vilages', '6'], /--vilages/],
])('names the wrong word of %j and what is expected', (args, words) => {
  expect(() => parseOptions(args, '/srv/house')).toThrow(words);
});
