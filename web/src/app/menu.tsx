import { Link } from '@tanstack/react-router';
import i18next from 'i18next';
import type { Me } from '../api/session.ts';
import type { Badge, Room, RoomGroup } from '../kit/room.ts';
import { useWords } from '../kit/words.ts';
import { rooms } from '../rooms/index.ts';
import classes from './frame.module.css';

const GROUPS: readonly Exclude<RoomGroup, 'outside'>[] = ['first', 'features', 'record', 'set-up'];

type Named = Readonly<{ en: string }>;
export const inLanguage = (name: Named): string => (name as Readonly<Record<string, string>>)[i18next.language] ?? name.en;
export const roomName = ({ name }: Room): string => inLanguage(name);

/** The rooms that this person may enter, in the order of the menu. */
export const roomsOf = (me: Me): readonly Room[] => rooms.filter((room) => room.group !== 'outside' && room.may(me));

const noBadge = (): Badge | undefined => undefined;

export function RoomLink({ room, className, size = 18 }: Readonly<{ room: Room; className?: string; size?: number }>) {
  const badge = (room.useBadge ?? noBadge)();
  const Icon = room.icon;
  return (
    <Link
      to={room.path}
      className={className}
      activeOptions={{ exact: room.path === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon size={size} strokeWidth={1.75} aria-hidden />
      {roomName(room)}
      {badge && badge.count > 0 && (
        <span className={badge.filled ? classes.badge : `${classes.badge} ${classes.outlined}`}>
          {badge.count}
          <span className="vh"> {badge.meaning}</span>
        </span>
      )}
    </Link>
  );
}

/** Every room this person may enter, by group. */
export function Menu({ me }: Readonly<{ me: Me }>) {
  const say = useWords('shell');
  const mine = roomsOf(me);
  return (
    <nav className={classes.nav} aria-label={say('menu.rooms')}>
      {GROUPS.map((group) => {
        const here = mine.filter((room) => room.group === group);
        if (here.length === 0) return null;
        return (
          <div key={group}>
            {group !== 'first' && <p>{say(`menu.${group}`)}</p>}
            <ul>
              {here.map((room) => (
                <li key={room.id}>
                  <RoomLink room={room} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
