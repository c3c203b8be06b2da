import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#measure/free-port.ts';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';
import { receiversOf, srtpKey, type Relay, type RelayPlan } from './relay.ts';
import { PAYLOAD_TYPE } from './rtp-source.ts';

const room = 1;
/** What janus expects of a remote publisher's first stream. */
const remoteSsrc = 1_000;

/** Whether janus is on this machine, and which. */
export function janusVersion(): string | null {
  const { stdout, error } = spawnSync('janus', ['--version'], { encoding: 'utf8', timeout: 5_000 });
  return error === undefined ? (/version: \d+ \(([\d.]+)\)/.exec(stdout)?.[1] ?? 'unknown') : null;
}

/**
 * janus from Debian with its videoroom: each stream comes in as a remote publisher's plain RTP, and an RTP forwarder
 * a receiver sends it on, with nothing of a conference in between: its thinnest way.
 */
export async function startJanusRelay(plan: RelayPlan): Promise<Relay> {
  await using held = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'bench-janus-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const httpPort = await freePort();
  await writeConfig(dir, httpPort);
  const child = spawn('janus', ['-F', dir, '-C', join(dir, 'janus.jcfg')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  held.defer(async () => {
    child.kill('SIGKILL');
    await within(ended, limits.killMs, 'the end of janus after SIGKILL');
  });
  const ask = await openRoom(`http://127.0.0.1:${httpPort}/janus`, child);
  const ports = await fanOut(ask, plan);
  const owned = held.move();
  return {
    pid: child.pid ?? 0,
    ports,
    ssrcOf: () => remoteSsrc,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function writeConfig(dir: string, httpPort: number): Promise<void> {
  const lib = spawnSync('sh', ['-c', 'ls -d /usr/lib/*/janus'], { encoding: 'utf8' }).stdout.trim();
  const files = {
    'janus.jcfg': `general: { configs_folder = "${dir}"
      plugins_folder = "${lib}/plugins" transports_folder = "${lib}/transports"
      events_folder = "${dir}" loggers_folder = "${dir}" debug_level = 1 session_timeout = 0 }
      plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }
      transports: { disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_websockets.so" }\n`,
    'janus.transport.http.jcfg': `general: { http = true port = ${httpPort} ip = "127.0.0.1" https = false }
      admin: { admin_http = false }\n`,
    'janus.plugin.videoroom.jcfg': 'general: { }\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
}

type Ask = (body: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;

/** A session with the videoroom, in which that one room is made. */
async function openRoom(url: string, child: ChildProcess): Promise<Ask> {
  const session = `${url}/${await firstId(url, child)}`;
  const attached = await post(session, { janus: 'attach', plugin: 'janus.plugin.videoroom' });
  const handle = `${session}/${String((attached['data'] as { id: number }).id)}`; // janus's API.
  const ask: Ask = async (body) => {
    const answer = await post(handle, { janus: 'message', body });
    const { data } = answer['plugindata'] as { data: Record<string, unknown> }; // janus's API.
    if ('error' in data)
      throw new Error(`janus refused ${String(body['request'])}: ${String(data['error'])}`);
    return data;
  };
  await ask({ request: 'create', room, publishers: 64, videocodec: 'vp8' });
  return ask;
}

async function firstId(url: string, child: ChildProcess): Promise<number> {
  for (const endMs = performance.now() + limits.startMs; performance.now() < endMs;) {
    const created = await post(url, { janus: 'create' }).catch(() => null); // Nobody listens yet.
    if (created !== null) return (created['data'] as { id: number }).id; // janus's API.
    if (child.exitCode !== null) throw new Error(`janus ended with code ${child.exitCode}.`);
    await delay(50);
  }
  throw new Error(`janus did not answer at ${url}.`);
}

async function post(url: string, body: object): Promise<Record<string, unknown>> {
  const text = JSON.stringify({ transaction: 'bench', ...body });
  const signal = AbortSignal.timeout(limits.connectMs);
  const answer = await fetch(url, { method: 'POST', body: text, signal });
  const said = (await answer.json()) as Record<string, unknown>; // Its API speaks JSON objects.
  if (said['janus'] !== 'success') throw new Error(`janus said ${JSON.stringify(said)}`);
  return said;
}

async function fanOut(ask: Ask, plan: RelayPlan): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let stream = 0; stream < plan.streams; stream += 1) {
    const id = stream + 1;
    const { port } = await ask({
      request: 'add_remote_publisher',
      room,
      id,
      display: `speaker ${id}`,
      iface: '127.0.0.1',
      port: 0,
      streams: [{ type: 'video', mindex: 0, mid: '0', codec: 'vp8', pt: PAYLOAD_TYPE }],
    });
    ports.push(Number(port));
  }
  await everybodyIn(ask, plan.streams);
  for (const { stream, port } of receiversOf(plan)) {
    await ask({
      request: 'rtp_forward',
      room,
      publisher_id: stream + 1,
      host: '127.0.0.1',
      streams: [{ mid: '0', host: '127.0.0.1', port, pt: PAYLOAD_TYPE }],
      ...srtpOf(plan),
    });
  }
  return ports;
}

/** A key is for all streams of a request, and one key for many would let janus encrypt once for all of them. */
function srtpOf({ suite }: RelayPlan) {
  if (suite === null) return {};
  if (suite !== 'AES_CM_128_HMAC_SHA1_80') throw new Error(`janus has no forwarder with ${suite}.`);
  return { srtp_suite: 80, srtp_crypto: srtpKey(suite) };
}

/** A publisher is in the room a little after it was added. */
async function everybodyIn(ask: Ask, publishers: number): Promise<void> {
  let found = 0;
  for (const endMs = performance.now() + limits.connectMs; performance.now() < endMs;) {
    const { participants } = await ask({ request: 'listparticipants', room });
    found = Array.isArray(participants) ? participants.length : 0;
    if (found === publishers) return;
    await delay(20);
  }
  throw new Error(`janus has ${found} of ${publishers} publishers in its room.`);
}
