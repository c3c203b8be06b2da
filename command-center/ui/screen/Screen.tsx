import type { ReactElement } from 'react';
import { AttentionList } from './parts/AttentionList.tsx';
import { ComplaintButton } from './parts/ComplaintButton.tsx';
import { DayStrip } from './parts/DayStrip.tsx';
import { DutyColumn } from './parts/DutyColumn.tsx';
import { Feed } from './parts/Feed.tsx';
import { HivePane } from './parts/HivePane.tsx';
import { TopBar } from './parts/TopBar.tsx';
import { TruthBanner } from './parts/TruthBanner.tsx';
import { useRegion } from './parts/use-region.ts';
import { VillagePanel } from './parts/VillagePanel.tsx';

/** 大屏. What is wrong right now, where, and since when: on one page, without scrolling. */
export function Screen(): ReactElement {
  const { region } = useRegion();
  const village = region?.length === 12 ? region : null;
  return (
    <div className="screen">
      <TopBar />
      <DutyColumn />
      <main className="screen-centre">
        <TruthBanner />
        <HivePane />
      </main>
      <aside className="screen-right">
        {village !== null && <VillagePanel region={village} />}
        <AttentionList shown={village === null ? 4 : 2} />
        <Feed shown={village === null ? 12 : 7} />
      </aside>
      <DayStrip />
      <ComplaintButton />
    </div>
  );
}
