import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { number } from '../../kit/numbers.ts';
import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';
import type { FilterName, TitleChips, useTitleFilter, useWho } from './titles-data.ts';

type FiltersProps = Readonly<{
  filter: ReturnType<typeof useTitleFilter>;
  chips: TitleChips | undefined;
  sort: string;
  onSort(sort: string): void;
  who: ReturnType<typeof useWho>;
}>;

/** One press each: the part of the address and the value that it sets, and where its count is. */
const CHIPS: readonly Readonly<{ key: string; name: FilterName; value: string; count: keyof TitleChips }>[] = [
  { key: 'movies', name: 'kind', value: 'movie', count: 'movies' },
  { key: 'shows', name: 'kind', value: 'show', count: 'shows' },
  { key: 'differs', name: 'differs', value: '1', count: 'differs' },
  { key: 'part', name: 'state', value: 'part', count: 'part' },
  { key: 'open', name: 'state', value: 'open', count: 'open' },
  { key: 'watched', name: 'state', value: 'watched', count: 'watched' },
  { key: 'requested', name: 'requested', value: '1', count: 'requested' },
  { key: 'listed', name: 'list', value: 'any', count: 'listed' },
  { key: 'rated', name: 'rated', value: '1', count: 'rated' },
  { key: 'missingIds', name: 'ids', value: '1', count: 'missing_ids' },
];
const SORTS = ['title', 'added', 'watched', 'year', 'rating'];

/** What narrows the list, all of it in the address: text, chips with their counts, place, person, order. */
export function Filters({ filter, chips, sort, onSort, who }: FiltersProps) {
  const say = useWords('titles');
  const [text, setText] = useState(filter.value('text'));
  const told = useDebouncedCallback((next: string) => filter.set('text', next), 250);
  useEffect(() => setText(filter.value('text')), [filter.value('text')]);
  return (
    <div className={classes.tools}>
      <TextInput
        id="title-filter"
        className={classes.filterText}
        leftSection={<Search size={16} aria-hidden />}
        aria-label={say('filter')}
        placeholder={say('filter')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          told(event.currentTarget.value);
        }}
      />
      <fieldset className={classes.chips}>
        <legend className="vh">{say('narrow')}</legend>
        {CHIPS.map(({ key, name, value, count }) => {
          const isOn = filter.value(name) === value;
          const counted = chips?.[count];
          return (
            <button
              key={key}
              type="button"
              className={classes.chip}
              aria-pressed={isOn}
              onClick={() => filter.set(name, isOn ? '' : value)}
            >
              {say(`chip.${key}`)}
              {typeof counted === 'number' && <span className={classes.chipCount}>{number(counted)}</span>}
            </button>
          );
        })}
      </fieldset>
      <div className={classes.selects}>
        <NativeSelect
          aria-label={say('place')}
          value={filter.value('place')}
          onChange={(event) => filter.set('place', event.currentTarget.value)}
          data={[
            { value: '', label: say('everyPlace') },
            ...(chips?.places ?? []).map((place) => ({
              value: String(place.server_id),
              label: say('onPlace', { place: place.name, titles: number(place.titles) }),
            })),
          ]}
        />
        {who.runs && who.people.length > 1 && (
          <NativeSelect
            aria-label={say('seenBy')}
            value={filter.value('person')}
            onChange={(event) => filter.set('person', event.currentTarget.value)}
            data={[
              { value: '', label: say('asSeenByMe') },
              ...who.people.map((person) => ({ value: person.name, label: say('asSeenBy', { person: person.display_name }) })),
            ]}
          />
        )}
        <NativeSelect
          aria-label={say('order')}
          value={sort}
          onChange={(event) => onSort(event.currentTarget.value === 'title' ? '' : event.currentTarget.value)}
          data={SORTS.map((value) => ({ value, label: say(`sort.${value}`) }))}
        />
      </div>
    </div>
  );
}
