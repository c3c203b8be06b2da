import { Compile } from 'typebox/compile';
import { Fact } from './fact.ts';

/** SHA-256 of a text's UTF-8 bytes, base64url without padding (43 characters). */
export type HashText = (text: string) => string;

/** Where a source's chain stands: the last settled seq and its fact's hash. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string | null;
}

export const emptyHead: ChainHead = { seq: 0, hash: null };

const factCheck = Compile(Fact);

/** The exact text of a fact: this is hashed, sealed, sent and kept. Keys in the order of the schema. */
export function encodeFact(fact: Fact): string {
  return JSON.stringify(fact);
}

/** The fact in a body, or a sentence saying what is wrong with it. Never throws. */
export function parseFact(body: string): Fact | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { problem: 'The fact is not JSON.' };
  }
  if (factCheck.Check(value)) return value;
  const [first] = factCheck.Errors(value);
  return { problem: `The fact's ${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}.` };
}

/** Checks that the fact follows the head; returns the new head, or null when the chain breaks. */
export function follow(head: ChainHead, fact: Fact, hash: string): ChainHead | null {
  return fact.seq === head.seq + 1 && fact.prev === head.hash ? { seq: fact.seq, hash } : null;
}
