import { RaisedHand, RoomLine, Shed, Spell } from '@sightline/contracts';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { idOf, type Up } from './outgoing.ts';

/** A word that waits, and which line of the journal it is. */
export interface Kept {
  readonly up: Up;
  readonly n: number;
  readonly bytes: number;
}

const N = Type.Integer({ minimum: 0 });
const of = { n: N, meetingId: Type.String(), key: Type.String({ maxLength: 100 }) };
const putCheck = Compile(
  Type.Union([
    Type.Object({ ...of, event: Type.Literal('hand'), word: RaisedHand }),
    Type.Object({ ...of, event: Type.Literal('line'), word: RoomLine }),
    Type.Object({ ...of, event: Type.Literal('spells'), word: Spell }),
    Type.Object({ ...of, event: Type.Literal('shed'), word: Shed }),
  ]),
);
const doneCheck = Compile(Type.Object({ n: N, done: Type.String() }));

export function lineOfPut({ event, meetingId, key, word }: Up, n: number): string {
  return `${JSON.stringify({ n, event, meetingId, key, word })}\n`;
}

export function lineOfDone(id: string, n: number): string {
  return `${JSON.stringify({ n, done: id })}\n`;
}

/** What stands in a journal and was not done; `spoilt`: lines that are none. The last may be half a line: nobody was told it stands. */
export function readJournal(text: string): {
  readonly kept: Map<string, Kept>;
  readonly next: number;
  readonly spoilt: number;
} {
  const kept = new Map<string, Kept>();
  const lines = text.split('\n');
  lines.pop();
  let next = 0;
  let spoilt = 0;
  for (const line of lines) {
    const value = parse(line);
    if (putCheck.Check(value)) {
      const { n, ...up } = value;
      next = Math.max(next, n + 1);
      kept.set(idOf(up), { up: overNow(up), n, bytes: Buffer.byteLength(line) + 1 });
    } else if (doneCheck.Check(value)) {
      next = Math.max(next, value.n + 1);
      if (kept.get(value.done)?.n === value.n) kept.delete(value.done);
    } else spoilt += 1;
  }
  return { kept, next, spoilt };
}

/** Whoever counted a spell is no more: it does not go on. */
function overNow(up: Up): Up {
  return up.event === 'spells' ? { ...up, word: { ...up.word, isOver: true } } : up;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown; // Checked by whoever asked.
  } catch {
    return null;
  }
}
