import { useQuery } from '@tanstack/react-query';
import { DemoCard } from '../../kit/demo.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { useParam } from '../../kit/params.ts';
import { included, reviewQuery } from '../../kit/plan-types.ts';
import { PlanView } from '../../kit/plan-view.tsx';
import { useWords } from '../../kit/words.ts';

export function Page() {
  const say = useWords('sync');
  const sayShell = useWords('shell');
  const id = useParam('id');
  const review = useQuery(reviewQuery(id)).data;
  const isOpen = review?.plan.state === 'proposed';
  const count = review ? included(review) : 0;
  const title = review === undefined ? say('planTitle') : isOpen ? sayShell('plan.title', { count }) : review.plan.title;
  return (
    <Frame title={title} lede={review && `${review.plan.title}. ${review.plan.reason}`} up={{ to: '/sync', label: say('up') }}>
      <Stack>
        <DemoCard />
        <PlanView id={id} />
      </Stack>
    </Frame>
  );
}
