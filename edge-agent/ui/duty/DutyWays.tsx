import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Aim } from '../aim.ts';
import { byPin, type Go } from '../route.ts';

/** 签退 and 交接: smaller than coming, and always there. */
export function DutyWays({ go }: { readonly go: Go }): ReactElement {
  const { people, handOvers } = useKiosk();
  const hasFaces = useFaceTrouble() === null && people.some(({ hasFace }) => hasFace);
  const prove = (aim: Aim): void =>
    go(hasFaces ? { page: 'check-in', isAsked: true, aim } : { ...byPin, aim });
  return (
    <div className="duty-ways">
      <button type="button" className="way" onClick={() => prove('check-out')}>
        <Icon name="out" />
        <TwoLines textKey="duty.aim.check-out" />
      </button>
      {handOvers.length > 0 && <HandOverWay onPress={() => prove('hand-over')} />}
    </div>
  );
}

/** How many items are open; amber, and since when, while the shift that runs has not accepted them. */
function HandOverWay({ onPress }: { readonly onPress: () => void }): ReactElement {
  const { t } = useWords();
  const { handOvers } = useKiosk();
  const waiting = handOvers.filter(({ isWaiting }) => isWaiting);
  const [oldest] = waiting;
  return (
    <button
      type="button"
      className={oldest === undefined ? 'way' : 'way way-waiting'}
      onClick={onPress}
    >
      <Icon name="handOver" />
      <span className="two-lines">
        <span className="first-line">
          {oldest === undefined
            ? t('handOver.open', { count: handOvers.length })
            : t('handOver.waiting', { count: waiting.length })}
        </span>
        {oldest !== undefined && (
          <span className="second-line">
            {t('handOver.waitingSince', { time: clockTime(oldest.leftAt) })}
          </span>
        )}
      </span>
    </button>
  );
}
