import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, Info, OctagonX } from 'lucide-react';
import { api, take } from '../api/client.ts';
import classes from './connection.module.css';
import type { CheckReport, CheckWish } from './connection-types.ts';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

const TYPING_ENDS = 600;

/** Tries what is in the form once nobody has typed for a moment. Undefined until there is something to try, and while it changes. */
export function useCheck(wish: CheckWish | undefined): Readonly<{ report: CheckReport | undefined; isChecking: boolean; error: unknown }> {
  const written = wish === undefined ? '' : JSON.stringify(wish);
  const [settled] = useDebouncedValue(written, TYPING_ENDS);
  const isCurrent = settled === written;
  const check = useQuery({
    // The key of a server is no part of what is remembered.
    queryKey: ['connections', 'check', settled.length, hash(settled)],
    queryFn: ({ signal }) => take(api.POST('/api/v1/connections/check', { body: JSON.parse(settled) as CheckWish, signal })),
    enabled: settled !== '',
    staleTime: 30_000,
    gcTime: 0,
    retry: false,
  });
  return {
    report: isCurrent && settled !== '' ? check.data : undefined,
    isChecking: written !== '' && (!isCurrent || check.isFetching),
    error: isCurrent ? check.error : undefined,
  };
}

/** Tells one wish from another without holding its secret. */
function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (Math.imul(value, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return value;
}

const GLYPHS = { passed: CircleCheck, noted: Info, asks: CircleDashed, failed: OctagonX } as const;
const FIXES: Readonly<Record<string, readonly string[]>> = {
  answers: ['upstream-unreachable', 'upstream-timeout', 'upstream-rejected', 'upstream-rate-limited'],
  product: ['upstream-not-found', 'upstream-unreadable', 'conflict', 'other'],
  key: ['upstream-unauthorized', 'upstream-forbidden', 'other'],
  user: ['invalid'],
  libraries: ['upstream-forbidden', 'other'],
  rights: ['forbidden', 'other'],
};

function fixOf(check: string, code: string | null): string {
  const known = FIXES[check] ?? [];
  if (code !== null && known.includes(code)) return `connection.fix.${check}.${code}`;
  return known.includes('other') ? `connection.fix.${check}.other` : 'connection.fix.other';
}

/** The checks as far as they went. Of the one that failed: what it means, and where to mend it. */
export function CheckList({ report, isChecking, error }: ReturnType<typeof useCheck>) {
  const say = useWords('shell');
  return (
    <section className={classes.test} aria-label={say('connection.test')}>
      <h3>{say('connection.test')}</h3>
      <div aria-live="polite" aria-busy={isChecking}>
        {isChecking && <p className="small muted">{say('connection.testing')}…</p>}
        {!isChecking && !report && !error && <p className="small muted">{say('connection.testIdle')}</p>}
        {error !== undefined && error !== null && <Trouble error={error} />}
        <ul className={classes.checks}>
          {report?.checks.map(({ check, state, code, message }) => {
            const Glyph = GLYPHS[state];
            return (
              <li key={check} className={classes[state]}>
                <Glyph size={18} aria-hidden />
                <div>
                  <b>{say(`connection.check.${check}`)}</b>
                  <p className="small">{message}</p>
                  {state === 'failed' && <p className="small">{say(fixOf(check, code))}</p>}
                </div>
              </li>
            );
          })}
        </ul>
        {report?.verdict === 'silent' && <p className="small muted">{say('connection.silentMeans')}</p>}
      </div>
    </section>
  );
}
