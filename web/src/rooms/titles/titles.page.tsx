import { Button, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LayoutGrid, List } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '../../kit/address.ts';
import { number } from '../../kit/numbers.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { usePreference } from '../../kit/preferences.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { useWords } from '../../kit/words.ts';
import { Filters } from './filters.tsx';
import { MarksDialog } from './marks-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TitleList } from './title-list.tsx';
import classes from './titles.module.css';
import { type Sort, useTitleChips, useTitleFilter, useTitleTotal, useWho } from './titles-data.ts';

const ORDERS: Readonly<Record<string, Readonly<{ sort: Sort; order: 'asc' | 'desc' | undefined }>>> = {
  title: { sort: 'title', order: undefined },
  added: { sort: 'added', order: undefined },
  watched: { sort: 'watched', order: undefined },
  year: { sort: 'year', order: undefined },
  rating: { sort: 'rating', order: undefined },
};

export function Page() {
  const say = useWords('titles');
  const filter = useTitleFilter();
  const [sortName, setSort] = useAddress('sort');
  const order = ORDERS[sortName] ?? (ORDERS.title as NonNullable<(typeof ORDERS)[string]>);
  const [as, setAs] = usePreference('titlesAs');
  const chips = useTitleChips(filter.narrowing);
  const total = useTitleTotal(filter.narrowing, order);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [marking, setMarking] = useState<boolean>();
  const who = useWho();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const person = filter.narrowing.person ?? who.me;

  const toggle = (id: number) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const isNarrowed = Object.keys(filter.narrowing).some((name) => name !== 'person');
  const lede =
    chips.data && !isNarrowed
      ? say('lede', { total: number(chips.data.total), movies: number(chips.data.movies), shows: number(chips.data.shows) })
      : undefined;

  return (
    <Frame
      title={say('title')}
      lede={lede ?? say('ledeShort')}
      actions={
        <SegmentedControl
          className={classes.noPhone}
          aria-label={say('showAs')}
          value={as}
          onChange={setAs}
          data={[
            { value: 'list', label: <AsLabel icon={List} text={say('asList')} /> },
            { value: 'posters', label: <AsLabel icon={LayoutGrid} text={say('asPosters')} /> },
          ]}
        />
      }
    >
      <Filters filter={filter} chips={chips.data} sort={sortName || 'title'} onSort={setSort} who={who} />
      <QueryState
        query={total}
        reading={say('reading')}
        lines={8}
        isEmpty={(first) => first.total === 0}
        empty={
          isNarrowed ? (
            <>
              <p>{say('nothing')}</p>
              <div>
                <Button onClick={() => void navigate({ to: '/titles', search: {} as never })}>{say('liftAll')}</Button>
              </div>
            </>
          ) : (
            <p>{say('none')}</p>
          )
        }
      >
        {(first) => (
          <TitleList
            narrowing={filter.narrowing}
            order={order}
            total={first.total}
            as={as === 'posters' ? 'posters' : 'list'}
            selected={selected}
            onToggle={toggle}
            who={who}
            onSearch={() => document.getElementById('title-filter')?.focus()}
          />
        )}
      </QueryState>
      {selected.size > 0 && <SelectionBar count={selected.size} onMark={setMarking} onClear={() => setSelected(new Set())} />}
      {marking !== undefined && (
        <MarksDialog
          wish={{ titles: [...selected], watched: marking, person }}
          subject={say('selection', { count: selected.size })}
          person={who.nameOf(person)}
          onClose={() => setMarking(undefined)}
          onDone={() => {
            setMarking(undefined);
            setSelected(new Set());
            void queries.invalidateQueries({ queryKey: ['titles'] });
          }}
        />
      )}
    </Frame>
  );
}

function AsLabel({ icon: Icon, text }: Readonly<{ icon: typeof List; text: string }>) {
  return (
    <span className={classes.as}>
      <Icon size={16} aria-hidden />
      {text}
    </span>
  );
}
