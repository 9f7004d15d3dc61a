import { Link } from '@tanstack/react-router';
import { size, span } from '../../kit/numbers.ts';
import { useTimes } from '../../kit/times.ts';
import { Why } from '../../kit/why.tsx';
import { type Say, useWords } from '../../kit/words.ts';
import { SplitMerge } from './split-merge.tsx';
import classes from './title.module.css';
import { type StoryEntry, useWho } from './titles-data.ts';
import { WhyFacts } from './why-facts.tsx';

type Names = Readonly<{ say: Say; nameOf(person: string): string }>;

/** "S1 E3", "6 episodes"; nothing for what is about the title itself. */
function whatOf({ episodes }: StoryEntry, say: Say): string {
  const [first] = episodes;
  if (!first) return '';
  return episodes.length === 1
    ? say('story.episode', { season: first.season ?? 0, number: first.number ?? 0 })
    : say('story.episodes', { count: episodes.length });
}

const KINDS_WITH_WORDS: Readonly<Record<string, (entry: StoryEntry) => string>> = {
  told: ({ detail }) => `told.${detail.action ?? 'mark'}`,
  watched: ({ place }) => (place === null ? 'watched.nowhere' : 'watched.somewhere'),
};

/** One sentence: who did what where. */
function sentenceOf(entry: StoryEntry, { say, nameOf }: Names): string {
  const { detail } = entry;
  const values = {
    person: entry.person === null ? (detail.by ?? '') : nameOf(entry.person),
    place: entry.place?.name ?? '',
    what: whatOf(entry, say) || say('story.it'),
    position: detail.position_ms === null ? '' : span(detail.position_ms),
    rating: detail.rating ?? 0,
    list: detail.list === null ? '' : say(`list.${detail.list}`),
    other: detail.other ?? '',
    by: detail.by ?? '',
  };
  return say(`story.kind.${KINDS_WITH_WORDS[entry.kind]?.(entry) ?? entry.kind}`, values);
}

/** How it was learned, or what came of it. */
function noteOf(entry: StoryEntry, say: Say, full: (at: string | null) => string): string {
  const { detail, kind, place } = entry;
  const parts = [
    kind === 'told' && detail.outcome !== null ? say(`story.outcome.${detail.outcome}`) : '',
    detail.how === null ? '' : say(`story.how.${detail.how}`, { place: place?.name ?? '', at: full(detail.learned_at) }),
    detail.date_unknown ? say('story.dateUnknown') : '',
    [detail.resolution ?? '', detail.size === null ? '' : size(detail.size)].filter((one) => one !== '').join(', '),
    kind === 'requested' && detail.status !== null ? say('story.status', { status: detail.status }) : '',
    detail.settled !== null ? say('story.settled', { how: detail.settled }) : '',
    detail.fault ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** One entry of the time line. What people did has a plain dot, what Usherr did an accent one; the future is dashed. */
export function StoryItem({ entry, isFuture = false }: Readonly<{ entry: StoryEntry; isFuture?: boolean }>) {
  const say = useWords('titles');
  const times = useTimes();
  const { nameOf, runs } = useWho();
  const sentence = sentenceOf(entry, { say, nameOf });
  const note = noteOf(entry, say, times.full);
  const isSpell = entry.from !== null && times.day(entry.from) !== times.day(entry.at);
  const [first] = entry.episodes;
  return (
    <li className={[classes.entry, isFuture && classes.future, entry.ours && classes.ours].filter(Boolean).join(' ')}>
      <time className={classes.when} dateTime={entry.at ?? undefined} title={times.exact(entry.at)}>
        {entry.at === null
          ? say('story.waiting')
          : isSpell
            ? say('story.spell', { from: times.day(entry.from), until: times.day(entry.at) })
            : times.day(entry.at)}
        {!isSpell && entry.at !== null && <small>{times.clock(entry.at)}</small>}
      </time>
      <span className={classes.dot} aria-hidden />
      <div className={classes.what}>
        <h3>{sentence}</h3>
        {note !== '' && <p className="small muted">{note}</p>}
        {entry.detail.path !== null && <p className={`small faint mono ${classes.path}`}>{entry.detail.path}</p>}
        {entry.episodes.length === 1 && first && first.title !== '' && <p className="small faint">{first.title}</p>}
        <div className={classes.entryActs}>
          <Why about={sentence}>
            <WhyFacts why={entry.why} about={sentence} />
          </Why>
          {entry.kind === 'merged' && runs && entry.detail.settled === null && entry.detail.reference !== null && (
            <SplitMerge id={entry.detail.reference} other={entry.detail.other ?? ''} />
          )}
          {entry.kind === 'conflict' && entry.detail.settled === null && (
            <Link to={'/sync/conflicts' as never} className="small">
              {say('story.settle')}
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}
