import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { isDenied, withdrawFace } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { PlainText } from '../parts/PlainText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { routeOf, type Go } from '../route.ts';
import { withdrawText, withdrawWithoutPinText } from '../words/withdraw-text.ts';

interface Props {
  readonly personId: string;
  /** The text was read; the own PIN is asked for. */
  readonly isSure: boolean;
  readonly go: Go;
}

/** 撤回人脸同意: what happens then, and the own PIN. */
export function WithdrawPage({ personId, isSure, go }: Props): ReactElement {
  const { people } = useKiosk();
  const person = people.find((known) => known.personId === personId);
  const name = person?.name ?? '';
  if (!isSure) {
    return (
      <WithdrawNotice personId={personId} name={name} hasPin={person?.hasPin === true} go={go} />
    );
  }

  async function withdraw(pin: string): Promise<string | null> {
    const answer = await withdrawFace({ personId, pin });
    if (isDenied(answer)) return answer.denied;
    go(routeOf(answer));
    return null;
  }

  return (
    <PinEntry
      name={name}
      askKey="withdraw.enter"
      onBack={() => go({ page: 'withdraw', personId, isSure: false })}
      onPin={withdraw}
    />
  );
}

interface NoticeProps {
  readonly personId: string;
  readonly name: string;
  readonly hasPin: boolean;
  readonly go: Go;
}

/** What withdrawing does; without a PIN: who else can do it, and how to get one. */
function WithdrawNotice({ personId, name, hasPin, go }: NoticeProps): ReactElement {
  const { t } = useWords();
  const goBack = () => go({ page: 'person', personId });
  return (
    <main className="page page-consent">
      <PageHead onBack={goBack} hint={name}>
        <TwoLines textKey="withdraw.title" />
      </PageHead>
      <PlainText
        text={hasPin ? withdrawText : withdrawWithoutPinText}
        label={t('withdraw.title')}
      />
      <div className="consent-ways">
        <Tile icon="back" textKey="withdraw.keep" onPress={goBack} />
        {hasPin ? (
          <Tile
            icon="erase"
            textKey="withdraw.goOn"
            tone="main"
            onPress={() => go({ page: 'withdraw', personId, isSure: true })}
          />
        ) : (
          <Tile
            icon="pin"
            textKey="people.setPin"
            tone="main"
            onPress={() => go({ page: 'code', personId, purpose: 'set-pin' })}
          />
        )}
      </div>
    </main>
  );
}
