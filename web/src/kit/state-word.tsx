import { CircleCheck, CircleDashed, CircleMinus, Info, LoaderCircle, OctagonX, TriangleAlert } from 'lucide-react';
import classes from './states.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'quiet' | 'unknown';

const GLYPHS = {
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: OctagonX,
  info: LoaderCircle,
  quiet: CircleMinus,
  unknown: CircleDashed,
} as const;

/** A state as a shape and a word; its colour only repeats them. The normal state is plain, exceptions are tinted. */
export function StateWord({ tone, children, plain = false }: Readonly<{ tone: Tone; children: string; plain?: boolean }>) {
  const Glyph = tone === 'info' && plain ? Info : GLYPHS[tone];
  return (
    <span className={[classes.state, classes[tone], plain ? '' : classes.pill].join(' ')}>
      <Glyph size={16} aria-hidden />
      {children}
    </span>
  );
}
