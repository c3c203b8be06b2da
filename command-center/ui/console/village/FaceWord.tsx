import type { FaceState } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const signs = { none: '○', enrolled: '●', withdrawing: '◐', withdrawn: '○' } as const;

/** ● 人脸已录入: where a person's consent to their face stands, in words beside its sign. */
export function FaceWord({ state }: { readonly state: FaceState }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className={`face-word face-${state}`}>
      <span aria-hidden="true">{signs[state]}</span> {t(`face.${state}`)}
    </span>
  );
}
