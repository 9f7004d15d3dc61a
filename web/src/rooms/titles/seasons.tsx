import { Link } from '@tanstack/react-router';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { useWords } from '../../kit/words.ts';
import { StandingMark } from './standing-mark.tsx';
import classes from './title.module.css';
import { type TitlePage, useWho } from './titles-data.ts';

/** The seasons of a show, and how far each person is. */
export function Seasons({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const who = useWho();
  return (
    <Card title={say('seasons.title')}>
      <Rows>
        {page.seasons.map((season) => (
          <Row key={season.season}>
            <div className={classes.season}>
              <Link to={'/titles/$id/s/$season' as never} params={{ id: String(page.title.id), season: String(season.season) } as never}>
                {season.season === 0 ? say('seasons.specials') : say('seasons.one', { season: season.season })}
              </Link>
              <span className="small muted">{say('seasons.episodes', { count: season.episodes, held: season.held })}</span>
              <span className={classes.seasonPeople}>
                {season.people
                  .filter((one) => one.watched > 0)
                  .map((one) => (
                    <StandingMark
                      key={one.person}
                      state={one.watched >= season.episodes ? 'watched' : 'part'}
                      name={who.nameOf(one.person)}
                      note={`${one.watched}/${season.episodes}`}
                    />
                  ))}
              </span>
            </div>
          </Row>
        ))}
      </Rows>
    </Card>
  );
}
