import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { api, take } from '../api/client.ts';
import { Card } from './card.tsx';
import { IncludeBox } from './include-box.tsx';
import { number } from './numbers.ts';
import { Stack } from './page.tsx';
import { Place } from './place.tsx';
import { PlanGroup } from './plan-group.tsx';
import { included, type LeaveOut, type Review, reviewQuery, sum } from './plan-types.ts';
import classes from './plan-view.module.css';
import { QueryState } from './query-state.tsx';
import { StateWord, type Tone } from './state-word.tsx';
import { useTimes } from './times.ts';
import { Trouble } from './trouble.tsx';
import { useShortcut } from './use-shortcut.ts';
import { useWords } from './words.ts';

type PlanViewProps = Readonly<{
  id: string;
  /** Called once it was answered. */
  onAnswered?(answer: 'approve' | 'reject'): void;
  /** Where conflicts are settled. */
  conflictsAt?: string;
}>;

/**
 * A plan to be looked at and answered: places side by side, guards, reasons with their titles, and what is left out. Once it is approved
 * the same page is the run.
 */
export function PlanView({ id, onAnswered, conflictsAt = '/sync/conflicts' }: PlanViewProps) {
  const say = useWords('shell');
  const review = useQuery(reviewQuery(id));
  return (
    <QueryState query={review} reading={say('plan.reading')} lines={6}>
      {(plan) => <Reviewed id={id} review={plan} conflictsAt={conflictsAt} {...(onAnswered && { onAnswered })} />}
    </QueryState>
  );
}

function Reviewed({ id, review, onAnswered, conflictsAt }: PlanViewProps & Readonly<{ review: Review; conflictsAt: string }>) {
  const say = useWords('shell');
  const queries = useQueryClient();
  const leaveOut = useMutation({
    mutationFn: (body: LeaveOut) => take(api.PATCH('/api/v1/plans/{id}/changes', { params: { path: { id } }, body })),
    onSuccess: async (fresh) => {
      queries.setQueryData(reviewQuery(id).queryKey, fresh);
      await queries.invalidateQueries({ queryKey: ['plans', id, 'rows'] });
    },
  });
  const isOpen = review.plan.state === 'proposed';
  const choose = isOpen ? (wish: LeaveOut) => leaveOut.mutateAsync(wish) : undefined;
  return (
    <Stack>
      {!isOpen && <Answered review={review} />}
      <Places review={review} choose={choose} />
      <Guards review={review} />
      {review.conflicts_open > 0 && (
        <Card title={say('plan.conflicts', { count: review.conflicts_open })} padded>
          <Link to={conflictsAt}>{say('plan.conflictsLink')}</Link>
        </Card>
      )}
      {review.groups.length > 0 && (
        <Card title={say('plan.reasons')}>
          {leaveOut.error && <Trouble error={leaveOut.error} />}
          {review.groups.map((group) => (
            <PlanGroup key={`${group.kind} ${group.rule}`} id={id} group={group} choose={choose} />
          ))}
          {review.fixed > 0 && isOpen && <p className={`${classes.note} small muted`}>{say('plan.unfixed')}</p>}
        </Card>
      )}
      {isOpen && <ApplyBar id={id} review={review} {...(onAnswered && { onAnswered })} />}
    </Stack>
  );
}

type Choose = ((wish: LeaveOut) => Promise<unknown>) | undefined;

function Places({ review, choose }: Readonly<{ review: Review; choose: Choose }>) {
  const say = useWords('shell');
  const times = useTimes();
  const { own, places } = review;
  return (
    <section aria-label={say('plan.places')} className={classes.places}>
      {sum(own) + own.left_out > 0 && (
        <div className={classes.place}>
          <b>{say('plan.own')}</b>
          <Numbers counts={own} />
          <p className={classes.read}>{say('plan.ownNote')}</p>
        </div>
      )}
      {places.map((place) => (
        <div key={place.account_id} className={classes.place}>
          <div className={classes.placeHead}>
            <Place kind={place.type ?? '?'} name={place.name} isUnknown={place.read_at === null} />
            {choose && sum(place.counts) + place.counts.left_out > 0 && (
              <IncludeBox
                label={say('plan.includePlace', { place: place.name })}
                checked={sum(place.counts) > 0}
                indeterminate={sum(place.counts) > 0 && place.counts.left_out > 0}
                change={(checked) => choose({ left_out: !checked, account: place.account_id })}
              />
            )}
          </div>
          <Numbers counts={place.counts} />
          <p className={classes.read}>
            {place.read_at === null ? say('plan.place.unread') : say('plan.place.read', { at: times.full(place.read_at) })}
          </p>
        </div>
      ))}
    </section>
  );
}

