import { type Say, useWords } from './words.ts';

type Work = Readonly<{ name: string; task?: string | null; payload?: Readonly<Record<string, unknown>> }>;

const idOf = ({ name, task, payload }: Work): string => {
  const own = task ?? (name === 'system:task' && typeof payload?.name === 'string' ? payload.name : undefined);
  return (own ?? name).replaceAll(/[^\w-]/g, '-');
};

/** What a piece of work does, in words; its own name where nobody has found any. */
export function useWorkName(): (work: Work) => string {
  const say: Say = useWords('shell');
  return (work) => {
    const id = idOf(work);
    const said = say(`work.${id}`);
    return said === `work.${id}` ? id : said;
  };
}
