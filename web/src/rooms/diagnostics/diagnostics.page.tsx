import { Link, useParams } from '@tanstack/react-router';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './diagnostics.module.css';
import { Duplicates, Integrity, Parity } from './in-histories.tsx';
import { Mismatched, Stale, Unmatched } from './in-libraries.tsx';

const KINDS = ['duplicates', 'parity', 'integrity', 'unmatched', 'mismatched', 'stale'] as const;
type Kind = (typeof KINDS)[number];

const VIEWS: Readonly<Record<Kind, () => React.ReactNode>> = {
  duplicates: Duplicates,
  parity: Parity,
  integrity: Integrity,
  unmatched: Unmatched,
  mismatched: Mismatched,
  stale: Stale,
};

export function Page() {
  const say = useWords('diagnostics');
  const { kind: asked } = useParams({ strict: false }) as { kind?: string };
  const kind = KINDS.find((one) => one === asked) ?? 'duplicates';
  const View = VIEWS[kind];
  return (
    <Frame title={say(`kinds.${kind}`)} lede={say(`ledes.${kind}`)}>
      <Stack>
        <nav aria-label={say('title')} className={classes.kinds}>
          {KINDS.map((one) => (
            <Link key={one} to={`/diagnostics/${one}`} aria-current={one === kind ? 'page' : undefined}>
              {say(`kinds.${one}`)}
            </Link>
          ))}
        </nav>
        <View key={kind} />
      </Stack>
    </Frame>
  );
}
