import type { ReactElement } from 'react';
import { AnswerByFace } from '../camera/AnswerByFace.tsx';
import { useSessionCamera } from '../camera/use-session-camera.ts';
import { ask, isDenied } from '../link/api.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go, Answered } from '../route.ts';

interface Props {
  readonly checkId: string;
  readonly go: Go;
}

/** Answered by a look at the camera; the PIN stands beside it. */
export function CheckFacePage({ checkId, go }: Props): ReactElement {
  const camera = useSessionCamera();
  const body = JSON.stringify({ checkId });
  const wish = { path: '/api/spot-check/face', body, isAsked: true } as const;
  useAgentSession(camera.state === 'ready', wish, go);
  return (
    <AnswerByFace
      camera={camera}
      pinKey="check.byPin"
      onBack={() => go({ page: 'spot-check', step: 'ring', checkId })}
      onPin={() => go({ page: 'spot-check', step: 'pin', checkId, personId: null })}
    />
  );
}

/** Answered by the PIN: first the name, then six digits. */
export function CheckPinPage({
  checkId,
  personId,
  go,
}: Props & { readonly personId: string | null }): ReactElement {
  const { people } = useKiosk();
  const back = (): void => go({ page: 'spot-check', step: 'ring', checkId });
  if (personId === null) {
    return (
      <main className="page">
        <PageHead onBack={back}>
          <TwoLines textKey="pin.who" />
        </PageHead>
        {people.length === 0 ? (
          <NoPeople />
        ) : (
          <PeopleGrid
            people={people}
            marks="none"
            onPick={(person) =>
              go({ page: 'spot-check', step: 'pin', checkId, personId: person.personId })
            }
          />
        )}
      </main>
    );
  }
  return (
    <PinEntry
      name={people.find((person) => person.personId === personId)?.name ?? ''}
      askKey="pin.enter"
      onBack={() => go({ page: 'spot-check', step: 'pin', checkId, personId: null })}
      onPin={async (pin) => {
        const answer = await ask('/api/spot-check/pin', { checkId, personId, pin });
        if (isDenied(answer)) return answer.denied;
        // The agent's own answer, whose shape `contracts/kiosk.ts` fixes.
        go({ page: 'result', answer: answer as Answered });
        return null;
      }}
    />
  );
}
