/** One presentation (呈现): a picture or a film of a person, or of an attack. */
export interface Presentation {
  /** Null for a living person; else the kind of attack (PAI species). */
  readonly attack: string | null;
  /** Liveness, 0 to 1; null when no face was found. */
  readonly score: number | null;
}

/** How often something is taken for what it is not. */
export interface ErrorShare {
  /** Null when nothing was judged. */
  readonly rate: number | null;
  readonly errors: number;
  /** Presentations with a face. */
  readonly judged: number;
  /** Presentations in which no face was found: neither accepted nor counted in the rate. */
  readonly withoutFace: number;
}

/** Error rates of liveness by ISO/IEC 30107-3. */
export interface AttackRates {
  /** Attacks taken for living people, over all of them. */
  readonly apcer: ErrorShare;
  /** The same of the kind of attack where it is highest: the standard's figure when there are several kinds. */
  readonly apcerWorst: ErrorShare & { readonly attack: string | null };
  /** Living people taken for attacks. */
  readonly bpcer: ErrorShare;
  readonly perAttack: Readonly<Record<string, ErrorShare>>;
}

/** Rates at a threshold: a presentation counts as alive from it on. */
export function attackRates(
  presentations: readonly Presentation[],
  threshold: number,
): AttackRates {
  const isAlive = (score: number): boolean => score >= threshold;
  const [living, attacks] = [true, false].map((alive) =>
    presentations.filter(({ attack }) => (attack === null) === alive),
  );
  const kinds = Map.groupBy(attacks ?? [], ({ attack }) => attack);
  const perAttack = [...kinds].map(([attack, those]) => ({
    ...errorShare(those, isAlive),
    attack,
  }));
  const none = { ...errorShare([], isAlive), attack: null };
  return {
    apcer: errorShare(attacks ?? [], isAlive),
    apcerWorst: perAttack.reduce(
      (most, share) => ((share.rate ?? -1) > (most.rate ?? -1) ? share : most),
      perAttack[0] ?? none,
    ),
    bpcer: errorShare(living ?? [], (score) => !isAlive(score)),
    perAttack: Object.fromEntries(perAttack.map(({ attack, ...share }) => [attack, share])),
  };
}

function errorShare(
  presentations: readonly Presentation[],
  isError: (score: number) => boolean,
): ErrorShare {
  const scores = presentations.flatMap(({ score }) => (score === null ? [] : [score]));
  const errors = scores.filter(isError).length;
  return {
    rate: scores.length === 0 ? null : errors / scores.length,
    errors,
    judged: scores.length,
    withoutFace: presentations.length - scores.length,
  };
}
