import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { number } from '../../kit/numbers.ts';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';
import type { MarksShown } from './titles-data.ts';

export type MarkWish = Readonly<{ titles: readonly number[]; season?: number; episode?: number; watched: boolean; person: string }>;

type MarksDialogProps = Readonly<{
  wish: MarkWish;
  /** What is marked, in words: a title, a season, "3 titles". */
  subject: string;
  /** For whom. */
  person: string;
  onClose(): void;
  onDone(): void;
}>;

const bodyOf = ({ titles, ...wish }: MarkWish) => ({ ...wish, titles: [...titles] });

/** What a mark would change, here and on each place, and the button that does exactly that. */
export function MarksDialog({ wish, subject, person, onClose, onDone }: MarksDialogProps) {
  const say = useWords('titles');
  const shown = useQuery({
    queryKey: ['titles', 'marks', wish],
    queryFn: ({ signal }) => take(api.POST('/api/v1/titles/marks/preview', { signal, body: bodyOf(wish) })),
    staleTime: 0,
    gcTime: 0,
  });
  const apply = useMutation({ mutationFn: () => take(api.POST('/api/v1/titles/marks', { body: bodyOf(wish) })), onSuccess: onDone });
  const verb = wish.watched ? 'watched' : 'unwatched';
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(`marks.title.${verb}`, { subject, person })}
      size="lg"
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <QueryState query={shown} reading={say('marks.reading')}>
        {(preview) => (
          <>
            <p>{say(`marks.here.${verb}`, { count: preview.titles, person })}</p>
            {preview.already > 0 && <p className="small muted">{say('marks.already', { count: preview.already })}</p>}
            <Places shown={preview} />
            {apply.error && <Trouble error={apply.error} />}
            <div className={classes.dialogActs}>
              <Button onClick={onClose}>{say('marks.leave')}</Button>
              {preview.titles > 0 && (
                <Button variant="filled" loading={apply.isPending} onClick={() => apply.mutate()}>
                  {say(`marks.apply.${verb}`, { count: preview.titles })}
                </Button>
              )}
            </div>
          </>
        )}
      </QueryState>
    </Modal>
  );
}

function Places({ shown }: Readonly<{ shown: MarksShown }>) {
  const say = useWords('titles');
  const times = useTimes();
  if (shown.places.length === 0) return <p className="small muted">{say('marks.noPlace')}</p>;
  return (
    <ul className={classes.marksPlaces}>
      {shown.places.map((place) => (
        <li key={place.account}>
          <Place kind={place.type} name={place.name} isUnknown={place.held === 'not-answering'} />
          <div>
            <p>
              {place.held === null
                ? say('marks.changes', { count: place.changes })
                : say(`marks.held.${place.held}`, { count: place.changes })}
            </p>
            {place.left.map(({ reason, count }) => (
              <p key={reason} className="small muted">
                {say('marks.left', { count, reason })}
              </p>
            ))}
            {place.known_at !== null && <p className="small faint">{say('marks.known', { at: times.full(place.known_at) })}</p>}
          </div>
          <span className={place.changes > 0 && place.held !== 'export-off' ? classes.plus : 'faint'}>{number(place.changes)}</span>
        </li>
      ))}
    </ul>
  );
}
