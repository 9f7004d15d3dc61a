import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../kit/address.ts';
import { DemoCard } from '../../kit/demo.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { included, reviewQuery } from '../../kit/plan-types.ts';
import { PlanView } from '../../kit/plan-view.tsx';
import { useWords } from '../../kit/words.ts';

/** What would change on each server, before anything does. Once it is answered, the way is at its end. */
export function PlanStep({ id }: Readonly<{ id: string }>) {
  const say = useWords('welcome');
  const sayShell = useWords('shell');
  const [, setPlan] = useAddress('plan');
  const review = useQuery(reviewQuery(id)).data;
  const count = review ? included(review) : undefined;
  const isOpen = review?.plan.state === 'proposed';
  const title =
    count === undefined || !isOpen ? say('title.plan') : count === 0 ? sayShell('plan.titleNone') : sayShell('plan.title', { count });
  return (
    <Frame
      title={title}
      lede={isOpen ? sayShell(count === 0 ? 'plan.ledeNone' : 'plan.lede') : undefined}
      actions={isOpen ? <Button onClick={() => setPlan('')}>{say('later')}</Button> : <Link to="/">{say('home')}</Link>}
    >
      <Stack>
        <DemoCard />
        <PlanView id={id} />
      </Stack>
    </Frame>
  );
}
