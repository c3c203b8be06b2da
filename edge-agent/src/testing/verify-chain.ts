import { hash } from 'node:crypto';
import { type ChainHead, follow, parseFact } from '@sightline/contracts';

/** Follows bodies from a head with the contract's own rule. Throws where the chain breaks. */
export function verifyChain(bodies: readonly string[], from: ChainHead): ChainHead {
  return bodies.reduce((head, body) => {
    const fact = parseFact(body);
    if ('problem' in fact) throw new Error(fact.problem);
    const next = follow(head, fact, hash('sha256', body, 'base64url'));
    if (next === null) throw new Error(`Fact ${fact.seq} does not follow ${head.seq}.`);
    return next;
  }, from);
}
