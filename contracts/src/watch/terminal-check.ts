import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { spotCheckLimits } from './spot-check.ts';
import { SpotCheckReason } from './spot-check-facts.ts';

const Instant = Type.String({ pattern: instantPattern });

/** 在岗抽查 as a terminal is told of it: why, by whom, and until when it may ring. */
export const TerminalCheck = Type.Object({
  checkId: Type.String({ pattern: uuidPattern }),
  reason: SpotCheckReason,
  /** Empty = none was written. */
  note: Type.String({ maxLength: spotCheckLimits.noteChars }),
  /** Whoever was checked may know who checked them, as with 谁查看过. */
  by: Type.Object({
    login: Type.String({ maxLength: 64 }),
    // One of AccountRole; a terminal older than a role shows its name.
    roles: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 6 }),
    region: Type.String({ pattern: regionPattern }),
  }),
  orderedAt: Instant,
  /** By the server's clock; after it nothing rings. */
  until: Instant,
  withdrawn: Type.Optional(Type.Literal(true)),
});
export type TerminalCheck = Static<typeof TerminalCheck>;

export const TerminalChecks = Type.Array(TerminalCheck, { maxItems: spotCheckLimits.perTerminal });
