import { once } from 'node:events';
import { Agent, request } from 'node:http';

/*
 * node flood-main.ts URL ADDRESSES RATE SECONDS: wrong passwords for ever other logins, from so many
 * addresses of this machine, over connections that are opened before and kept. Begins when a line comes
 * in; says how many it sent and what was answered, as one line of JSON.
 */

const [, , url = '', addresses = '1', rate = '1000', seconds = '4'] = process.argv;
const tickMs = 10;
const perTick = (Number(rate) * tickMs) / 1_000;
/** So many requests wait for an answer at most: a slow server is not forgiven, only not drowned. */
const openMaximum = 500;
const socketsInAll = 200;

const from = Array.from({ length: Number(addresses) }, (_, index) => ({
  localAddress: `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`,
  agent: new Agent({ keepAlive: true, maxSockets: Math.ceil(socketsInAll / Number(addresses)) }),
}));
const answers: Record<string, number> = {};
let sent = 0;
let open = 0;

for (let index = 0; index < socketsInAll; index += 1) {
  const call = request(`${url}/nothing`, { ...from[index % from.length] }, (reply) =>
    reply.resume(),
  );
  call.once('error', () => undefined).end();
  if (index % 10 === 9) await once(call, 'close');
}
process.stdout.write('ready\n');
await once(process.stdin, 'data');

function knock(): void {
  sent += 1;
  open += 1;
  const body = JSON.stringify({ login: `login-${sent % 997}`, password: `wrong-${sent}` });
  const note = (name: string) => {
    open -= 1;
    answers[name] = (answers[name] ?? 0) + 1;
  };
  const headers = { origin: url, 'content-type': 'application/json' };
  const options = { ...from[sent % from.length], method: 'POST', headers };
  const call = request(`${url}/api/session`, options, (reply) => {
    reply.resume();
    reply.once('close', () => note(String(reply.statusCode)));
  });
  call.once('error', () => note('error'));
  call.end(body);
}

const end = performance.now() + Number(seconds) * 1_000;
let owed = 0;
const timer = setInterval(() => {
  if (performance.now() >= end) {
    clearInterval(timer);
    process.stdout.write(`${JSON.stringify({ sent, answers })}\n`);
    process.exit(0);
  }
  owed += perTick;
  for (; owed >= 1; owed -= 1) if (open < openMaximum) knock();
}, tickMs);
