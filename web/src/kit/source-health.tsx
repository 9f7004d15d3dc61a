import { StateWord, type Tone } from './state-word.tsx';
import classes from './states.module.css';
import { useTimes } from './times.ts';
import { useWords } from './words.ts';

type Fault = Readonly<{ at: string; code: string; message: string }>;

type SourceHealthProps = Readonly<{
  state: 'unknown' | 'ok' | 'degraded';
  /** When it was last read in full. */
  readAt: string | null;
  fault: Fault | null;
}>;

const REFUSALS: ReadonlySet<string> = new Set(['upstream-unauthorized', 'upstream-forbidden', 'invalid']);
const FIXED: ReadonlySet<string> = new Set([
  'upstream-unauthorized',
  'upstream-forbidden',
  'upstream-unreachable',
  'upstream-timeout',
  'upstream-not-found',
  'upstream-unreadable',
]);

/** How a source stands, always with a date; a fault with what it was and what to do. Unknown is not empty, and says so. */
export function SourceHealth({ state, readAt, fault }: SourceHealthProps) {
  const say = useWords('shell');
  const times = useTimes();
  if (state === 'ok') {
    return (
      <span className={classes.health}>
        <StateWord tone="ok" plain>
          {say('health.known')}
        </StateWord>
        <span className="small muted">{readAt === null ? say('health.never') : say('health.at', { at: times.full(readAt) })}</span>
      </span>
    );
  }
  if (state === 'unknown' || fault === null) {
    return (
      <span className={classes.health}>
        <StateWord tone="unknown">{say('health.unknown')}</StateWord>
        <span className="small muted">{readAt === null ? say('health.never') : say('health.at', { at: times.full(readAt) })}</span>
        <span className="small muted">{say('health.unknownMeans')}</span>
      </span>
    );
  }
  const isRefusal = REFUSALS.has(fault.code);
  const tone: Tone = isRefusal ? 'bad' : 'warn';
  return (
    <span className={classes.health}>
      <StateWord tone={tone}>{say(isRefusal ? 'health.refused' : 'health.silent')}</StateWord>
      <span className="small muted">{say('health.since', { at: times.full(fault.at) })}</span>
      <span className="small">{fault.message}</span>
      <span className="small muted">{say(`health.fix.${FIXED.has(fault.code) ? fault.code : 'other'}`)}</span>
    </span>
  );
}
