import { Type } from 'typebox';
import { defineSetting, type SettingDefinition } from '#core/settings/index.ts';
import { parseCron } from '#platform/jobs/index.ts';
import { HOUSE_TASKS } from './house-tasks.ts';
import { refusalOfArgs } from './task-args.ts';
import type { TaskSpec } from './task-definition.ts';

/** What a person can choose of a task. */
export type TaskSettings = Readonly<{
  enabled: SettingDefinition<boolean>;
  cron: SettingDefinition<string>;
  args: SettingDefinition<string[]>;
}>;

/** Whether it is one does not depend on the zone in which it is read later. */
function isCron(text: string): boolean {
  try {
    parseCron(text, 'UTC');
    return true;
  } catch {
    return false;
  }
}

export const settingsOf = (spec: TaskSpec): TaskSettings => ({
  enabled: defineSetting({
    key: `tasks.${spec.name}.enabled`,
    schema: Type.Boolean(),
    default: spec.enabledByDefault,
    scope: 'house',
    description: `Whether the task "${spec.name}" runs by the clock.`,
  }),
  cron: defineSetting({
    key: `tasks.${spec.name}.cron`,
    schema: Type.Refine(
      Type.String({ maxLength: 100 }),
      (value) => isCron(value),
      () => 'must be a cron expression of five fields, such as "0 */6 * * *"',
    ),
    default: spec.cron,
    scope: 'house',
    description: `When the task "${spec.name}" runs: minute, hour, day, month, weekday.`,
  }),
  args: defineSetting({
    key: `tasks.${spec.name}.args`,
    schema: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 }),
    default: [],
    scope: 'house',
    description: `What the task "${spec.name}" is told when it runs by the clock.`,
    refusal: (args) => refusalOfArgs(args, spec.flags),
  }),
});

/** The settings of these tasks, for the registry. */
export const taskSettings = (specs: readonly TaskSpec[] = Object.values(HOUSE_TASKS)): readonly SettingDefinition[] =>
  specs.flatMap((spec) => Object.values(settingsOf(spec)) as SettingDefinition[]);
