import { randomUUIDv7 } from 'node:crypto';
import type { FactDraft } from '#domain/fact-draft.ts';
import type { OutboxFileOptions, SourceAddress } from '#outbox/outbox-messages.ts';

export const address: SourceAddress = {
  source: 'A'.repeat(43),
  region: '540235100001',
  terminalId: 't-1',
};

export function noteDraft(text: string, at = '2026-11-23T12:00:00.000Z'): FactDraft {
  return {
    id: randomUUIDv7(),
    at,
    clock: { bootId: '0198c0de-0000-7000-8000-000000000000', uptimeMs: 5, offsetMs: null },
    stream: 'telemetry/540235100001/test',
    type: 'telemetry.noted',
    world: 'actual',
    actor: 'terminal:t-1',
    data: { text },
  };
}

export const roomy: OutboxFileOptions = {
  waitingFacts: 100_000,
  fileBytes: 256 * 1024 ** 2,
  diskHeadroomBytes: 0,
  deadLetters: 100,
};
