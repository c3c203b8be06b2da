import { randomUUID } from 'node:crypto';
import type { SeatId, Spell } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { afterSecond, isHeard, isOverBy, type OpenSpell, type Second } from './spells.ts';

interface Told {
  readonly spell: OpenSpell;
  readonly toldMs: number;
}

/** 在会: counts, for the seats of one room, while their packets flow, and tells of it upward. */
export class RoomAttendance {
  readonly #meetingId: string;
  readonly #tell: (spell: Spell) => void;
  readonly #open = new Map<SeatId, Told>();

  constructor(meetingId: string, tell: (spell: Spell) => void) {
    this.#meetingId = meetingId;
    this.#tell = tell;
  }

  note(seatId: SeatId, second: Second): void {
    const told = this.#open.get(seatId);
    // A gap that was long enough ends the spell even where nobody looked meanwhile.
    if (told !== undefined && isHeard(second) && isOver(told.spell, second.fromMs)) {
      this.#end(seatId, told);
    }
    const current = this.#open.get(seatId);
    const spell = afterSecond(current?.spell ?? null, second, randomUUID);
    if (spell !== null) this.#open.set(seatId, { spell, toldMs: current?.toldMs ?? 0 });
  }

  /** Once a second: spells that ended are told, and those that grow every few seconds. Milliseconds since 1970. */
  tick(nowMs: number): void {
    for (const [seatId, told] of this.#open) {
      if (isOver(told.spell, nowMs)) this.#end(seatId, told);
      else if (nowMs - told.toldMs >= limits.attendance.tellMs) {
        this.#say(seatId, told.spell, { isOver: false });
        this.#open.set(seatId, { ...told, toldMs: nowMs });
      }
    }
  }

  /** The room is over, and with it every spell. */
  close(): void {
    for (const [seatId, told] of this.#open) this.#end(seatId, told);
  }

  #end(seatId: SeatId, { spell }: Told): void {
    this.#open.delete(seatId);
    this.#say(seatId, spell, { isOver: true });
  }

  #say(seatId: SeatId, spell: OpenSpell, { isOver: over }: { readonly isOver: boolean }): void {
    this.#tell({
      spellId: spell.spellId,
      meetingId: this.#meetingId,
      seatId,
      from: new Date(spell.fromMs).toISOString(),
      until: new Date(spell.untilMs).toISOString(),
      packets: spell.packets,
      isOver: over,
    });
  }
}

function isOver(spell: OpenSpell, nowMs: number): boolean {
  return isOverBy(spell, nowMs, limits.attendance);
}
