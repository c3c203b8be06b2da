import {
  refuse,
  signalRequests,
  type Refusal,
  type SignalName,
  type SignalRequest,
} from '@sightline/contracts';
import { Compile } from 'typebox/compile';

/** Compiled once: a request is checked in microseconds. */
const checks = {
  capabilities: Compile(signalRequests.capabilities),
  enter: Compile(signalRequests.enter),
  'connect-transport': Compile(signalRequests['connect-transport']),
  'restart-ice': Compile(signalRequests['restart-ice']),
  'ice-servers': Compile(signalRequests['ice-servers']),
  produce: Compile(signalRequests.produce),
  pause: Compile(signalRequests.pause),
  close: Compile(signalRequests.close),
  watch: Compile(signalRequests.watch),
  'consumer-ready': Compile(signalRequests['consumer-ready']),
  channel: Compile(signalRequests.channel),
  hand: Compile(signalRequests.hand),
  line: Compile(signalRequests.line),
  report: Compile(signalRequests.report),
  still: Compile(signalRequests.still),
  leave: Compile(signalRequests.leave),
} satisfies Record<SignalName, { Check: (value: unknown) => boolean }>;

/** A request as its schema has it; a refusal names the request, never what was in it. */
export function readRequest<Name extends SignalName>(
  name: Name,
  value: unknown,
): SignalRequest<Name> | Refusal {
  // The check of this name is of this name's type: the table above says so row by row.
  const check = checks[name] as { Check: (value: unknown) => value is SignalRequest<Name> };
  return check.Check(value) ? value : refuse('malformed', `"${name}" is not as it should be.`);
}
