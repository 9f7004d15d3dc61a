import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { number, span } from '../../kit/numbers.ts';
import { Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { countsQuery, LISTS, SHELVES, type Steps, statsQuery, stepsQuery, useWhose } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

const MINUTE = 60_000;
const lasting = (minutes: number): string => (minutes === 0 ? number(0) : span(minutes * MINUTE));
const SPANS = { day: 30, month: 12, year: 10 } as const;
type Step = keyof typeof SPANS;
const isStep = (text: string): text is Step => Object.hasOwn(SPANS, text);

/** The colours hold three to one against the card in both themes; patterns are told apart by the legend and the table as well. */
const COLOURS = { movies: 'var(--accent)', shows: 'var(--info)', anime: 'var(--warn)' } as const;

/** The figures behind a chart, for those who do not see it and those who want the numbers. */
function Figures<Row>({ caption, ...table }: Parameters<typeof Table<Row>>[0]) {
  const say = useWords('tracker');
  return (
    <details className={classes.details}>
      <summary>{say('asTable')}</summary>
      <Table caption={caption} {...table} />
    </details>
  );
}

function Chart({
  title,
  rows,
  series,
}: Readonly<{
  title: string;
  rows: readonly Record<string, string | number>[];
  series: readonly { name: string; label: string; color: string }[];
}>) {
  return (
    <div className={classes.chart} aria-hidden>
      <BarChart
        h={260}
        data={[...rows]}
        dataKey="name"
        type="stacked"
        series={[...series]}
        withLegend={series.length > 1}
        title={title}
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}

function OverTime({ steps, step }: Readonly<{ steps: Steps; step: Step }>) {
  const say = useWords('tracker');
  const title = say('overTime');
  const series = SHELVES.map((shelf) => ({ name: shelf, label: say(`shelves.${shelf}`), color: COLOURS[shelf] }));
  return (
    <>
      <Chart
        title={title}
        series={series}
        rows={steps.map((one) => ({
          name: one.name.slice(step === 'day' ? 5 : 0),
          movies: one.movies.plays,
          shows: one.shows.plays,
          anime: one.anime.plays,
        }))}
      />
      <Figures
        caption={title}
        rows={steps}
        idOf={(one) => one.name}
        columns={[
          { key: 'name', title: say(`step.${step}`), cell: (one) => one.name },
          ...SHELVES.map((shelf) => ({
            key: shelf,
            title: say(`shelves.${shelf}`),
            align: 'end' as const,
            cell: (one: Steps[number]) => say('playsAndTime', { count: one[shelf].plays, time: lasting(one[shelf].minutes) }),
          })),
        ]}
      />
    </>
  );
}

/** What somebody's watching comes to. Each chart is there as a table too. */
export function Page() {
  const say = useWords('tracker');
  const times = useTimes();
  const { person } = useWhose();
  const [stepText, setStep] = useAddress('by');
  const step: Step = isStep(stepText) ? stepText : 'month';
  const stats = useQuery(statsQuery(person));
  const counts = useQuery(countsQuery(person));
  const steps = useQuery(stepsQuery({ person, step, count: SPANS[step], zone: times.zone }));
  return (
    <TrackerPage tab="stats" title={say('statsTitle')} lede={say('statsLede')}>
      <Stack>
        <Card title={say('inAll')}>
          <QueryState query={stats} reading={say('readingStats')}>
            {(all) => (
              <>
                <dl className={classes.figures}>
                  {SHELVES.map((shelf) => (
                    <div key={shelf}>
                      <dt>{say(`shelves.${shelf}`)}</dt>
                      <dd>{lasting(all[shelf].minutes)}</dd>
                      <dt>{say('thisWeek', { time: lasting(all[shelf].week_minutes) })}</dt>
                    </div>
                  ))}
                </dl>
                <Table
                  caption={say('byList')}
                  rows={LISTS}
                  idOf={(list) => list}
                  columns={[
                    { key: 'list', title: say('chooseList'), cell: (list) => say(`list.${list}`) },
                    ...SHELVES.map((shelf) => ({
                      key: shelf,
                      title: say(`shelves.${shelf}`),
                      align: 'end' as const,
                      cell: (list: (typeof LISTS)[number]) => number(all[shelf].lists[list].count),
                    })),
                    {
                      key: 'left',
                      title: say('leftToWatch'),
                      align: 'end' as const,
                      cell: (list) => say('left', { count: all.shows.lists[list].left + all.anime.lists[list].left }),
                    },
                  ]}
                />
              </>
            )}
          </QueryState>
        </Card>
        <Card
          title={say('overTime')}
          aside={
            <NativeSelect
              size="sm"
              aria-label={say('by')}
              value={step}
              onChange={(event) => setStep(event.currentTarget.value)}
              data={Object.keys(SPANS).map((one) => ({ value: one, label: say(`by_step.${one}`) }))}
            />
          }
        >
          <QueryState query={steps} reading={say('readingStats')}>
            {(data) => <OverTime steps={data.steps} step={step} />}
          </QueryState>
        </Card>
        <Card title={say('ratingsTitle')}>
          <QueryState
            query={counts}
            reading={say('readingStats')}
            isEmpty={({ ratings }) => ratings.length === 0}
            empty={<p>{say('noRatings')}</p>}
          >
            {({ ratings }) => {
              const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((rating) => ({
                name: String(rating),
                count: ratings.filter((one) => one.rating === rating).reduce((sum, one) => sum + one.count, 0),
              }));
              return (
                <>
                  <Chart
                    title={say('ratingsTitle')}
                    rows={rows}
                    series={[{ name: 'count', label: say('titlesRated'), color: COLOURS.movies }]}
                  />
                  <Figures
                    caption={say('ratingsTitle')}
                    rows={rows}
                    idOf={(row) => row.name}
                    columns={[
                      { key: 'name', title: say('rating'), cell: (row) => row.name },
                      { key: 'count', title: say('titlesRated'), align: 'end', cell: (row) => number(row.count) },
                    ]}
                  />
                </>
              );
            }}
          </QueryState>
        </Card>
      </Stack>
    </TrackerPage>
  );
}