function Numbers({ counts }: Readonly<{ counts: Review['own'] }>) {
  const say = useWords('shell');
  const lines = (['add', 'change', 'remove'] as const).filter((name) => name === 'remove' || counts[name] > 0);
  return (
    <>
      <p className={classes.big}>{say('plan.place.changes', { count: sum(counts) })}</p>
      <dl className={classes.counts}>
        {lines.map((name) => (
          <div key={name}>
            <dt>{say(`plan.place.${name}`)}</dt>
            <dd className={name === 'remove' && counts.remove > 0 ? classes.goes : undefined}>{number(counts[name])}</dd>
          </div>
        ))}
        {counts.left_out > 0 && (
          <div>
            <dt>{say('plan.place.leftOut')}</dt>
            <dd>{number(counts.left_out)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Guards({ review }: Readonly<{ review: Review }>) {
  const say = useWords('shell');
  return (
    <section aria-label={say('plan.guards')} className={classes.guards}>
      <ul>
        {review.guards.map(({ guard, passed, message }) => (
          <li key={guard} className={passed ? classes.passed : classes.held}>
            {passed ? <CircleCheck size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
            <span>
              <span className="vh">{say(passed ? 'plan.guard.passed' : 'plan.guard.failed')}: </span>
              {message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES: Readonly<Record<string, Tone>> = {
  applied: 'ok',
  failed: 'bad',
  approved: 'info',
  applying: 'info',
  expired: 'quiet',
  rejected: 'quiet',
};

function Answered({ review }: Readonly<{ review: Review }>) {
  const say = useWords('shell');
  const times = useTimes();
  const { plan, outcomes } = review;
  const shown = (['done', 'failed', 'unconfirmed', 'skipped', 'left_out', 'planned'] as const).filter((name) => outcomes[name] > 0);
  return (
    <Card title={say('plan.outcomes')} padded>
      <div className={classes.outcome} role="status">
        <StateWord tone={TONES[plan.state] ?? 'quiet'}>{say(`plan.state.${plan.state}`)}</StateWord>
        {plan.decided_by !== null && (
          <span className="small muted">{say('plan.decided', { who: plan.decided_by, at: times.full(plan.decided_at) })}</span>
        )}
      </div>
      {plan.outcome !== null && <p>{plan.outcome}</p>}
      {plan.state === 'failed' && <Successor review={review} />}
      <dl className={classes.counts}>
        {shown.map((name) => (
          <div key={name}>
            <dt>{say(`plan.outcome.${name}`)}</dt>
            <dd>{number(outcomes[name])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Where the servers had moved on, nothing was done, and another plan has what is different. */
function Successor({ review }: Readonly<{ review: Review }>) {
  const say = useWords('shell');
  const { feature, person } = review.plan;
  const open = useQuery({
    queryKey: ['plans', 'proposed', person],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/plans', { params: { query: { state: 'proposed', ...(person !== null && { person }) } }, signal })),
  }).data;
  const next = open?.items.find((plan) => plan.feature === feature);
  return next ? (
    <Link to="/sync/plan/$id" params={{ id: next.id }}>
      {say('plan.again')}
    </Link>
  ) : null;
}

function ApplyBar({ id, review, onAnswered }: Readonly<{ id: string; review: Review; onAnswered?(answer: 'approve' | 'reject'): void }>) {
  const say = useWords('shell');
  const times = useTimes();
  const queries = useQueryClient();
  const apply = useRef<HTMLButtonElement>(null);
  const answer = useMutation({
    mutationFn: (verb: 'approve' | 'reject') => take(api.POST(`/api/v1/plans/{id}/${verb}`, { params: { path: { id } } })),
    onSuccess: async (_plan, verb) => {
      await queries.invalidateQueries({ queryKey: ['plans'] });
      onAnswered?.(verb);
    },
  });
  useShortcut('a', () => apply.current?.focus());
  const count = included(review);
  return (
    <section className={classes.bar} aria-label={say('plan.bar', { count })}>
      <div className={classes.barWords}>
        <b>
          {say('plan.bar', { count })}
          {review.left_out > 0 && `, ${say('plan.barOut', { count: review.left_out })}`}
        </b>
        <p className="small muted">{say('plan.barMade', { at: times.full(review.plan.created_at) })}</p>
        {answer.error && <Trouble error={answer.error} />}
      </div>
      <Button loading={answer.isPending && answer.variables === 'reject'} onClick={() => answer.mutate('reject')}>
        {say('plan.reject')}
      </Button>
      <Button
        ref={apply}
        variant="filled"
        loading={answer.isPending && answer.variables === 'approve'}
        onClick={() => answer.mutate('approve')}
      >
        {count === 0 ? say('plan.applyNone') : say('plan.apply', { count })}
      </Button>
    </section>
  );
}
