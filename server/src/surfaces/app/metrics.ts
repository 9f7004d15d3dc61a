import type { Health } from './contract.ts';

type Sample = Readonly<{ labels?: Readonly<Record<string, string>>; value: number }>;
type Metric = Readonly<{ name: string; kind: 'gauge' | 'counter'; help: string; samples: readonly Sample[] }>;

const byLabel = (label: string, counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));

const labelsOf = (labels: Readonly<Record<string, string>> = {}): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const textOf = ({ name, kind, help, samples }: Metric): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`)].join(
    '\n',
  );

export type ProcessFigures = Readonly<{ memory: Readonly<{ rss: number; heapUsed: number }>; uptimeSeconds: number }>;

/** The house in Prometheus' text format. */
export function metricsText(health: Health, { memory, uptimeSeconds }: ProcessFigures): string {
  const metrics: readonly Metric[] = [
    { name: 'usherr_info', kind: 'gauge', help: 'What runs here.', samples: [{ labels: { version: health.version }, value: 1 }] },
    { name: 'usherr_jobs', kind: 'gauge', help: 'Jobs by status.', samples: byLabel('status', health.jobs) },
    { name: 'usherr_accounts', kind: 'gauge', help: 'Accounts on media servers by health.', samples: byLabel('health', health.accounts) },
    {
      name: 'usherr_pushes',
      kind: 'gauge',
      help: 'Changes that wait for a server, and those of them that failed.',
      samples: byLabel('state', health.pushes),
    },
    { name: 'usherr_plans_waiting', kind: 'gauge', help: 'Plans that wait for an answer.', samples: [{ value: health.plans_waiting }] },
    {
      name: 'usherr_conflicts_open',
      kind: 'gauge',
      help: 'Titles that a person has to settle.',
      samples: [{ value: health.conflicts_open }],
    },
    {
      name: 'usherr_changes_in_doubt',
      kind: 'gauge',
      help: 'Changes of which nobody can tell whether they were made.',
      samples: [{ value: health.changes_in_doubt }],
    },
    { name: 'process_resident_memory_bytes', kind: 'gauge', help: 'Resident memory.', samples: [{ value: memory.rss }] },
    { name: 'nodejs_heap_used_bytes', kind: 'gauge', help: 'Heap in use.', samples: [{ value: memory.heapUsed }] },
    { name: 'process_uptime_seconds', kind: 'gauge', help: 'Seconds since the start.', samples: [{ value: uptimeSeconds }] },
  ];
  return `${metrics.map(textOf).join('\n')}\n`;
}
