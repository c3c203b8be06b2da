import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom. A room not named here may not exist. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  store: ['contracts'],
  models: ['contracts'],
  look: ['contracts'],
  broker: ['contracts', 'store'],
  'media/server': ['contracts'],
  'media/client': ['contracts'],
  'edge-agent': ['contracts', 'models', 'media/client', 'look'],
  'command-center': ['contracts', 'store', 'media/client', 'look'],
  standalone: [
    'contracts',
    'store',
    'models',
    'look',
    'broker',
    'media/server',
    'media/client',
    'edge-agent',
    'command-center',
  ],
  bench: [
    'contracts',
    'store',
    'models',
    'broker',
    'media/server',
    'media/client',
    'edge-agent',
    'command-center',
    'standalone',
  ],
};

/** The package of a room: `media/server` is `@sightline/media-server`. */
const packageOf = (room: string) => room.replace('/', '-');
const roomOfPackage = new Map(Object.keys(mayImport).map((room) => [packageOf(room), room]));

const rootDir = import.meta.dirname;
const rooms = Object.keys(mayImport).filter((room) => existsSync(join(rootDir, room)));

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const importLine =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function sourceFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'data', 'generated'].includes(entry.name)
        ? []
        : sourceFiles(path);
    }
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(importLine)].map((match) => ({
    file: relative(rootDir, file),
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}

const filesOf = new Map(rooms.map((room) => [room, sourceFiles(join(rootDir, room))]));
const imports = [...filesOf.values()].flat().flatMap(importsOf);
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || file.includes('/testing') || file.includes('/e2e/');
const roomOf = (file: string) => {
  const [first = '', second = ''] = file.split(sep);
  return first === 'media' ? `${first}/${second}` : first;
};
const show = (found: readonly Import[]) => found.map((i) => `${i.file} → ${i.specifier}`);

/** The file an import inside the house leads to, or null for a library. */
function target(found: Import): string | null {
  if (found.specifier.startsWith('.')) {
    return relative(rootDir, resolve(rootDir, dirname(found.file), found.specifier));
  }
  if (!found.specifier.startsWith('#')) return null;
  const room = roomOf(found.file);
  const declared = readPackage(room).imports ?? {};
  for (const [key, value] of Object.entries(declared)) {
    const prefix = key.replace('*', '');
    if (key.includes('*') && found.specifier.startsWith(prefix)) {
      return join(room, value.replace('*', found.specifier.slice(prefix.length)));
    }
  }
  return null;
}

interface PackageFile {
  readonly imports?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

function readPackage(room: string): PackageFile {
  return JSON.parse(readFileSync(join(rootDir, room, 'package.json'), 'utf8')) as PackageFile; // Our own file.
}

describe('the house', () => {
  it('lets a room import only the rooms it may', () => {
    const strays = imports.filter((found) => {
      const [, name] = /^@sightline\/([^/]+)/.exec(found.specifier) ?? [];
      if (name === undefined) return false;
      const own = roomOf(found.file);
      const room = roomOfPackage.get(name) ?? name;
      return room !== own && !mayImport[own]?.includes(room);
    });
    expect(show(strays)).toEqual([]);
  });

  it('has every import of a room or library declared in that room’s package.json', () => {
    const root = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')) as PackageFile; // Our own file.
    const undeclared = imports.filter((found) => {
      if (/^(node:|[.#/])/.test(found.specifier) || found.specifier.startsWith('virtual:'))
        return false;
      const name = found.specifier.split('/', found.specifier.startsWith('@') ? 2 : 1).join('/');
      const own = roomOf(found.file);
      if (name === `@sightline/${packageOf(own)}`) return false;
      const { dependencies = {}, devDependencies = {} } = readPackage(own);
      return (
        !(name in dependencies) &&
        !(name in devDependencies) &&
        !(name in (root.devDependencies ?? {}))
      );
    });
    expect(show(undeclared)).toEqual([]);
  });

  it('never climbs two folders up: package imports name the place', () => {
    expect(show(imports.filter((found) => found.specifier.startsWith('../../')))).toEqual([]);
  });

  it('never reaches from one room into another’s files', () => {
    const reaching = imports.filter((found) => {
      const to = target(found);
      return to !== null && roomOf(to) !== roomOf(found.file);
    });
    expect(show(reaching)).toEqual([]);
  });

  it('keeps domain folders pure: they import contracts, its schema language and themselves only', () => {
    const impure = imports.filter((found) => {
      if (!/\/src\/domain\//.test(found.file) || isTest(found.file)) return false;
      if (/^(@sightline\/contracts|typebox)(\/|$)/.test(found.specifier)) return false;
      const to = target(found);
      return to === null || !/\/src\/domain\//.test(to);
    });
    expect(show(impure)).toEqual([]);
  });

  it('keeps contracts free of I/O', () => {
    const io = imports.filter(
      (found) =>
        found.file.startsWith('contracts/') &&
        !isTest(found.file) &&
        found.specifier.startsWith('node:'),
    );
    expect(show(io)).toEqual([]);
  });

  it('never imports a main file', () => {
    expect(
      show(
        imports.filter(
          (found) => /(^|\/|-)main\.tsx?$/.test(found.specifier) && !/\/ui\//.test(found.file),
        ),
      ),
    ).toEqual([]);
  });

  it('lets pages import nothing of their server but pure rules', () => {
    const mixing = imports.filter((found) => {
      const to = target(found);
      return (
        /^[^/]+\/ui\//.test(found.file) &&
        to !== null &&
        /\/src\//.test(to) &&
        !/\/src\/domain\//.test(to)
      );
    });
    expect(show(mixing)).toEqual([]);
  });

  it('has SQL in the store alone', () => {
    const statement =
      /`\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)/i;
    const elsewhere = [...filesOf.entries()]
      .filter(([room]) => room !== 'store' && room !== 'edge-agent' && room !== 'bench')
      .flatMap(([, files]) => files)
      .filter((file) => !isTest(file) && statement.test(readFileSync(file, 'utf8')))
      .map((file) => relative(rootDir, file));
    expect(elsewhere).toEqual([]);
  });

  it('reads the environment in config files alone', () => {
    const readers = [...filesOf.values()]
      .flat()
      .map((file) => relative(rootDir, file))
      .filter(
        (file) => !isTest(file) && !file.startsWith('bench/') && !/(config|main)\.ts$/.test(file),
      )
      .filter((file) => /process\.env\b/.test(readFileSync(join(rootDir, file), 'utf8')));
    expect(readers).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cycles()).toEqual([]);
  });
});

function cycles(): string[] {
  const edges = new Map<string, string[]>();
  for (const found of imports) {
    const to = target(found);
    if (to !== null) edges.set(found.file, [...(edges.get(found.file) ?? []), to]);
  }
  const state = new Map<string, 'open' | 'closed'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'closed') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'closed');
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
