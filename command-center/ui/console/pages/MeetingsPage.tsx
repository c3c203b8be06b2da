// Here and not in `main.tsx`: the first load of the console does not carry it.
import '../style/meetings.css';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { MeetingDetail } from '../meetings/MeetingDetail.tsx';
import { Meetings } from '../meetings/Meetings.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 视频会议: call one, hold it, and read afterwards who was there. */
export function MeetingsPage({ region, chosen }: PlaceProps): ReactElement {
  const scope = useRegion(region);
  const [, goTo] = useLocation();
  if (chosen === undefined) {
    return (
      <Workplace page="meetings" region={scope}>
        <Meetings scope={scope} />
      </Workplace>
    );
  }
  // A room needs the whole width: no tree beside it.
  return (
    <MeetingDetail
      key={chosen}
      meetingId={chosen}
      scope={scope}
      onClose={() => goTo(`/meetings/${scope}`)}
    />
  );
}
