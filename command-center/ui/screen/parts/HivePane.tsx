import { useWords } from '@sightline/look';
import { HiveMap } from '@sightline/look/hive/HiveMap';
import { hiveLayout5402 } from '@sightline/look/hive/layout-5402';
import type { ReactElement } from 'react';
import { useSampleCamera } from '../link/use-sample-camera.ts';
import { useView } from '../link/use-view.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import { Legend } from './Legend.tsx';
import { useHivePaint } from './use-hive-paint.ts';
import { regionAbove, useEscape, useRegion } from './use-region.ts';

/** 蜂巢图: one cell a village, live, and the way down to one. */
export function HivePane(): ReactElement {
  const { t } = useWords();
  const { region, root, go } = useRegion();
  const { model } = useView();
  const isSample = useSampleCamera();
  const { box, onOpen, onPaint } = useHivePaint();
  useEscape(() => {
    if (region !== null) go(regionAbove(region, root));
  });
  return (
    <div className="hive" ref={box}>
      <Breadcrumb />
      <div className="hive-map">
        <HiveMap
          layout={hiveLayout5402}
          root={root}
          region={region}
          onOpen={onOpen}
          onPaint={onPaint}
          onPick={(code) => go(code)}
        />
      </div>
      <footer className="hive-foot">
        <span className="hive-note">
          {model?.demo === true ? t('demo') : t('note')}
          {isSample && ` · ${t('sampleCamera')}`}
        </span>
        <Legend />
      </footer>
    </div>
  );
}
