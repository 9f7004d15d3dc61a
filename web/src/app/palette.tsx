import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect } from 'react';
import type { Me } from '../api/session.ts';
import { useWords } from '../kit/words.ts';
import { roomName, roomsOf } from './menu.tsx';

/** Goes to a room by its name. What it finds it opens; it changes nothing by itself. */
export function Palette({ me, onClose }: Readonly<{ me: Me; onClose: () => void }>) {
  const say = useWords('shell');
  const navigate = useNavigate();
  useEffect(() => spotlight.open(), []);
  const actions: SpotlightActionData[] = roomsOf(me).map((room) => ({
    id: room.id,
    label: roomName(room),
    leftSection: <room.icon size={18} aria-hidden />,
    onClick: () => void navigate({ to: room.path }),
  }));
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      attributes={{ content: { 'aria-label': say('search') } }}
      onSpotlightClose={onClose}
      nothingFound={say('palette.nothing')}
      searchProps={{ leftSection: <Search size={18} aria-hidden />, placeholder: say('search'), 'aria-label': say('search') }}
    />
  );
}
