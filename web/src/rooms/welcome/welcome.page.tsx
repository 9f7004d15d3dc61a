import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ProblemError } from '../../api/client.ts';
import { meQuery, setupQuery } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';
import { Outside } from '../../kit/outside.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { AccountStep } from './account-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { Steps } from './steps.tsx';

/** The way into a new house: the owner, the servers, and the first plan. Each step has its address, and is found again. */
export function Page() {
  const navigate = useNavigate();
  const setup = useQuery(setupQuery);
  const me = useQuery({ ...meQuery, retry: false });
  const [plan] = useAddress('plan');
  const isStranger = me.error instanceof ProblemError && me.error.status === 401;
  const mustSignIn = setup.data?.has_owner === true && isStranger;
  useEffect(() => {
    if (mustSignIn) void navigate({ href: '/sign-in?next=/welcome', replace: true });
  }, [mustSignIn, navigate]);

  if (setup.error) return <Trouble error={setup.error} again={() => void setup.refetch()} />;
  if (!setup.data || mustSignIn) return null;
  if (!setup.data.has_owner) {
    return (
      <Outside>
        <Steps at="account" />
        <AccountStep />
      </Outside>
    );
  }
  if (!me.data) return null;
  return (
    <Outside wide>
      <Steps at={plan === '' ? 'connect' : 'plan'} />
      {plan === '' ? <ConnectStep /> : <PlanStep id={plan} />}
    </Outside>
  );
}
