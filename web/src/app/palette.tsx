import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowRight, Film, Search, User } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, take } from '../api/client.ts';
import { type Me, runsTheHouse } from '../api/session.ts';
import { useWords } from '../kit/words.ts';
import { inLanguage, roomName, roomsOf } from './menu.tsx';

/** Fewer letters find half of the library. */
const LEAST = 2;
const MOST_TITLES = 7;

const holds = (text: string, sought: string): boolean => text.toLowerCase().includes(sought.trim().toLowerCase());

/** Goes to a title, a person, a room or the page of an action by name. It opens what it finds, and changes nothing by itself. */
export function Palette({ me, onClose }: Readonly<{ me: Me; onClose: () => void }>) {
  const say = useWords('shell');
  const navigate = useNavigate();
  const [sought, setSought] = useState('');
  const [text] = useDebouncedValue(sought.trim(), 150);
  useEffect(() => spotlight.open(), []);
  const titles = useQuery({
    queryKey: ['titles', 'palette', text],
    queryFn: ({ signal }) => take(api.GET('/api/v1/titles', { params: { query: { text, limit: MOST_TITLES } }, signal })),
    enabled: text.length >= LEAST,
  }).data;
  const people = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })),
    enabled: runsTheHouse(me),
  }).data;

  const rooms = roomsOf(me);
  const to = (path: string) => () => void navigate({ to: path });
  const places: SpotlightActionData[] = rooms.map((room) => ({
    id: room.id,
    label: roomName(room),
    leftSection: <room.icon size={18} aria-hidden />,
    onClick: to(room.path),
  }));
  const ways: SpotlightActionData[] = rooms.flatMap((room) =>
    (room.ways ?? []).map((way) => ({
      id: `way ${way.to}`,
      label: inLanguage(way.name),
      description: roomName(room),
      leftSection: <ArrowRight size={18} aria-hidden />,
      onClick: to(way.to),
    })),
  );
  const persons: SpotlightActionData[] = (people ?? []).map((person) => ({
    id: `person ${person.name}`,
    label: person.display_name ?? person.name,
    description: say('palette.person'),
    leftSection: <User size={18} aria-hidden />,
    onClick: to(`/people/${person.name}`),
  }));
  const found: SpotlightActionData[] = (text.length >= LEAST ? (titles?.items ?? []) : []).map((title) => ({
    id: `title ${title.id}`,
    label: title.title,
    description: title.year === null ? say('palette.title') : String(title.year),
    leftSection: <Film size={18} aria-hidden />,
    onClick: to(`/titles/${title.id}`),
  }));
  const named = [...places, ...(sought.trim() === '' ? [] : [...ways, ...persons])].filter(({ label = '' }) => holds(label, sought));
  return (
    <Spotlight
      actions={[...named, ...found]}
      query={sought}
      onQueryChange={setSought}
      filter={(_query, all) => all}
      shortcut={null}
      scrollable
      maxHeight="60dvh"
      attributes={{ content: { 'aria-label': say('search') } }}
      onSpotlightClose={onClose}
      nothingFound={say('palette.nothing')}
      searchProps={{ leftSection: <Search size={18} aria-hidden />, placeholder: say('search'), 'aria-label': say('search') }}
    />
  );
}
