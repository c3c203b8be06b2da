import { useWords } from '@sightline/look';
import { mapNameOf } from '@sightline/look/hive';
import { regionPath } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useRegion } from './use-region.ts';

/** The way down to where the page looks, each step a way back up. */
export function Breadcrumb(): ReactElement | null {
  const { t, language } = useWords();
  const { region, root, go } = useRegion();
  if (region === null) return null;
  const path = regionPath(region).filter((step) => step.length >= root.length);
  return (
    <nav className="crumbs" aria-label={t('up')}>
      {path.map((step) => (
        <button
          key={step}
          type="button"
          aria-current={step === region ? 'location' : undefined}
          onClick={() => go(step)}
        >
          {mapNameOf(step, language)}
        </button>
      ))}
      <kbd aria-hidden="true">Esc</kbd>
    </nav>
  );
}
