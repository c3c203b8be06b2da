import type { ReactElement } from 'react';
import type { ComplaintRoute, Go } from '../route.ts';
import { ContactStep, WriteStep } from './DraftSteps.tsx';
import { LookUpStep, ReceiptStep, StandingStep } from './ReceiptSteps.tsx';
import { SayStep } from './SayStep.tsx';

interface Props {
  readonly route: ComplaintRoute;
  readonly go: Go;
}

/** 意见: a suggestion, a complaint or a wrong record, by touch, without saying who. */
export function ComplaintPage({ route, go }: Props): ReactElement {
  switch (route.step) {
    case 'say':
      return <SayStep draft={route.draft} go={go} />;
    case 'write':
      return <WriteStep draft={route.draft} go={go} />;
    case 'contact':
      return <ContactStep draft={route.draft} go={go} />;
    case 'done':
      return <ReceiptStep receipt={route.receipt} go={go} />;
    case 'look-up':
      return <LookUpStep go={go} />;
    case 'standing':
      return <StandingStep standing={route.standing} go={go} />;
  }
}
