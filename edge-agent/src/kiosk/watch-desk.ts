import type { KioskResult, Refusal } from '@sightline/contracts';
import type { Recognised } from '#domain/decide-check-in.ts';
import { checkIn, checkInByPin, type PinRequest } from '#kiosk/check-in.ts';
import { enrolFace, mayEnrol, type Collected, type EnrolRequest } from '#kiosk/enrol-face.ts';
import type { Erasing } from '#face/gallery.ts';
import { forgetFace, recordOwedReceipts } from '#kiosk/forget-face.ts';
import { oneAtATime } from '#kiosk/one-at-a-time.ts';
import { setPin, type SetPinRequest } from '#kiosk/set-pin.ts';
import type { EnrolPermit, WatchParts } from '#kiosk/watch-parts.ts';
import { withdrawFace } from '#kiosk/withdraw-face.ts';

/** 值守台面. Every command a person may give at the terminal; a refusal is a value. */
export interface WatchDesk extends AsyncDisposable {
  checkIn(recognised: Recognised): Promise<KioskResult | Refusal>;
  checkInByPin(request: PinRequest): Promise<KioskResult | Refusal>;
  withdrawFace(request: {
    readonly personId: string;
    readonly pin: string;
  }): Promise<KioskResult | Refusal>;
  setPin(request: SetPinRequest): Promise<Refusal | null>;
  mayEnrol(request: EnrolRequest): Promise<EnrolPermit | Refusal>;
  enrolFace(permit: EnrolPermit, collected: Collected): Promise<KioskResult | Refusal>;
  forgetFace(erasing: Erasing): Promise<boolean>;
  /** Erasures that a power cut kept from becoming facts. */
  recordOwedReceipts(): Promise<void>;
  forgetPin(personId: string): Promise<void>;
}

/** Opens the desk. Commands run one at a time; `onChange` follows each. */
export function openWatchDesk(parts: WatchParts, onChange: () => void): WatchDesk {
  const inTurn = oneAtATime();
  const run = <T>(command: () => Promise<T>): Promise<T> => inTurn(command).finally(onChange);
  return {
    checkIn: (recognised) => run(() => checkIn(parts, recognised)),
    checkInByPin: (request) => run(() => checkInByPin(parts, request)),
    setPin: (request) => run(() => setPin(parts, request)),
    mayEnrol: (request) => run(() => mayEnrol(parts, request)),
    enrolFace: (permit, collected) => run(() => enrolFace(parts, permit, collected)),
    withdrawFace: (request) => run(() => withdrawFace(parts, request)),
    forgetFace: (erasing) => run(() => forgetFace(parts, erasing)),
    recordOwedReceipts: () => run(() => recordOwedReceipts(parts)),
    forgetPin: (personId) => run(async () => parts.records.forgetPin(personId)),
    // What was begun is finished before the records close.
    [Symbol.asyncDispose]: () => inTurn(async () => undefined),
  };
}
