import { Card } from '../../kit/card.tsx';
import { Place } from '../../kit/place.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { StandingGlyph } from './standing-mark.tsx';
import classes from './title.module.css';
import { type TitlePage, useWho } from './titles-data.ts';

/** Place by person: watched, in part, open, unknown, not there. A place that is silent is unknown, with the day it was last known. */
export function WhereItStands({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const times = useTimes();
  const who = useWho();
  const people = [...new Set(page.places.flatMap((place) => place.cells.map((cell) => cell.person)))];
  return (
    <Card title={say('stands.title')}>
      {page.places.length === 0 ? (
        <p className={`muted ${classes.padded}`}>{say('stands.none')}</p>
      ) : (
        <table className={classes.matrix}>
          <caption className="vh">{say('stands.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{say('stands.place')}</span>
              </th>
              {people.map((person) => (
                <th key={person} scope="col">
                  {who.nameOf(person)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.places.map((place) => {
              const known = place.cells.flatMap((cell) => cell.known_at ?? []).sort()[0];
              const silent = place.cells.some((cell) => cell.state === 'unknown');
              return (
                <tr key={place.server_id}>
                  <th scope="row">
                    <Place kind={place.type} name={place.name} isUnknown={silent} />
                    <small>
                      {known === undefined
                        ? say('stands.never')
                        : silent
                          ? say('stands.unknownSince', { at: times.full(known) })
                          : say('stands.knownAt', { at: times.full(known) })}
                    </small>
                  </th>
                  {people.map((person) => {
                    const cell = place.cells.find((one) => one.person === person);
                    if (!cell) {
                      return (
                        <td key={person}>
                          <span className="vh">{say('stands.noAccount')}</span>
                        </td>
                      );
                    }
                    return (
                      <td key={person}>
                        <StandingGlyph state={cell.state} />
                        <span className={classes.cellWord}>{say(`state.${cell.state}`)}</span>
                        {cell.state === 'part' && page.row.kind === 'show' && <small>{`${cell.watched}/${cell.parts}`}</small>}
                        {cell.last !== null && <small>{say('stands.last', { state: say(`state.${cell.last}`) })}</small>}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}
