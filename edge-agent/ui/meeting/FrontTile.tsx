import { carriesVideo, rank, type RoomWords, type Tier } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import {
  useSlide,
  VideoOf,
  type MeetingPicture,
  type MeetingSnapshot,
  type SlideAccess,
  type Slides,
} from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { downNow } from './down-now.ts';
import type { Front } from './front.ts';
import { nameOf } from './own-seat.ts';
import { StillWithTime } from './StillWithTime.tsx';

interface Props {
  readonly front: Front;
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly access: SlideAccess;
}

/** 课件 or a shared screen in the large place; where the link does not carry it, that is said. */
export function FrontTile({ front, meeting, room, access }: Props): ReactElement {
  const { t } = useWords();
  if (front.kind === 'slides') {
    const { page, pages } = front.slides;
    const words = t('meeting.slides.page', { page, pages });
    return (
      <figure className="picture is-front">
        <Page slides={front.slides} meeting={meeting} access={access} label={words} />
        <figcaption>
          <b>{words}</b>
        </figcaption>
      </figure>
    );
  }
  const words = t('meeting.screen.of', { name: nameOf(room, front.picture.seatId) });
  return (
    <figure className="picture is-front">
      <Screen picture={front.picture} down={downNow(meeting)} label={words} />
      <figcaption>
        <b>{words}</b>
      </figcaption>
    </figure>
  );
}

/** Moving, as a still with its time, or in words: as the link carries it. */
function Screen(props: {
  readonly picture: MeetingPicture;
  readonly down: Tier;
  readonly label: string;
}): ReactElement {
  const { picture, down, label } = props;
  if (rank(down) > rank('stills')) return <None textKey="meeting.screen.held" />;
  if (picture.still !== null) return <StillWithTime still={picture.still} label={label} isLarge />;
  if (picture.track !== null && carriesVideo(down)) {
    return <VideoOf track={picture.track} label={label} />;
  }
  return <None textKey="meeting.screen.coming" />;
}

function Page(props: {
  readonly slides: Slides;
  readonly meeting: MeetingSnapshot;
  readonly access: SlideAccess;
  readonly label: string;
}): ReactElement {
  const { slides, meeting, access, label } = props;
  const look = useSlide(access, slides, meeting.own?.down ?? null);
  if (look.state !== 'shown') return <None textKey={`meeting.slides.${look.state}`} />;
  return <img src={look.url} alt={label} />;
}

function None({ textKey }: { readonly textKey: string }): ReactElement {
  return (
    <span className="picture-none">
      <Icon name="slides" />
      <TwoLines textKey={textKey} />
    </span>
  );
}
