import { EmptyState, useWords } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import type { OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from './PageHead.tsx';
import { PeopleGrid } from './PeopleGrid.tsx';
import { PinEntry } from './PinEntry.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  /** Whom the witness stands beside. */
  readonly ownId: string;
  /** Null = nobody was chosen yet. */
  readonly witnessId: string | null;
  /** `div` where it stands within a page. */
  readonly as?: 'main' | 'div';
  readonly onChoose: (witnessId: string | null) => void;
  readonly onBack: () => void;
  /** Answers the code of a refusal that is about the witness, or null when the page goes on. */
  readonly onWitness: (witness: OwnPin) => Promise<string | null>;
  /** What else may be done where nobody was chosen yet. */
  readonly children?: ReactNode;
}

/** 见证: a second person of the village says who they are, then types a PIN of their own; a whole page. */
export function WitnessEntry(props: Props): ReactElement {
  const { ownId, witnessId, as: Frame = 'main', onChoose, onBack, onWitness, children } = props;
  const { t } = useWords();
  const { people } = useKiosk();
  if (witnessId !== null) {
    return (
      <PinEntry
        key={witnessId}
        name={people.find(({ personId }) => personId === witnessId)?.name ?? ''}
        askKey="pin.witnessEnter"
        as={Frame}
        onBack={() => onChoose(null)}
        onPin={(pin) => onWitness({ personId: witnessId, pin })}
      />
    );
  }
  const others = people.filter(({ personId, hasPin }) => hasPin && personId !== ownId);
  return (
    <Frame className="page">
      <PageHead onBack={onBack}>
        <TwoLines textKey="pin.witnessWho" />
      </PageHead>
      {others.length === 0 ? (
        <EmptyState title={t('pin.witnessNone')} whatToDo={t('pin.witnessNoneHint')} />
      ) : (
        <PeopleGrid people={others} marks="none" onPick={({ personId }) => onChoose(personId)} />
      )}
      {children}
    </Frame>
  );
}
