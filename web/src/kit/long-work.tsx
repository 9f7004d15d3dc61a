import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, take } from '../api/client.ts';
import classes from './long-work.module.css';
import { number, percent, span } from './numbers.ts';
import { Trouble } from './trouble.tsx';
import { type LiveJob, useLiveJobs, useStream } from './use-stream.ts';
import { useWords } from './words.ts';
import { useWorkName } from './work-name.ts';

/** Shorter work has ended before anybody could read of it. */
const WORTH_SHOWING_MS = 1_500;
const WORTH_GUESSING_MS = 10_000;

const sinceStart = ({ started_at: at }: LiveJob): number => (at === null ? 0 : Date.now() - Date.parse(at));
const isEnded = ({ state }: LiveJob): boolean => state !== 'pending' && state !== 'running';
const partOf = ({ done, total }: LiveJob): number | undefined => (done === null || !total ? undefined : Math.min(1, done / total));

/** What runs on the server just now, how far it is, and a way to stop it: found again after a reload, and on the phone. */
export function LongWork() {
  const say = useWords('shell');
  useStream();
  const running = useLiveJobs();
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), WORTH_SHOWING_MS);
    return () => clearInterval(timer);
  }, []);
  const shown = running.filter((job) => job.state === 'running' && sinceStart(job) > WORTH_SHOWING_MS);
  if (shown.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={say('running')}>
      {shown.map((job) => (
        <li key={job.id} className={classes.work}>
          <Work job={job} />
        </li>
      ))}
    </ul>
  );
}

/** One piece of work: how far, how fast, how long yet, and what stays of it if it is stopped. */
export function Work({ job }: Readonly<{ job: LiveJob }>) {
  const say = useWords('shell');
  const nameOf = useWorkName();
  const [isAsking, setAsking] = useState(false);
  const stop = useMutation({
    mutationFn: () => take(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id: job.id } } })),
    onSettled: () => setAsking(false),
  });
  const part = partOf(job);
  const isGuessed = job.left_ms !== null && sinceStart(job) > WORTH_GUESSING_MS;
  return (
    <>
      <p className={classes.head}>
        <b>{nameOf(job)}</b>
        {part !== undefined && <span className="muted">{percent(part)}</span>}
      </p>
      {job.text !== null && <p className="faint small">{job.text}</p>}
      {part !== undefined && <Progress value={part * 100} size={6} aria-label={nameOf(job)} mt={8} />}
      {job.done !== null && (
        <p className="faint small">
          {job.total === null
            ? say('runningDone', { done: number(job.done) })
            : say('runningCount', { done: number(job.done), total: number(job.total) })}
          {isGuessed && ` · ${say('runningLeft', { span: span(job.left_ms ?? 0) })}`}
        </p>
      )}
      <Spoken job={job} />
      {stop.error && <Trouble error={stop.error} />}
      {!isEnded(job) && !isAsking && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setAsking(true)}
          aria-label={say('runningCancelOf', { work: nameOf(job) })}
        >
          {say('runningCancel')}
        </Button>
      )}
      {isAsking && (
        <div className={classes.ask}>
          <p className="small">{say(`keeps.${job.keeps}`)}</p>
          <Button size="compact-xs" loading={stop.isPending} onClick={() => stop.mutate()}>
            {say('runningCancelNow')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setAsking(false)}>
            {say('runningGoOn')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Speaks at every quarter, and not at every step. */
function Spoken({ job }: Readonly<{ job: LiveJob }>) {
  const say = useWords('shell');
  const nameOf = useWorkName();
  const part = partOf(job);
  const quarter = part === undefined ? 0 : Math.floor(part * 4) * 25;
  const last = useRef(quarter);
  if (quarter > last.current) last.current = quarter;
  return (
    <p className="vh" role="status">
      {last.current > 0 ? say('runningAt', { work: nameOf(job), part: percent(last.current / 100) }) : ''}
    </p>
  );
}
