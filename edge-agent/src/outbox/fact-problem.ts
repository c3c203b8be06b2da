import {
  type Fact,
  factData,
  packetLimits,
  parseFact,
  terminalFactTypes,
} from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const dataChecks = new Map(
  terminalFactTypes.map((type) => [String(type), Compile(factData[type])]),
);

/** Why the centre would refuse this fact, or null. A fact with a problem is a programming error here. */
export function factProblem(body: string): string | null {
  // At most three bytes of UTF-8 for one UTF-16 unit: most facts need no exact count.
  const bytes = body.length * 3 > packetLimits.bytesPerFact ? bytesOf(body) : 0;
  if (bytes > packetLimits.bytesPerFact) {
    return `A fact of ${bytes} bytes; ${packetLimits.bytesPerFact} are allowed.`;
  }
  const fact = parseFact(body);
  return 'problem' in fact ? fact.problem : dataProblem(fact);
}

function dataProblem(fact: Fact): string | null {
  const check = dataChecks.get(fact.type);
  if (check === undefined) return `A terminal makes no fact of type "${fact.type}".`;
  if (check.Check(fact.data)) return null;
  const [first] = check.Errors(fact.data);
  return `The data of ${fact.type}${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}.`;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
