import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The npm package that brings the worker's source. */
export interface MediasoupPackage {
  readonly dir: string;
  readonly version: string;
}

/** The mediasoup that this room imports. Throws when it is not installed. */
export function mediasoupPackage(): MediasoupPackage {
  // Its package.json is not among its exports: from node/lib/index.js it is two folders up.
  const entry = createRequire(import.meta.url).resolve('mediasoup');
  const dir = dirname(dirname(dirname(entry)));
  const { version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
    version: string; // npm installs nothing without one.
  };
  return { dir, version };
}
