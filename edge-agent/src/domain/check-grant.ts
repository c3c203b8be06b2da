import {
  refuse,
  type Grant,
  type GrantPurpose,
  type HashText,
  type Refusal,
} from '@sightline/contracts';

export interface GrantRequest {
  readonly personId: string;
  readonly purpose: GrantPurpose;
  /** As typed: the 8 digits from the console. */
  readonly code: string;
}

export interface GrantContext {
  readonly now: Temporal.Instant;
  readonly used: ReadonlySet<string>;
  readonly hash: HashText;
}

/** The grant a code opens: for this person, this purpose, in time and not used before. */
export function checkGrant(
  grants: readonly Grant[],
  request: GrantRequest,
  context: GrantContext,
): Grant | Refusal {
  const grant = grants.find(({ salt, codeHash }) => {
    return context.hash(`${salt}\n${request.code}`) === codeHash;
  });
  if (grant === undefined) {
    return refuse(
      'code-wrong',
      'No such code. Ask the console for a new one; each lasts 10 minutes.',
    );
  }
  if (grant.personId !== request.personId || grant.purpose !== request.purpose) {
    return refuse('code-foreign', 'This code was made for another person or another purpose.');
  }
  if (context.used.has(grant.grantId)) {
    return refuse('code-used', 'This code was used already. Ask the console for a new one.');
  }
  if (Temporal.Instant.compare(context.now, Temporal.Instant.from(grant.expiresAt)) >= 0) {
    return refuse('code-expired', 'This code has expired. Ask the console for a new one.');
  }
  return grant;
}
