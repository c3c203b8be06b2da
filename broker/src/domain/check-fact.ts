import {
  factData,
  isFactType,
  packetLimits,
  parseFact,
  terminalFactTypes,
  type Fact,
  type FactType,
  type RejectReason,
} from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { TerminalAddress } from '@sightline/contracts';

/** Who sent the packet: proven by the connection, never taken from the packet. */
export interface Sender extends TerminalAddress {
  readonly source: string;
}

export interface Wrong {
  readonly reason: RejectReason;
  readonly message: string;
}

const dataCheck = compileChecks();

/** Reads one body. A `Wrong` refuses this fact alone; its place in the chain still counts. */
export function readBody(body: string): Fact | Wrong {
  // Three bytes of UTF-8 at most for one UTF-16 unit: the exact size is asked only when in doubt.
  if (body.length * 3 > packetLimits.bytesPerFact && byteLength(body) > packetLimits.bytesPerFact) {
    return wrong('too-large', `The fact has more than ${packetLimits.bytesPerFact} bytes.`);
  }
  const fact = parseFact(body);
  return 'problem' in fact ? wrong('malformed', fact.problem) : fact;
}

/** What makes a well-formed fact refusable, or null. */
export function checkFact(fact: Fact, sender: Sender): Wrong | null {
  if (!isFactType(fact.type)) return wrong('unknown-type', `"${fact.type}" is no fact type.`);
  const check = dataCheck.get(fact.type);
  if (check === undefined) {
    return wrong('not-yours', `A terminal may not make "${fact.type}" facts.`);
  }
  if (!check.Check(fact.data)) {
    const [first] = check.Errors(fact.data);
    return wrong('malformed', `data${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}.`);
  }
  return checkOwner(fact, sender);
}

function checkOwner(fact: Fact, { source, region, terminalId }: Sender): Wrong | null {
  if (fact.source !== source) return wrong('not-yours', `Source ${fact.source} is not the sender.`);
  if (fact.region !== region) {
    return wrong('not-yours', `Region ${fact.region} is not the terminal's, ${region}.`);
  }
  // kind/region/key: the pattern of a stream was checked with the fact.
  if (!fact.stream.startsWith(`${region}/`, fact.stream.indexOf('/') + 1)) {
    return wrong('not-yours', `Stream "${fact.stream}" does not lie in region ${region}.`);
  }
  const named = fact.data['terminalId'];
  if (named !== undefined && named !== terminalId) {
    return wrong('not-yours', 'The fact names another terminal.');
  }
  const { actor } = fact;
  const isOwn = actor.startsWith('terminal:') ? actor.slice(9) === terminalId : true;
  if (!isOwn || actor.startsWith('account:')) {
    return wrong('not-yours', `A terminal may not act as "${actor}".`);
  }
  return null;
}

function wrong(reason: RejectReason, message: string): Wrong {
  return { reason, message };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function compileChecks(): ReadonlyMap<FactType, ReturnType<typeof compileCheck>> {
  return new Map(terminalFactTypes.map((type) => [type, compileCheck(type)]));
}

function compileCheck(type: FactType) {
  return Compile(factData[type]);
}
