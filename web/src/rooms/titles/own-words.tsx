import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './title.module.css';
import { type TitlePage, useWho } from './titles-data.ts';

type ListName = 'watching' | 'plantowatch' | 'hold' | 'completed' | 'dropped';
const LISTS: Readonly<Record<string, readonly ListName[]>> = {
  movie: ['plantowatch', 'completed', 'dropped'],
  show: ['watching', 'plantowatch', 'hold', 'completed', 'dropped'],
};
const RATINGS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/** What the person says of it: a rating, a list. No mark comes or goes by it; what others say stands beside it. */
export function OwnWords({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const who = useWho();
  const queries = useQueryClient();
  const { id } = page.title;
  const mine = page.row.people.find((one) => one.person === who.me);
  const done = () => void queries.invalidateQueries({ queryKey: ['titles'] });
  const path = { params: { path: { id } } };
  const rate = useMutation({
    mutationFn: async (rating: number | null): Promise<void> => {
      if (rating === null) await take(api.DELETE('/api/v1/titles/{id}/rating', path));
      else await take(api.PUT('/api/v1/titles/{id}/rating', { ...path, body: { rating } }));
    },
    onSuccess: done,
  });
  const list = useMutation({
    mutationFn: async (name: ListName | null): Promise<void> => {
      if (name === null) await take(api.DELETE('/api/v1/titles/{id}/list', path));
      else await take(api.PUT('/api/v1/titles/{id}/list', { ...path, body: { list: name } }));
    },
    onSuccess: done,
  });
  const others = page.row.people.filter((one) => one.person !== who.me && (one.rating !== null || one.list !== null));
  const error = rate.error ?? list.error;
  return (
    <Card title={say('words.title')} padded>
      <div className={classes.words}>
        <NativeSelect
          id="title-rating"
          label={say('words.rating')}
          value={mine?.rating ?? ''}
          disabled={rate.isPending}
          onChange={(event) => rate.mutate(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
          data={[
            { value: '', label: say('words.unrated') },
            ...RATINGS.map((value) => ({ value: String(value), label: say('words.ofTen', { rating: value }) })),
          ]}
        />
        <NativeSelect
          id="title-list"
          label={say('words.list')}
          value={mine?.list ?? ''}
          disabled={list.isPending}
          onChange={(event) => list.mutate(event.currentTarget.value === '' ? null : (event.currentTarget.value as ListName))}
          data={[
            { value: '', label: say('words.unlisted') },
            ...(LISTS[page.row.kind] ?? []).map((value) => ({ value, label: say(`list.${value}`) })),
          ]}
        />
      </div>
      {error && <Trouble error={error} />}
      {others.length > 0 && (
        <ul className={classes.others}>
          {others.map((one) => (
            <li key={one.person} className="small muted">
              {[
                who.nameOf(one.person),
                one.rating === null ? '' : say('words.ofTen', { rating: one.rating }),
                one.list === null ? '' : say(`list.${one.list}`),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
