import type { ReactElement } from 'react';
import type { Go, HandOverRoute } from '../route.ts';
import { AcceptStep } from './AcceptStep.tsx';
import { LeaveStep } from './LeaveStep.tsx';
import { ListStep } from './ListStep.tsx';
import { RecordStep } from './RecordStep.tsx';
import { WriteStep } from './WriteStep.tsx';

interface Props {
  readonly route: HandOverRoute;
  readonly go: Go;
}

/** 交接班: what the shift before left, and what is left for the next. */
export function HandOverPage({ route, go }: Props): ReactElement {
  switch (route.step) {
    case 'accept':
      return <AcceptStep pass={route.pass} go={go} />;
    case 'list':
      return <ListStep pass={route.pass} go={go} />;
    case 'leave':
      return <LeaveStep pass={route.pass} draft={route.draft} go={go} />;
    case 'write':
      return <WriteStep pass={route.pass} draft={route.draft} go={go} />;
    case 'record':
      return <RecordStep pass={route.pass} draft={route.draft} go={go} />;
  }
}
