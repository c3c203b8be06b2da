import { type Fact, factData, packetLimits, terminalFactTypes } from '@sightline/contracts';
import { parseFact } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const dataChecks = new Map(
  terminalFactTypes.map((type) => [String(type), Compile(factData[type])]),
);

/** Why the centre would refuse this fact, or null. A fact with a problem is a programming error here. */
export function factProblem(body: string): string | null {
  if (body.length > packetLimits.bytesPerFact) {
    return `A fact of ${body.length} characters; ${packetLimits.bytesPerFact} bytes are allowed.`;
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
