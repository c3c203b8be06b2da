import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { parentOf } from '../api/use-regions.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';
import { VillagePane } from '../village/VillagePane.tsx';
import { VillageList } from '../village/VillageList.tsx';

/** 村庄与人员: the villages of a region; a chosen one beside them. */
export function VillagesPage({ region }: { readonly region: string | undefined }): ReactElement {
  const chosen = useRegion(region);
  const [, goTo] = useLocation();
  const isVillage = chosen.length === 12;
  const scope = isVillage ? parentOf(chosen) : chosen;
  return (
    <Workplace
      page="villages"
      region={chosen}
      aside={
        isVillage ? (
          <VillagePane key={chosen} region={chosen} onClose={() => goTo(`/villages/${scope}`)} />
        ) : null
      }
    >
      <VillageList
        scope={scope}
        selected={isVillage ? chosen : null}
        onSelect={(village) => goTo(`/villages/${village}`)}
      />
    </Workplace>
  );
}
