import { describe, expect, it } from 'vitest';
import { latencies } from './sightings.ts';

describe('latencies', () => {
  it('counts every fact from its making to the first sighting at or beyond its position', () => {
    const facts = [
      { position: 7, madeAtMs: 130 },
      { position: 3, madeAtMs: 100 },
      { position: 4, madeAtMs: 110 },
    ];
    const seen = [
      [2, 90],
      [4, 150],
      [5, 160],
      [9, 200],
      [12, 300],
    ] as const;
    expect(latencies(facts, seen)).toEqual({ ms: [50, 40, 70], missed: 0 });
  });

  it('counts a fact that nobody saw as missed, never as fast', () => {
    const facts = [
      { position: 3, madeAtMs: 100 },
      { position: 8, madeAtMs: 100 },
    ];
    expect(latencies(facts, [[5, 120]])).toEqual({ ms: [20], missed: 1 });
    expect(latencies(facts, [])).toEqual({ ms: [], missed: 2 });
  });
});
