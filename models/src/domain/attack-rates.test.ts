import { expect, test } from 'vitest';
import { attackRates } from '#domain/attack-rates.ts';
import { quantiles } from '#domain/quantiles.ts';

const presentations = (attack: string | null, scores: readonly (number | null)[]) =>
  scores.map((score) => ({ attack, score }));

test('an attack from the threshold on and a living person below it are the errors; who shows no face is counted apart', () => {
  const rates = attackRates(
    [
      ...presentations(null, [0.9, 0.5, 0.49, null]),
      ...presentations('print', [0.1, 0.2, 0.5]),
      ...presentations('screen', [0.9, null]),
    ],
    0.5,
  );
  expect(rates.bpcer).toEqual({ rate: 1 / 3, errors: 1, judged: 3, withoutFace: 1 });
  expect(rates.apcer).toEqual({ rate: 2 / 4, errors: 2, judged: 4, withoutFace: 1 });
  expect(rates.perAttack['print']).toEqual({ rate: 1 / 3, errors: 1, judged: 3, withoutFace: 0 });
  expect(rates.apcerWorst).toMatchObject({ attack: 'screen', rate: 1, judged: 1 });
});

test('of nothing there is no rate', () => {
  const rates = attackRates(presentations('print', [null]), 0.5);
  expect(rates.apcer).toEqual({ rate: null, errors: 0, judged: 0, withoutFace: 1 });
  expect(rates.bpcer.rate).toBeNull();
  expect(attackRates([], 0.5).apcerWorst.attack).toBeNull();
});

test('quantiles are numbers that were measured, from the least to the greatest', () => {
  const hundred = Array.from({ length: 101 }, (_, i) => 100 - i);
  expect(quantiles(hundred)).toEqual({
    p0: 0,
    p5: 5,
    p25: 25,
    p50: 50,
    p75: 75,
    p95: 95,
    p100: 100,
  });
  expect(quantiles([7])).toMatchObject({ p0: 7, p50: 7, p100: 7 });
  expect(quantiles([])).toBeNull();
});
