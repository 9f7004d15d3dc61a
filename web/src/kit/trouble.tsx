import { Button } from '@mantine/core';
import { OctagonAlert, RotateCw } from 'lucide-react';
import { ProblemError } from '../api/client.ts';
import classes from './states.module.css';
import { useWords } from './words.ts';

/** In words what could not be read or done: the server's own, or that it did not answer. */
export function useProblemWords(): (error: unknown) => string {
  const say = useWords('shell');
  return (error) => {
    if (!(error instanceof ProblemError)) return say('trouble.here');
    if (error.status === 0) return say('trouble.unreachable');
    return error.message === '' ? say('trouble.status', { status: String(error.status) }) : error.message;
  };
}

type TroubleProps = Readonly<{ error: unknown; again?: () => void; shown?: string }>;

/** Where it happened, what it was, and another try. The rest of the page stays. */
export function Trouble({ error, again, shown }: TroubleProps) {
  const say = useWords('shell');
  const words = useProblemWords();
  return (
    <div className={classes.trouble} role="alert">
      <OctagonAlert size={18} aria-hidden />
      <div>
        <p>{words(error)}</p>
        {shown !== undefined && <p className="small muted">{shown}</p>}
      </div>
      {again && (
        <Button size="xs" onClick={again} leftSection={<RotateCw size={15} aria-hidden />}>
          {say('trouble.again')}
        </Button>
      )}
    </div>
  );
}
