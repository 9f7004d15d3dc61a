import type { Account, Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import { type Clock, toIso } from '#kernel/instant.ts';
import type { JobQueue, Schedules } from '#platform/jobs/index.ts';

export type ReportDeps = Readonly<{
  version: string;
  database: Readonly<{ kind: string; schema: string }>;
  people: Pick<People, 'list'>;
  connections: Pick<Connections, 'list'>;
  jobs: Pick<JobQueue, 'stats'>;
  schedules: Pick<Schedules, 'list'>;
  /** What the house was told, by name; secrets only as whether they are set. */
  environment: Readonly<Record<string, string>>;
  clock: Clock;
}>;

const onOff = (on: boolean): string => (on ? 'on' : 'off');
const date = (at: number | undefined): string => (at === undefined ? 'never' : toIso(at));

function linesOf(account: Account): readonly string[] {
  const { name, server, health } = account;
  return [
    `  ${name} (${server.type} ${server.version})`,
    `    import ${onOff(account.importEnabled)}, last ${date(account.importLastSync)}; export ${onOff(account.exportEnabled)}, last ${date(account.exportLastSync)}`,
    `    health ${health.state}${health.lastError ? `: ${health.lastError.code} at ${date(health.lastError.at)}` : ''}; last event ${date(health.lastEventAt)}`,
  ];
}

/** What a person who asks for help is asked for, line by line, without addresses, tokens or titles. */
export function createReport(deps: ReportDeps): () => Promise<readonly string[]> {
  return async () => {
    const { rss, heapUsed } = process.memoryUsage();
    const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
    const stats = await deps.jobs.stats();
    const lines = [
      `Usherr ${deps.version}, ${date(deps.clock.now())}`,
      `Node ${process.version} on ${process.platform} ${process.arch}; up ${Math.round(process.uptime())} s; memory ${megabytes(rss)}, of it heap ${megabytes(heapUsed)}`,
      `Database ${deps.database.kind}, schema ${deps.database.schema}`,
      'Environment',
      ...Object.entries(deps.environment).map(([name, value]) => `  ${name}=${value}`),
      'Jobs',
      `  ${JSON.stringify(stats)}`,
      'Tasks',
      ...deps.schedules
        .list()
        .map((task) => `  ${task.id} ${onOff(task.enabled)} "${task.cron}", last ${date(task.previous)}, next ${date(task.next)}`),
    ];
    for (const person of await deps.people.list()) {
      const accounts = await deps.connections.list(person.id);
      lines.push(`Identity ${person.name}: ${accounts.length} backends`, ...accounts.flatMap(linesOf));
    }
    return lines;
  };
}
