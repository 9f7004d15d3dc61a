import { Check } from 'lucide-react';
import { useWords } from '../../kit/words.ts';
import classes from './welcome.module.css';

const STEPS = ['account', 'connect', 'plan'] as const;
export type Step = (typeof STEPS)[number];

/** How far the way has come. */
export function Steps({ at }: Readonly<{ at: Step }>) {
  const say = useWords('welcome');
  const now = STEPS.indexOf(at);
  return (
    <ol className={classes.steps} aria-label={say('steps')}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === at ? 'step' : undefined} className={index < now ? classes.done : undefined}>
          <span className={classes.mark} aria-hidden>
            {index < now ? <Check size={14} /> : index + 1}
          </span>
          <span>
            {say(`step.${step}`)}
            {index < now && <span className="vh"> {say('stepDone')}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
