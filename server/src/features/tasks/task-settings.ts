import { Type } from 'typebox';
import { defineSetting, type SettingDefinition } from '#core/settings/index.ts';
import { HOUSE_TASKS } from './house-tasks.ts';
import type { TaskSpec } from './task-definition.ts';

/** What a person can choose of a task. */
export type TaskSettings = Readonly<{
  enabled: SettingDefinition<boolean>;
  cron: SettingDefinition<string>;
  args: SettingDefinition<string[]>;
}>;

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
    schema: Type.String({ pattern: '^\\s*(@[a-z]+|(\\S+\\s+){4}\\S+)\\s*$', maxLength: 100 }),
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
  }),
});

/** The settings of these tasks, for the registry. */
export const taskSettings = (specs: readonly TaskSpec[] = Object.values(HOUSE_TASKS)): readonly SettingDefinition[] =>
  specs.flatMap((spec) => Object.values(settingsOf(spec)) as SettingDefinition[]);
