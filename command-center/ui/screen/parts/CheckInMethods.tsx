import type { CheckInMethod } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import type { Figures } from '#domain/live-figures.ts';
import { useView } from '../link/use-view.ts';

const methods: readonly CheckInMethod[] = ['face', 'pin', 'pin-witness'];

/** How those on duty checked in for this shift: by face, by PIN, or by PIN with a witness. */
export function CheckInMethods({ figures }: { readonly figures: Figures }): ReactElement {
  const { t } = useWords();
  const { shift } = useView();
  const name = shift.endsWith('night') ? 'night' : 'day';
  return (
    <section className="methods">
      <h2>
        {t('methods')}
        <span>{t(`shift.${name}`)}</span>
      </h2>
      <dl>
        {methods.map((method) => (
          <div key={method}>
            <dd>{figures.byMethod.get(method) ?? 0}</dd>
            <dt>{t(`method.${method}`)}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}
